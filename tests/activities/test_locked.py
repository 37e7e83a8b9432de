"""A vote that is locked shows what one has voted, and nothing that would be refused."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.activities.playing import heard
from tests.activities.pressing import ages
from tests.activities.test_contract import BALLOTS, first_mark
from tests.activities.voting import OPTIONS, guests, votes, voting
from tests.facilitation.holding import does, drives, listens, sees
from tests.people import Visitor

WORDS = {
    "dots": "1 prikk", "score": "1 av 5", "scale": "1 av 5", "fist": "Jeg vil være med",
    "ranking": "nummer 1", "pairwise": "foran «", "matrix": "virkning 1", "statements": "Enig",
}  # fmt: skip
LOCKED = "Stemmingen er låst akkurat nå."


def own(guest: Visitor, number: int) -> str:
    """Read what is one's own, as one line."""
    page = sees(guest, number)
    return re.sub(r"\s+", " ", page[page.index(f'id="own-{number}"') : page.index('id="shown-')])


@pytest.mark.parametrize("key", BALLOTS)
def test_it_says_what_one_voted_and_has_its_buttons_back_when_opened(app: Flask, key: str) -> None:
    fatima, number = voting(app, key, blind=False)
    voted, blank, neither = guests(app, number, 3)
    votes(voted, number, first_mark(voted, number))
    votes(blank, number, "blank=1")
    before = own(voted, number)
    drives(fatima, number, "lock")
    # What is being pressed at that moment is not lost.
    assert own(voted, number) == before and 'data-takes="yes"' in before
    ages(app, number)
    shown = own(voted, number)
    assert LOCKED in shown and 'data-takes="no"' in shown and 'name="mark"' not in shown
    assert WORDS.get(key, OPTIONS[0]) in shown
    assert key == "fist" or any(f">{title}<" in shown for title in OPTIONS)
    assert "Du har stemt blankt." in own(blank, number)
    assert "Du har ikke stemt ennå." in own(neither, number)
    assert all('name="mark"' not in own(guest, number) for guest in (blank, neither))
    drives(fatima, number, "unlock")
    assert own(voted, number) == before


def test_it_is_said_of_what_is_ones_own_too_and_of_a_round_that_is_closed(app: Flask) -> None:
    fatima, number = voting(app, "dots")
    guest = guests(app, number, 1)[0]
    votes(guest, number, "option:2=2")
    drives(fatima, number, "lock")
    ages(app, number)
    parts = guest.gets(f"/havnvik/workshops/{number}/own").get_json()["parts"]
    assert "2 prikker" in parts["own"] and "<button" not in parts["own"]
    drives(fatima, number, "close")
    assert LOCKED not in own(guest, number) and "data-takes" not in own(guest, number)


def test_statements_can_be_neither_added_nor_taken_back(app: Flask) -> None:
    fatima, number = voting(app, "statements", adding=True)
    guest = guests(app, number, 1)[0]
    does(guest, number, "write", body="Flere benker")
    assert 'name="take_back"' in own(guest, number) and 'name="body"' in own(guest, number)
    drives(fatima, number, "lock")
    ages(app, number)
    shown = own(guest, number)
    assert "Flere benker" in shown and "<button" not in shown and "<textarea" not in shown


def test_the_room_hears_of_the_lock_and_nothing_of_anybodys_vote(app: Flask) -> None:
    fatima, number = voting(app, "dots")
    guest = guests(app, number, 1)[0]
    socket, _numbers = listens(app, guest, f"room:{number}")
    heard(app, socket)
    for order in ("lock", "unlock"):
        drives(fatima, number, order)
        ops = heard(app, socket)
        assert [op["target"] for op in ops] == [f"clock-{number}"]
