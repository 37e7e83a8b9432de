"""Who asked to be named on what came of a workshop hears what it became, once; nobody else does."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from smartby import jobs
from smartby.accounts.models import User
from smartby.core.clock import now
from smartby.core.transaction import transaction
from smartby.extensions import db
from smartby.facilitation.models import Run
from smartby.outcomes.letters import write_to_contributors
from tests.accounts.conftest import Letter, letters
from tests.activities.test_grouping import picks
from tests.contributions.test_withdrawal import hides, withdraws
from tests.facilitation.holding import does, drives, held, joins, run_of, who
from tests.my.test_news import comments, news
from tests.outcomes.harvesting import CARDS, closes, harvests, keys, reads, written
from tests.pages.test_front import moved
from tests.people import PASSWORD, Visitor, user_id

__all__ = ["letters"]
Letters = Callable[[], list[Letter]]
STEPS = (("brainstorm", "Hva mangler?"), ("grouping", "Samle like lapper"))
IDEA = "En idé fra verkstedet, nummer 1"
NAMED = ("kari", "jonas", "sunniva", "amir", "hanne")


def grouped(app: Flask, name: str = "Sykler", **asked: str) -> tuple[Visitor, int]:
    """Hold a workshop in which two wrote a card each, in one group."""
    fatima = Visitor(app, "fatima")
    number = held(fatima, STEPS)
    drives(fatima, number, "next")
    kari = joins(app, number, "kari", linked="y", consents="y")
    jonas = joins(app, number, "jonas", linked="y", **asked)
    for guest, body in zip((kari, jonas), CARDS, strict=True):
        assert does(guest, number, "write", body=body).status_code == 303
    drives(fatima, number, "next")
    assert drives(fatima, number, "together", **picks(app, *CARDS)).status_code == 303
    named = {"card": "1", "title-1": name, "seen-1": "1"}
    assert drives(fatima, number, "rename", **named).status_code == 303
    return fatima, number


def readdresses(app: Flask, number: int, email: str) -> None:
    with app.app_context(), transaction():
        db.session.get_one(User, number).email = email


def test_one_letter_tells_what_the_group_became(app: Flask, letters: Letters) -> None:
    fatima, number = grouped(app)
    letters()
    assert letters() == []  # nothing before it is published
    for _twice in range(2):
        assert harvests(fatima, number, "group:1", key="h" * 32).status_code == 303
    assert harvests(fatima, number, "group:1").status_code == 303  # published already
    (letter,) = letters()
    assert letter.to == "kari@example.no" and letter.language == "nb"
    assert letter.subject.startswith("Dette ble det av det du skrev på «")
    told = f"Gruppa «Sykler» ble til ideen «{IDEA}»."
    assert told in letter.text and letter.path == "/havnvik/ideas/1"
    assert "/havnvik/contributions/1/contributors/removal" in letter.text
    assert "Jonas" not in letter.text and "Fatima" not in letter.text


def test_whoever_asks_to_be_named_is_linked_and_the_door_says_so(
    app: Flask, letters: Letters
) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima, STEPS)
    door = reads(Visitor(app, "kari"), f"/j/{run_of(app, number).code}")
    assert "Da kobles du til brukeren din" in door.partition('name="consents"')[2]
    kari = joins(app, number, "kari", consents="y")  # and "linked" stays unticked
    assert who(app, kari, number).user_id and who(app, kari, number).consents
    # So they find their way back from another device, and are the same there.
    joins(app, number, "kari", consents="y")
    assert run_of(app, number).joined == 1
    drives(fatima, number, "next")
    does(kari, number, "write", body=CARDS[0])
    drives(fatima, number, "reveal")
    letters()
    assert harvests(fatima, number, *keys(fatima, number)).status_code == 303
    assert [letter.to for letter in letters()] == ["kari@example.no"]


@pytest.mark.parametrize(("key", "anonymity"), [("kari", "strict"), (None, "named")])
def test_nobody_is_linked_where_nobody_can_be_named(
    app: Flask, key: str | None, anonymity: str
) -> None:
    number = held(Visitor(app, "fatima"), STEPS, anonymity=anonymity)
    guest = joins(app, number, key, consents="y")  # no such box stands there
    found = who(app, guest, number)
    assert found.user_id is None and not found.consents


def test_it_is_news_on_ones_own_page_until_one_has_looked(app: Flask) -> None:
    fatima, number = grouped(app)
    harvests(fatima, number, "group:1")
    kari = Visitor(app, "kari")
    (line,) = news(kari)
    assert line.startswith("Nytt: «Sykler» på verkstedet «") and "her følger du den" in line
    assert news(Visitor(app, "jonas")) == []
    with time_machine.travel(now() + timedelta(hours=2)):
        kari = Visitor(app, "kari")
        news(kari)
        assert IDEA in reads(kari, "/me/named")
    with time_machine.travel(now() + timedelta(hours=4)):
        assert news(Visitor(app, "kari")) == []


def test_each_gets_one_letter_of_all_that_was_published_together(
    app: Flask, letters: Letters
) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima, STEPS)
    drives(fatima, number, "next")
    kari = joins(app, number, "kari", linked="y", consents="y")
    for body in CARDS:
        does(kari, number, "write", body=body)
    drives(fatima, number, "reveal")
    letters()
    assert harvests(fatima, number, *keys(fatima, number)).status_code == 303
    (letter,) = letters()
    assert all(f"«{body}» ble til ideen" in letter.text for body in CARDS)
    assert all(f"/havnvik/ideas/{idea}\n" in letter.text for idea in (1, 2))


def test_a_group_without_a_name_is_called_by_its_first_card(app: Flask, letters: Letters) -> None:
    fatima, number = grouped(app, name="")
    Visitor(app, "kari").posts("/me/profile", name="Kari Solheim", language="nn")
    fatima.gets("/preferences?language=en&next=/")
    letters()
    harvests(fatima, number, "group:1", kind="challenge", **{"item0-question": "Hvem kan?"})
    (letter,) = letters()
    assert letter.language == "nn" and f"«{CARDS[0]}» og 1 lapp til" in letter.text
    assert "utfordringa" in letter.text and "««" not in letter.text


def test_both_hear_of_it_where_both_asked_for_it(app: Flask, letters: Letters) -> None:
    fatima, number = grouped(app, consents="y")
    letters()
    harvests(fatima, number, "group:1")
    assert sorted(each.to for each in letters()) == ["jonas@example.no", "kari@example.no"]


@pytest.mark.parametrize("why", ["strict", "rehearsal", "left", "refused"])
def test_nobody_hears_of_it_who_may_not_be_told(app: Flask, letters: Letters, why: str) -> None:
    fatima, kari = Visitor(app, "fatima"), Visitor(app, "kari")
    number = written(app, fatima, anonymity="strict" if why == "strict" else "pseudonymous")
    if why == "rehearsal":
        with app.app_context(), transaction():
            db.session.get_one(Run, number).rehearsal = True
    if why == "left":
        assert kari.posts("/me/erasure", current=PASSWORD, sure="y").status_code == 303
    letters()
    wrong = {"item0-title": "Kort"} if why == "refused" else {}
    status = harvests(fatima, number, *keys(fatima, number), **wrong).status_code
    assert status == (422 if why in ("rehearsal", "refused") else 303)
    closes(fatima, number)
    assert letters() == []


def test_those_who_are_named_hear_of_moves_as_its_author_does(app: Flask, letters: Letters) -> None:
    fatima, number = grouped(app)
    harvests(fatima, number, "group:1")
    letters()
    with time_machine.travel(now() + timedelta(hours=1)):
        for key in ("kari", "fatima"):
            news(Visitor(app, key))
        moved(app, 1, "under_review")
        comments(Visitor(app, "jonas"), 1)
    with time_machine.travel(now() + timedelta(hours=2)):
        told = "Nytt: flyttet til Vurderes, 1 ny kommentar"
        assert news(Visitor(app, "kari"), "/me/named") == [told]
        assert news(Visitor(app, "fatima"), "/me/written") == [told]
        assert news(Visitor(app, "jonas")) == []
    assert letters() == []  # of moves nobody is written to, whoever they are


def test_whoever_takes_the_name_away_hears_no_more(app: Flask, letters: Letters) -> None:
    fatima, number = grouped(app)
    harvests(fatima, number, "group:1")
    kari = Visitor(app, "kari")
    assert IDEA in reads(kari, "/me")
    assert kari.posts("/havnvik/contributions/1/contributors/removal").status_code == 303
    moved(app, 1, "under_review")
    assert news(kari) == [] and IDEA not in reads(kari, "/me")


def test_what_is_hidden_is_not_told_of(app: Flask, letters: Letters) -> None:
    fatima, number = grouped(app)
    harvests(fatima, number, "group:1")
    letters()
    assert hides(Visitor(app, "ingrid"), 1).status_code == 303
    # Its author hears why; those who had a part in it find nothing that leads there.
    assert [each.to for each in letters()] == ["fatima@example.no"]
    assert news(Visitor(app, "kari")) == []


@pytest.mark.parametrize("what", ["hides", "withdraws", "leaves"])
def test_what_was_hidden_or_left_before_the_letter_is_written_is_in_none(
    app: Flask, letters: Letters, what: str
) -> None:
    fatima, number = grouped(app, consents="y")
    letters()
    assert harvests(fatima, number, "group:1").status_code == 303
    if what == "hides":
        assert hides(Visitor(app, "ingrid"), 1).status_code == 303
    elif what == "withdraws":
        assert withdraws(fatima, 1).status_code == 303
    else:
        path = "/havnvik/contributions/1/contributors/removal"
        assert Visitor(app, "kari").posts(path).status_code == 303
    left = {"hides": ["fatima@example.no"], "withdraws": [], "leaves": ["jonas@example.no"]}
    assert [each.to for each in letters()] == left[what]
    assert letters() == []


def test_the_letters_are_written_by_two_jobs_in_portions_and_each_once(
    app: Flask, letters: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("smartby.outcomes.letters.AT_ONCE", 2)
    fatima = Visitor(app, "fatima")
    number = held(fatima, STEPS)
    drives(fatima, number, "next")
    for key in NAMED:
        guest = joins(app, number, key, consents="y")
        for body in CARDS:
            does(guest, number, "write", body=f"{body} {key}")
    drives(fatima, number, "reveal")
    letters()
    assert harvests(fatima, number, *keys(fatima, number)).status_code == 303

    def works(_job: int) -> int:
        with app.app_context():
            return write_to_contributors()

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(works, range(2))) >= len(NAMED)
    written = letters()
    assert sorted(each.to for each in written) == sorted(f"{key}@example.no" for key in NAMED)
    assert all(each.text.count("ble til ideen") == 2 for each in written)
    assert letters() == [] and works(0) == 0


def test_whose_letter_cannot_be_written_holds_no_other_workshop_back(
    app: Flask, letters: Letters
) -> None:
    for key in ("kari", "jonas"):
        fatima = Visitor(app, "fatima")
        number = held(fatima, STEPS)
        drives(fatima, number, "next")
        does(joins(app, number, key, consents="y"), number, "write", body=CARDS[0])
        drives(fatima, number, "reveal")
        assert harvests(fatima, number, *keys(fatima, number)).status_code == 303
    kari = user_id(app, "kari")
    readdresses(app, kari, "ingen adresse")
    assert [each.to for each in letters()] == ["jonas@example.no"]
    readdresses(app, kari, "kari@example.no")
    assert [each.to for each in letters()] == ["kari@example.no"]


def test_the_job_is_woken_at_once(app: Flask) -> None:
    fatima, number = grouped(app)
    queue = app.extensions["smartby-jobs"] = jobs.queue(app)
    try:
        assert harvests(fatima, number, "group:1").status_code == 303
        waiting = [bytes(task) for task in queue.storage.enqueued_items()]
        assert any(b"write_letters" in task for task in waiting)
    finally:
        queue.storage.close()
        del app.extensions["smartby-jobs"]
