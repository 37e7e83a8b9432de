"""What moved from one round to the next: nobody is called risen who lost, or has nothing."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from smartby.ballots.movement import moves
from smartby.ballots.papers import Count, Line, placed, turnout
from tests.activities.voting import guests, votes, voting
from tests.facilitation.holding import drives, sees


def counted(**scores: float | None) -> Count:
    return Count(placed(Line(item, score, 1) for item, score in scores.items()), turnout([]))


@pytest.mark.parametrize(
    ("before", "after", "moved"),
    [
        # What loses its only dot shares the last place with those that never had any.
        (
            {"a": 9, "b": 7, "c": 5, "d": 3, "dog": 1, "e": 0, "f": 0},
            {"a": 9, "b": 7, "c": 5, "d": 0, "dog": 0, "e": 0, "f": 0},
            {"a": 0, "b": 0, "c": 0, "d": 0},
        ),
        ({"a": 3, "b": 2}, {"a": 3, "b": 3}, {"a": 0, "b": 1}),  # drawn level by gaining
        ({"a": 3, "b": 2}, {"a": 2, "b": 2}, {"a": 0}),  # and not by the other's loss
        # Fewer came back: what stands before another now has risen all the same.
        ({"a": 9, "b": 8, "c": 1}, {"a": 5, "b": 6, "c": 1}, {"a": -1, "b": 1, "c": 0}),
        ({"a": 2, "b": 0, "c": 0}, {"a": 2, "b": 1, "c": 0}, {"a": 0, "b": 0, "c": -1}),
        ({"a": 0, "b": 0}, {"a": 0, "b": 0}, {"a": 0, "b": 0}),
        ({"a": 1, "b": -2}, {"a": -3, "b": -2}, {"a": -1, "b": 1}),  # less than nothing is no none
        ({"a": 1, "b": None}, {"a": 1, "b": 2}, {"a": -1}),
    ],
)
def test_places_are_compared_fairly(
    before: dict[str, float | None], after: dict[str, float | None], moved: dict[str, int]
) -> None:
    found = moves(counted(**before), counted(**after))
    assert {item: move.places for item, move in found.items()} == moved


def test_what_lost_its_only_dot_is_not_told_to_have_risen(app: Flask) -> None:
    fatima, number = voting(app, "dots")
    aud, bo = guests(app, number, 2)
    for mark in ("option:1=2", "option:3=1"):
        votes(aud, number, mark)
    votes(bo, number, "option:2=3")
    drives(fatima, number, "reveal")
    drives(fatima, number, "again")
    for guest in (aud, bo):
        votes(guest, number, "option:2=3")
    drives(fatima, number, "reveal")
    page = re.sub(r"\s+", " ", sees(aud, number))
    assert "plass opp" not in page and "plasser opp" not in page
