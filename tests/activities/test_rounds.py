"""A second round of any kind: everybody is told that it is on, and whose result still stands."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.activities.playing import shows_screen
from tests.activities.voting import OPTIONS, guests, sets, votes, voting
from tests.facilitation.holding import drives, held, run_of, sees
from tests.people import Visitor

KINDS = (
    "dots", "approval", "poll", "score", "scale", "fist", "ranking", "pairwise", "matrix",
    "statements",
)  # fmt: skip


def words(page: str) -> str:
    """Return what one reads, without marks and buttons of the page's frame."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page)).replace(" :", ":")


def a_mark(guest: Visitor, number: int) -> str:
    """Return something that can be pressed on the ballot."""
    return re.findall(r'name="mark" value="([^"]*:[^"]*)"', sees(guest, number))[-1]


@pytest.mark.parametrize("kind", KINDS)
def test_everybody_is_told_that_another_round_is_on(app: Flask, kind: str) -> None:
    fatima, number = voting(app, kind)
    projector, people = shows_screen(app, number), guests(app, number, 3)
    for who in people[:2]:
        votes(who, number, a_mark(who, number))
    drives(fatima, number, "reveal")
    assert "2 av 3 har stemt." in words(sees(projector, number, "screen"))
    drives(fatima, number, "again")
    votes(people[2], number, a_mark(people[2], number))
    shown = words(sees(projector, number, "screen"))
    now, _former, result = shown.partition("Resultat av runde 1")
    assert "Runde 2 er åpen: 1 av 3 har stemt" in now and "Forrige runde" in now
    # What is told of the result is of its own round.
    assert "2 av 3 har stemt." in result and "1 av 3" not in result
    for page in (sees(people[0], number), sees(people[2], number)):
        told = words(page)
        assert told.index("Runde 2 er åpen") < told.index("Resultat av runde 1")
    assert "Runde 2: åpen" in words(sees(fatima, number, "console"))
    drives(fatima, number, "close")
    assert "Runde 2 er lukket: 1 av 3 har stemt" in words(sees(projector, number, "screen"))
    drives(fatima, number, "reveal")
    shown = words(sees(projector, number, "screen"))
    assert "Runde 2" in shown and "Forrige runde" not in shown and "1 av 3 har stemt." in shown


def test_a_round_after_one_that_nobody_saw_is_told_too(app: Flask) -> None:
    fatima, number = voting(app, "dots")
    projector = shows_screen(app, number)
    for order in ("close", "again"):
        drives(fatima, number, order)
    shown = words(sees(projector, number, "screen"))
    assert "Runde 2 er åpen" in shown and "0 av 0 har stemt" in shown and "Forrige" not in shown


def test_a_new_round_cannot_be_taken_back_so_it_is_asked_for_once_more(app: Flask) -> None:
    fatima, number = voting(app, "dots")
    drives(fatima, number, "reveal")
    page = sees(fatima, number, "console")
    asked = re.search("<details[^>]*><summary>Ny runde</summary>(.*?)</details>", page, re.DOTALL)
    assert asked is not None and "Det kan ikke angres" in asked[1]
    assert page.count('value="again"') == asked[1].count('value="again"') == 1
    drives(fatima, number, "again")
    assert 'value="undo"' not in sees(fatima, number, "console")


def test_a_round_that_is_left_open_is_told_of_with_the_way_back(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima, (("dots", "Hva er viktigst?"), ("break", "Pause"), ("talk", "Slutt")))
    sets(app, number, at=0, options=OPTIONS)
    told = "Runden i «Hva er viktigst?» er fortsatt åpen."

    def is_told() -> bool:
        page = sees(fatima, number, "console")
        assert (told in page) == ('id="do-go"' in page)
        return told in page

    drives(fatima, number, "next")
    left = run_of(app, number).activity_id
    assert not is_told()
    for _step in ("Pause", "Slutt"):
        drives(fatima, number, "next")
        assert is_told()
    way = re.search(r'name="to" value="(\d+)" form="act"', sees(fatima, number, "console"))
    drives(fatima, number, "go", to=way[1] if way else "")
    assert run_of(app, number).activity_id == left and not is_told()
    drives(fatima, number, "close")
    drives(fatima, number, "next")
    assert not is_told()
