"""Dots on paper: a sum says how many dots there are, and not how many people they are from."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from flask import Flask

from tests.activities.playing import shows_screen
from tests.activities.voting import OPTIONS, count_of, guests, votes, voting
from tests.ballots.test_stacks import paper
from tests.facilitation.holding import drives, sees
from tests.outcomes.harvesting import PAGE, closes, reads
from tests.outcomes.test_minutes import cells, files

FIRST, SECOND = OPTIONS[:2]


def behind(app: Flask, number: int) -> list[int | None]:
    """Return how many people are told to stand behind each item, in the order of the ballot."""
    lines = sorted(count_of(app, number).lines, key=lambda line: line.item)
    return [line.voters for line in lines]


@pytest.mark.parametrize(
    ("rules", "lines", "people", "known"),
    [
        # One on A and one on B, or both on both: the sums are the same.
        ({"budget": 3}, f"{FIRST} 3\n{SECOND} 3", 2, [None, None, 1, 0]),
        ({"budget": 3}, f"{FIRST} 2\n{SECOND} 1", 2, [None, 1, 1, 0]),
        ({"budget": 3}, f"{FIRST} 3\n{SECOND} 0", 1, [1, 0, 1, 0]),  # one sheet is one person
        ({"budget": 3, "most": 1}, f"{FIRST} 2\n{SECOND} 1", 2, [2, 1, 1, 0]),
        ({"budget": 1}, f"{FIRST} 2", 2, [2, 0, 1, 0]),
    ],
)
def test_people_are_counted_only_where_a_sum_tells_of_them(
    app: Flask, rules: dict[str, Any], lines: str, people: int, known: list[int | None]
) -> None:
    fatima, number = voting(app, "dots", **rules)
    votes(guests(app, number, 1)[0], number, "option:3=1")
    assert paper(fatima, number, lines, people).status_code == 303
    assert behind(app, number) == known


def test_no_number_of_people_is_made_up_anywhere(app: Flask) -> None:
    fatima, number = voting(app, "dots")
    (guest,) = guests(app, number, 1)
    votes(guest, number, "option:3=2")
    assert paper(fatima, number, f"{FIRST} 3\n{SECOND} 3", 2).status_code == 303
    drives(fatima, number, "reveal")
    screen = shows_screen(app, number)
    for visitor, view in ((guest, "room"), (fatima, "console"), (screen, "screen")):
        page = re.sub(r"\s+", " ", sees(visitor, number, view))
        told = re.findall(r"(\d) person(?:er)?\b", page)
        assert told == ([] if view == "screen" else ["1", "0"]), view
        assert "<strong>3</strong> prikker" in page or view == "screen"
    closes(fatima, number)
    minutes = reads(fatima, PAGE.format(number=number, what="minutes"))
    assert re.findall(r"(\d) person(?:er)?\b", minutes) == ["1", "0"]
    _files_tell_none(files(fatima, number))


def _files_tell_none(made: dict[str, bytes]) -> None:
    found = json.loads(made["minutes.json"])["activities"][-1]
    place, what = (found["columns"].index(name) for name in ("Stemte", "Hva"))
    told = {row[what]: row[place] for row in found["rows"]}
    assert [told[title] for title in OPTIONS] == ["", "", 1, 0]
    assert FIRST in cells(made["minutes.xlsx"])
    lines = made["minutes.csv"].decode("utf-8-sig").splitlines()
    assert sum(';"Stemte";""' in line for line in lines) == 2
