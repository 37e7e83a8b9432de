"""Who could vote is who was there when the round ended, whenever one reads it."""

from __future__ import annotations

import json
import re

import pytest
from flask import Flask

from tests.activities.voting import count_of, guests, sets, votes
from tests.facilitation.holding import drives, held, joins, sees, who
from tests.outcomes.harvesting import PAGE, closes, reads
from tests.outcomes.test_minutes import files
from tests.people import Visitor

OPTIONS = ["Flere trær på torget", "Benker i sola"]


def begun(app: Flask) -> tuple[Visitor, int, list[Visitor]]:
    """Hold a vote in which two of three have voted."""
    fatima = Visitor(app, "fatima")
    number = held(fatima, (("break", "Pause"), ("dots", "Velg")))
    sets(app, number, options=OPTIONS)
    drives(fatima, number, "next")
    drives(fatima, number, "next")
    room = guests(app, number, 3)
    for guest in room[:2]:
        assert votes(guest, number, "option:1=1").status_code == 303
    return fatima, number, room


def present(app: Flask, number: int) -> tuple[int, int]:
    turnout = count_of(app, number).turnout
    return turnout.voted, turnout.present


def shows_out(app: Flask, leader: Visitor, number: int, guest: Visitor) -> None:
    person = str(who(app, guest, number).id)
    assert drives(leader, number, "kick", participant=person).status_code == 303


def test_while_one_can_vote_it_is_who_is_in(app: Flask) -> None:
    fatima, number, room = begun(app)
    assert present(app, number) == (2, 3)
    joins(app, number)
    assert present(app, number) == (2, 4)
    shows_out(app, fatima, number, room[2])
    assert present(app, number) == (2, 3)


@pytest.mark.parametrize("end", ["close", "reveal"])
def test_who_comes_or_is_shown_out_after_the_end_changes_nothing(app: Flask, end: str) -> None:
    fatima, number, room = begun(app)
    assert drives(fatima, number, end).status_code == 303
    guests(app, number, 2)
    shows_out(app, fatima, number, room[2])
    assert present(app, number) == (2, 3)
    if end == "close":
        assert re.search(r"av 3 har stemt</dt><dd>2<", sees(fatima, number, "console"))
        # Whoever is let vote again is counted with those who are in then.
        assert drives(fatima, number, "reopen").status_code == 303
        assert present(app, number) == (2, 4)
        drives(fatima, number, "reveal")
        assert present(app, number) == (2, 4)


def test_a_round_that_is_left_open_keeps_who_was_there(app: Flask) -> None:
    fatima, number, _room = begun(app)
    drives(fatima, number, "back")
    guests(app, number, 2)
    assert present(app, number) == (2, 3)
    drives(fatima, number, "next")  # and whoever comes back to it can vote
    assert present(app, number) == (2, 5)
    drives(fatima, number, "back")
    guests(app, number, 1)
    closes(fatima, number)
    assert present(app, number) == (2, 5)


def test_the_minutes_tell_it_for_each_round(app: Flask) -> None:
    fatima, number, room = begun(app)
    drives(fatima, number, "reveal")
    (late,) = guests(app, number, 1)
    drives(fatima, number, "again")
    votes(late, number, "option:2=1")
    drives(fatima, number, "reveal")
    shows_out(app, fatima, number, room[2])
    closes(fatima, number)
    told = ["2 av 3 har stemt", "1 av 4 har stemt"]
    page = reads(fatima, PAGE.format(number=number, what="minutes"))
    assert all(words in page for words in told)
    rows = json.loads(files(fatima, number)["minutes.json"])["activities"][1]["rows"]
    assert [row[2] for row in rows if "har stemt" in str(row[2])] == told


def test_a_team_that_is_counted_after_the_end_counts_on_both_sides(app: Flask) -> None:
    fatima, number, _room = begun(app)
    team = joins(app, number, heads="5")
    votes(team, number, "option:1=1")
    assert present(app, number) == (7, 8)
    drives(fatima, number, "close")
    person = str(who(app, team, number).id)
    fields = {"participant": person, f"heads-{person}": "3"}
    assert drives(fatima, number, "heads", **fields).status_code == 303
    assert present(app, number) == (5, 6)
