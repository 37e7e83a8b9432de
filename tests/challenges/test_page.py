"""A challenge's page: the question, until when it takes ideas, its ideas, its discussion."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from smartby.accounts.models import User
from smartby.challenges.calls import call_of
from smartby.challenges.models import Challenge
from smartby.contributions.actions import Content
from smartby.core import clock
from smartby.core.clock import now
from smartby.core.transaction import perform
from smartby.extensions import db
from smartby.ideas.actions import publish_idea
from smartby.municipalities.models import Municipality, Unit
from tests.comments.said import Reader, comments, page, replies
from tests.comments.test_own import hides
from tests.live_page import LivePage
from tests.pages.test_front import has_challenge
from tests.people import Visitor, user_id
from tests.statements import counted

QUESTION = "Hvordan kan flere barn gå trygt til skolen?"


def asks(app: Flask, title: str = "Trygg skolevei i Lia", **fields: Any) -> int:
    """Publish a challenge with a question and a unit that owns it."""
    number = has_challenge(app, title)
    changes(app, number, question=QUESTION, **fields)
    return number


def changes(app: Flask, number: int, **fields: Any) -> None:
    def change() -> None:
        found = db.session.get_one(Challenge, number)
        if "unit" in fields:
            fields["unit_id"] = db.session.scalars(select(Unit.id)).first()
        for name, value in fields.items():
            if name != "unit":
                setattr(found, name, value)

    with app.app_context():
        perform(change)


def answers(app: Flask, challenge: int, title: str, by: str = "kari") -> int:
    """Publish an idea that answers a challenge."""
    who = user_id(app, by)
    with app.app_context():
        town = db.session.scalars(select(Municipality).where(Municipality.slug == "havnvik")).one()
        found, person = db.session.get_one(Challenge, challenge), db.session.get_one(User, who)
        content = Content(title, "Det er mørkt der om morgenen.", "nb", (1,))
        return perform(publish_idea, town, content, challenge=found, by=person).id


def call(html: str) -> str:
    found = re.search(r'<section class="sb-panel sb-calling".*?</section>', html, re.DOTALL)
    assert found
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[0]))


def test_the_question_is_the_heading_and_the_unit_asks_it(app: Flask) -> None:
    number = asks(app, unit=True)
    html = page(Visitor(app), number, kind="challenges")
    assert re.search(rf"<h1[^>]*>{re.escape(QUESTION)}</h1>", html)
    assert "Vei og trafikk spør" in html
    assert "Trygg skolevei i Lia" in html
    plain = has_challenge(app, "Hva skal brannstasjonen bli?")
    assert re.search(
        r"<h1[^>]*>Hva skal brannstasjonen bli\?</h1>",
        page(Visitor(app), plain, kind="challenges"),
    )


def test_it_says_until_when_it_takes_ideas(app: Flask) -> None:
    day, number = timedelta(days=1), asks(app, unit=True)
    stages: list[tuple[dict[str, Any], tuple[str, ...], bool]] = [
        ({}, ("Åpen for ideer. Ingen frist er satt.",), True),
        ({"closes_at": now() + 3 * day}, ("Åpen for ideer til og med", "3 dager igjen"), True),
        ({"opens_at": now() + day}, ("Åpner for ideer",), False),
        ({"opens_at": None, "closes_at": now() - day}, ("Fristen gikk ut",), False),
        (
            {"withdrawn_at": now(), "withdrawn_reason": "Kommunen har ombestemt seg."},
            ("Trukket tilbake", "Kommunen har ombestemt seg."),
            False,
        ),
    ]
    for fields, words, takes_ideas in stages:
        changes(app, number, **fields)
        html = page(Visitor(app), number, kind="challenges")
        assert [word for word in words if word not in call(html)] == []
        assert (f'href="/havnvik/ideas/new?challenge={number}"' in html) == takes_ideas


def test_it_closes_by_itself(app: Flask) -> None:
    number = asks(app, closes_at=now() + timedelta(hours=1))
    assert "Svar med en idé" in page(Visitor(app), number, kind="challenges")
    clock.set_offset(timedelta(hours=2).total_seconds())
    assert "Svar med en idé" not in page(Visitor(app), number, kind="challenges")


@pytest.mark.parametrize(
    ("moment", "closes", "words", "left"),
    [
        # The last second of a summer day, and of the day when the clocks go back.
        ("2026-06-29T10:00Z", "2026-06-30T21:59:59Z", "tirsdag 30. juni", "1 dag igjen"),
        ("2026-10-25T22:10Z", "2026-10-25T22:59:59Z", "søndag 25. oktober", "Siste dag i dag"),
        # Noon in Oslo on the day when they go forward.
        ("2026-03-26T10:00Z", "2026-03-29T10:00Z", "søndag 29. mars klokka 12.00", "3 dager igjen"),
        # Past midnight in Oslo, though not in London.
        ("2026-06-28T22:30Z", "2026-06-29T21:59:59Z", "mandag 29. juni", "Siste dag i dag"),
        ("2026-12-30T12:00Z", "2027-01-01T22:59:59Z", "fredag 1. januar 2027", "2 dager igjen"),
    ],
)
def test_times_are_told_as_people_in_norway_read_them(
    app: Flask, moment: str, closes: str, words: str, left: str
) -> None:
    asked = datetime.fromisoformat(moment)
    with app.test_request_context("/"), clock.at(asked):
        row = Challenge(
            closes_at=datetime.fromisoformat(closes), published_at=asked - timedelta(days=9)
        )
        told = call_of(row, "havnvik", "")
        assert (told.state, told.closes, told.left) == ("open", words, left)


def test_its_ideas_are_shown_newest_first_and_the_rest_is_a_list(app: Flask) -> None:
    number = asks(app)
    kari, reader = Visitor(app, "kari"), Visitor(app)
    assert "Ingen ideer her ennå." in page(reader, number, kind="challenges")
    ideas = [answers(app, number, f"Lys på gangvei nummer {n} i Lia") for n in range(8)]
    hides(app, ideas[-1])
    kari.posts(f"/havnvik/contributions/{ideas[5]}/support", wanted="yes")
    html = page(kari, number, kind="challenges")
    cards = [int(found) for found in re.findall(r'id="card-(\d+)"', html)]
    assert cards == ideas[6:0:-1]
    assert f'href="/havnvik/ideas?challenge={number}"' in html
    assert f'data-live="ideas-{number}">8<' in html
    assert f"contribution:{ideas[5]}@1" in html


def test_it_is_supported_and_discussed_as_an_idea_is(app: Flask) -> None:
    number = asks(app)
    kari, jonas = Visitor(app, "kari"), Visitor(app, "jonas")
    answer = kari.posts(f"/havnvik/contributions/{number}/support", wanted="yes")
    assert answer.location == f"/havnvik/challenges/{number}"
    first = comments(jonas, number, stance="question")
    below = replies(kari, first)
    assert kari.gets(f"/havnvik/comments/{below}").location.startswith(
        f"/havnvik/challenges/{number}?comment={below}#"
    )
    sent = jonas.posts(f"/havnvik/contributions/{number}/comments", body="Enda en tanke.")
    assert sent.location.startswith(f"/havnvik/challenges/{number}#comment-")
    html = page(kari, number, kind="challenges")
    assert f'id="comment-{first}"' in html
    assert f'id="comment-{below}"' in html
    assert html.count('aria-pressed="true" data-press="supports-') == 2
    assert "Publisert" in html  # on the timeline


@pytest.mark.parametrize("act", ["support", "comment", "answer", "edit"])
def test_a_stale_page_and_its_events_make_the_fresh_page(app: Flask, act: str) -> None:
    number = asks(app)
    shown = answers(app, number, "Lys på gangveien bak skolen")
    jonas, path = Visitor(app, "jonas"), f"/havnvik/challenges/{number}"
    reader = Reader(Visitor(app), path)
    if act == "support":
        jonas.posts(f"/havnvik/contributions/{number}/support", wanted="yes")
        jonas.posts(f"/havnvik/contributions/{shown}/support", wanted="yes")
    elif act == "comment":
        replies(jonas, comments(jonas, number, stance="for"))
    elif act == "answer":
        answers(app, number, "Benker ved skoleveien i Lia")
    else:
        edits(app, number)
    stale = LivePage(reader.html).apply(reader.hears())
    fresh = LivePage(page(reader.visitor, number, kind="challenges"))
    if act == "answer":  # the new card waits behind the pill; the number is right at once
        assert f'data-live="ideas-{number}">2<' in stale.text()
        assert f'data-live="ideas-{number}">2<' in fresh.text()
    else:
        assert stale.text() == fresh.text()


def edits(app: Flask, number: int) -> None:
    closing = (now() + timedelta(days=5)).date().isoformat()
    answer = Visitor(app, "ingrid").posts(
        f"/havnvik/challenges/{number}", title="Trygg skolevei i Lia", seen="1",
        body="Vi vil vite hvor det er utrygt å gå.", question="Et annet spørsmål?",
        principles=["1"], lang="nb", closes_on=closing,
    )  # fmt: skip
    assert answer.status_code == 303, answer.get_data(as_text=True)[:3000]


def test_an_idea_that_answers_waits_for_the_reader(app: Flask) -> None:
    number = asks(app)
    reader = Reader(Visitor(app), f"/havnvik/challenges/{number}")
    assert f'data-waiting="ideas-{number}"' in reader.html
    idea = answers(app, number, "Lys på gangveien bak skolen")
    waiting = {"op": "waiting", "target": f"ideas-{number}", "value": str(idea)}
    assert waiting in reader.hears()


@pytest.mark.parametrize(("who", "most"), [(None, 7), ("kari", 9), ("ingrid", 9)])
def test_it_takes_few_statements_however_much_there_is(
    app: Flask, who: str | None, most: int
) -> None:
    few, many = asks(app), asks(app, "Benker for alle i sentrum")
    jonas, reader = Visitor(app, "jonas"), Visitor(app, who)
    for number, count in ((few, 1), (many, 8)):
        for n in range(count):
            answers(app, number, f"Lys på gangvei nummer {n} i Lia")
            replies(jonas, comments(jonas, number))
    taken = []
    for number in (few, many):
        page(reader, number, kind="challenges")
        with counted(app) as statements:
            page(reader, number, kind="challenges")
        assert len(statements) <= most, "\n".join(statements)
        taken.append(len(statements))
    assert taken[0] == taken[1]


def test_hidden_elsewhere_and_never_are_the_same_404(app: Flask) -> None:
    number = asks(app)
    hides(app, number)
    reader = Visitor(app, "kari")
    bodies = {
        reader.gets(path, headers={"Accept": "application/json"}).get_data()
        for path in (
            f"/havnvik/challenges/{number}",
            "/havnvik/challenges/999999",
            f"/havnvik/ideas/{number}",
        )
    }
    assert len(bodies) == 1
    assert reader.gets(f"/fjordvang/challenges/{number}").status_code == 404
    assert "Utfordringen ble skjult" in page(Visitor(app, "ingrid"), number, kind="challenges")
