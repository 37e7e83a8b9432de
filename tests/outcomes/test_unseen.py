"""What the room was not shown: in no minutes, file, picture or harvest until it is shown."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask

from tests.activities.voting import votes
from tests.facilitation.holding import does, drives, held, joins, run_of, sees
from tests.outcomes.harvesting import PAGE, announce, closes, keys, reads
from tests.people import Visitor

SECRET = "Sykkelvei langs hele elva"
DOTS = (("brainstorm", "Hva mangler?"), ("dots", "Prioriter"), ("break", "Pause"))
FORMS = ("minutes", "minutes.json", "minutes.csv", "board.svg")


def voted(app: Flask, kind: str = "dots", mark: str = "=3") -> tuple[Visitor, int, list[Visitor]]:
    """Hold a workshop in which two cards are voted on, blindly, and nobody is shown the result."""
    fatima = Visitor(app, "fatima")
    number = held(fatima, (DOTS[0], (kind, "Prioriter"), DOTS[2]))
    guests = [joins(app, number) for _turn in range(2)]
    drives(fatima, number, "next")
    for body in ("Alfa", "Beta"):
        does(guests[0], number, "write", body=body)
    drives(fatima, number, "reveal")
    drives(fatima, number, "next")
    for guest in guests:
        assert votes(guest, number, f"{'card:1|card:2' if '|' in mark else 'card:1'}{mark[-2:]}")
    drives(fatima, number, "next")  # without a look at the result
    return fatima, number, guests


def told(visitor: Visitor, number: int) -> str:
    """Read all that is told of a workshop to everybody."""
    return "".join(reads(visitor, PAGE.format(number=number, what=form)) for form in FORMS)


def shows(leader: Visitor, number: int, place: int = 0) -> Any:
    """Press the button that shows what was not seen of an activity."""
    page = "harvest" if run_of(leader.app, number).closed_at else "closing"
    numbers = re.findall(r'name="activity" value="(\d+)"', sees(leader, number, page))
    return leader.posts(PAGE.format(number=number, what="revelations"), activity=numbers[place])


@pytest.mark.parametrize(
    ("kind", "mark", "words"), [("dots", "=3", "prikk"), ("pairwise", "|=1", "vunnet")]
)
def test_a_blind_vote_that_was_not_shown_is_told_nowhere(
    app: Flask, kind: str, mark: str, words: str
) -> None:
    fatima, number, _guests = voted(app, kind, mark)
    announce(app, number)
    closes(fatima, number)
    page = told(Visitor(app), number)
    assert words not in page and "2 av 2 har stemt" not in page
    assert shows(fatima, number).status_code == 303
    assert "2 av 2 har stemt" in told(Visitor(app), number)


def test_those_who_lead_do_not_peek_and_vote_on(app: Flask) -> None:
    fatima, number, guests = voted(app)
    page = sees(fatima, number, "harvest")
    assert "6" not in re.sub(r"<[^>]*>", "", page).partition("Høst ideer")[2].partition("©")[0]
    assert "kan ikke høstes før det er vist" in page
    drives(fatima, number, "back")
    assert "heller ikke du" in sees(fatima, number, "console")
    assert shows(fatima, number).status_code == 303
    assert votes(guests[0], number, "card:2=1").status_code == 409
    assert drives(fatima, number, "reopen").status_code == 422
    assert "6 prikker" in sees(fatima, number, "harvest")


def test_cards_at_tables_are_harvested_only_when_they_are_revealed(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima, (("tables", "Bygg videre"), ("break", "Pause")))
    guest = joins(app, number)
    drives(fatima, number, "next")
    drives(fatima, number, "round")
    assert does(guest, number, "write", body=SECRET, turn="1").status_code == 303
    assert keys(fatima, number) == []
    announce(app, number)
    closes(fatima, number)
    assert SECRET not in told(Visitor(app), number) + sees(fatima, number, "harvest")
    assert shows(fatima, number).status_code == 303
    assert SECRET in told(Visitor(app), number) and len(keys(fatima, number)) == 1


def test_closing_says_what_is_not_shown_and_what_is_open_and_offers_to_show_it(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    steps = (
        ("brainstorm", "Hva mangler?"),
        ("cloud", "Ett ord"),
        ("poll", "Enig?"),
        ("break", "Pause"),
    )
    number = held(fatima, steps)
    guest = joins(app, number)
    drives(fatima, number, "next")
    does(guest, number, "write", body=SECRET)
    page = sees(fatima, number, "closing")
    for words in ("1 lapp er ikke avslørt.", "3 punkter i programmet er ikke begynt."):
        assert words in page
    assert "blir tatt vare på" not in page
    assert SECRET not in page
    assert shows(fatima, number).status_code == 303
    assert "ikke avslørt" not in sees(fatima, number, "closing")
    assert SECRET in sees(guest, number)


def test_showing_is_for_those_who_lead_and_for_what_was_begun(app: Flask) -> None:
    fatima, number, guests = voted(app)
    path = PAGE.format(number=number, what="revelations")
    number_of = re.findall(r'name="activity" value="(\d+)"', sees(fatima, number, "closing"))[0]
    for visitor in (guests[0], Visitor(app, "kari"), Visitor(app, "ingrid")):
        assert visitor.posts(path, activity=number_of).status_code in (302, 403, 404)
    assert "ikke vist" in sees(fatima, number, "closing")
    assert fatima.posts(path, activity="999").status_code == 404
    assert fatima.posts(path, activity="x").status_code == 422
