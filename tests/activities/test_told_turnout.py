"""How many have answered is told in one way wherever it is told, and the blank among them."""

from __future__ import annotations

import json
import re

import pytest
from flask import Flask

from smartby.ballots.counts import turnout_in_words
from smartby.ballots.papers import Turnout
from tests.activities.playing import shows_screen
from tests.activities.voting import guests, votes, voting
from tests.ballots.test_stacks import paper
from tests.facilitation.holding import drives, sees
from tests.outcomes.harvesting import PAGE, closes, reads
from tests.outcomes.test_minutes import cells, files


def words(page: str) -> str:
    """Return what a page says, without its markup."""
    return re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", page)).replace(" ,", ",")


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (Turnout(7, 1, 8, 7), "8 av 8 har stemt, 1 av dem blankt"),
        (Turnout(3, 0, 8, 3), "3 av 8 har stemt"),
        (Turnout(3, 2, 8, 3, 4), "5 av 8 har stemt, 2 av dem blankt, 4 på papir"),
    ],
)
def test_it_is_said_by_one_function(app: Flask, told: Turnout, said: str) -> None:
    with app.test_request_context("/havnvik"):
        assert turnout_in_words(told) == said


def test_one_number_stands_on_the_console_the_projector_and_in_the_files(app: Flask) -> None:
    fatima, number = voting(app, "approval")
    room = guests(app, number, 5)
    for guest in room[:3]:
        votes(guest, number, "option:1=1")
    votes(room[3], number, "blank=1")
    assert paper(fatima, number, "Bysykler 2", 2).status_code == 303
    said, screen = "6 av 7 har stemt, 1 av dem blankt, 2 på papir", shows_screen(app, number)
    console = re.sub(r"\s+", " ", sees(fatima, number, "console"))
    assert "av 7 har stemt</dt><dd>6<" in console and "av dem blankt</dt><dd>1<" in console
    assert said in words(sees(screen, number, "screen"))
    drives(fatima, number, "reveal")
    for visitor, view in ((fatima, "console"), (screen, "screen"), (room[0], "room")):
        assert said in words(sees(visitor, number, view)), view
    closes(fatima, number)
    assert words(reads(fatima, PAGE.format(number=number, what="minutes"))).count(said) == 2
    made = files(fatima, number)
    row = json.loads(made["minutes.json"])["activities"][-1]["rows"][-1]
    assert said in row and 6 in row and 5 not in row
    assert said in cells(made["minutes.xlsx"])


def test_another_round_is_told_in_the_same_way(app: Flask) -> None:
    fatima, number = voting(app, "dots")
    one, other, _third = guests(app, number, 3)
    votes(one, number, "option:1=1")
    drives(fatima, number, "reveal")
    drives(fatima, number, "again")
    votes(one, number, "option:1=1")
    votes(other, number, "blank=1")
    said = "2 av 3 har stemt, 1 av dem blankt"
    assert f"Runde 2 er åpen: {said}" in words(sees(shows_screen(app, number), number, "screen"))
