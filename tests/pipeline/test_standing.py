"""Where an idea stands, in words: what happens, who, when, and what to do when it has stopped."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, update

from smartby.contributions.models import Contribution
from smartby.core.clock import now
from smartby.core.fragments import fragment
from smartby.core.transaction import transaction
from smartby.extensions import db
from smartby.ledger.queries import timeline
from smartby.municipalities.models import Municipality
from smartby.pipeline.models import Move, Stage
from smartby.pipeline.standing import standing
from tests.people import Visitor
from tests.pipeline.board import REASON, at, move, stages
from tests.statements import counted


def _change(app: Flask, number: int, **values: Any) -> None:
    with app.app_context(), transaction():
        where = update(Contribution).where(Contribution.id == number)
        db.session.execute(where.values(**values))


def _html(app: Flask, number: int) -> str:
    with app.app_context():
        found = standing(db.session.get_one(Contribution, number))
        html = str(fragment("pipeline/_standing.html", "standing", found))
    return re.sub(r"\s+", " ", html)


def _steps(html: str) -> list[str]:
    return re.findall(r'sb-ribbon__step" data-step="(\w+)"', html)


def test_the_line_knows_done_now_next_and_later(app: Flask) -> None:
    number = Visitor(app, "kari").has_idea()
    at(Visitor(app, "ingrid"), number, "exploring")
    html = _html(app, number)
    assert _steps(html) == ["done", "done", "now", "next", "later", "later"]
    assert "Siden " in html and "Neste steg" in html
    assert "60 dager igjen" in html
    assert "Vei og trafikk avgjør om den går videre til Prøves ut." in html


def test_a_broken_promise_is_told_plainly(app: Flask) -> None:
    number = Visitor(app, "kari").has_idea()
    _change(app, number, due_at=now() - timedelta(days=2))
    html = _html(app, number)
    assert 'data-state="late"' in html and "2 dager for sent" in html
    assert "Svaret skulle ha kommet" in html


def test_the_last_day_is_not_late(app: Flask) -> None:
    number = Visitor(app, "kari").has_idea()
    _change(app, number, due_at=now() + timedelta(seconds=1))
    html = _html(app, number)
    assert "Siste dag i dag" in html or "1 dag igjen" in html
    assert 'data-state="late"' not in html


def test_a_stop_says_why_and_what_can_be_done(app: Flask) -> None:
    number, ids = Visitor(app, "kari").has_idea(), stages(app)
    move(Visitor(app, "ingrid"), number, ids["not_pursued"], ids["received"], reason=REASON)
    html = _html(app, number)
    assert _steps(html) == ["done", "stopped"]
    assert f"Ikke videreført. Begrunnelse:</strong> «{REASON}»" in html
    assert "Skriv en kommentar." in html


def test_what_waits_says_when_it_is_looked_at_again(app: Flask) -> None:
    number, ids = Visitor(app, "kari").has_idea(), stages(app)
    ingrid = Visitor(app, "ingrid")
    at(ingrid, number, "under_review")
    move(ingrid, number, ids["parked"], ids["under_review"], reason=REASON)
    html = _html(app, number)
    assert _steps(html) == ["done", "done", "waiting"]
    assert "Venter her" in html and "Stoppet her" not in html
    assert "ser på saken igjen innen" in html and "180 dager igjen" in html
    assert "Du kan fortsatt støtte og kommentere." in html


@pytest.mark.parametrize("stage", ["parked", "not_pursued"])
def test_what_is_hidden_asks_nobody_to_take_part(app: Flask, stage: str) -> None:
    number, ids = Visitor(app, "kari").has_idea(), stages(app)
    ingrid = Visitor(app, "ingrid")
    at(ingrid, number, "under_review")
    move(ingrid, number, ids[stage], ids["under_review"], reason=REASON)
    _change(app, number, hidden_at=now(), hidden_reason="Omtaler en privatperson.")
    html = _html(app, number)
    assert "kommentere" not in html and "Skriv en" not in html
    page = ingrid.gets(f"/havnvik/ideas/{number}").get_data(as_text=True)
    assert "Samtalen er stengt." in page and "Du kan fortsatt" not in page


def test_at_the_goal_nothing_more_is_promised(app: Flask) -> None:
    number = Visitor(app, "kari").has_idea()
    at(Visitor(app, "ingrid"), number, "realised")
    html = _html(app, number)
    assert "I mål." in html and "igjen" not in html


def test_a_withdrawn_idea_promises_nothing(app: Flask) -> None:
    number = Visitor(app, "kari").has_idea()
    _change(app, number, withdrawn_at=now(), withdrawn_reason="Løst på annen måte.")
    html = _html(app, number)
    assert "Trukket tilbake" in html and "Løst på annen måte." in html
    assert "Svar innen" not in html


@pytest.mark.parametrize("wanted", [3, 9])
def test_three_and_nine_stages_work(app: Flask, wanted: int) -> None:
    number, ids = Visitor(app, "kari").has_idea(), stages(app)
    with app.app_context(), transaction():
        town = db.session.get_one(Stage, ids["received"]).municipality_id
        db.session.execute(delete(Move).where(Move.municipality_id == town))
        gone = ("exploring", "piloting", "implementing", "parked", "not_pursued")
        db.session.execute(delete(Stage).where(Stage.id.in_([ids[key] for key in gone])))
        db.session.add_all(
            Stage(
                municipality_id=town, key=f"more_{place}", position=1, name_nb=f"Steg {place}",
                name_nn="", name_en="", kind="work", colour="#1F5C4A",
            )
            for place in range(wanted - 3)
        )  # fmt: skip
    assert len(_steps(_html(app, number))) == wanted


def test_names_follow_the_pages_language(app: Flask) -> None:
    number = Visitor(app, "sunniva").has_idea(town="fjordvang")
    page = Visitor(app).gets(f"/fjordvang/ideas/{number}").get_data(as_text=True)
    assert "Motteken" in page and "Blir vurdert" in page


def test_rows_that_are_already_read_are_not_read_again(app: Flask) -> None:
    number = Visitor(app, "kari").has_idea()
    with app.app_context():
        idea = db.session.get_one(Contribution, number)
        rows = timeline(f"contribution:{number}")
    with counted(app) as sent, app.app_context():
        found = standing(idea, rows)
    assert isinstance(found.since, datetime)
    assert not [statement for statement in sent if "ledger_entry" in statement]


def test_a_promise_that_has_just_been_given_is_seen_to_have_begun(app: Flask) -> None:
    number = Visitor(app, "kari").has_idea()
    page = Visitor(app).gets(f"/havnvik/ideas/{number}").get_data(as_text=True)
    bar = page[page.index("sb-promise__bar") :].partition("</svg>")[0]
    assert '<rect width="8" height="8"' in bar


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
def test_a_countys_pages_never_call_it_a_municipality(app: Flask, lang: str) -> None:
    numbers = [Visitor(app, "kari").has_idea(f"Lys på gangvei nummer {n}") for n in range(2)]
    ids = stages(app)
    move(Visitor(app, "ingrid"), numbers[0], ids["not_pursued"], ids["received"], reason=REASON)
    with app.app_context(), transaction():
        db.session.execute(update(Municipality).values(kind="county"))
    for who in ("kari", "ingrid", "hanne"):
        visitor = Visitor(app, who)
        visitor.gets(f"/preferences?language={lang}")
        for path in (*(f"ideas/{number}" for number in numbers), "log", "challenges", "board"):
            page = visitor.gets(f"/havnvik/{path}").get_data(as_text=True)
            main = page[page.index("<main") : page.index("</main>")]
            assert not re.search(r"\bkommune|municipality", main, re.IGNORECASE), path
    assert "Fylkeskommunen avgjør" in Visitor(app).gets(f"/havnvik/ideas/{numbers[1]}").text
