"""Scores: the mean decides, and the spread is told when enough have given marks."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.activities.voting import guests, scores_of, votes, voting
from tests.facilitation.holding import drives, sees


def test_the_mean_of_those_who_gave_marks_decides(app: Flask) -> None:
    fatima, number = voting(app, "score")
    people = guests(app, number, 5)
    for who, given in zip(people, (5, 5, 1, 1, 1), strict=True):
        assert votes(who, number, f"option:1={given}").status_code == 303
    votes(people[0], number, "option:2=4")
    assert scores_of(app, number) == {
        "option:2": 4, "option:1": 2.6, "option:3": None, "option:4": None,
    }  # fmt: skip
    drives(fatima, number, "reveal")
    page = sees(people[0], number)
    assert "Stor uenighet" in page and "<strong>2,6</strong>" in page
    # Five have given the first marks: how they were spread is drawn. Of the second it is not.
    assert page.count("sb-spread") == 1 and 'aria-label="1: 3, 2: 0, 3: 0, 4: 0, 5: 2"' in page


def test_the_marks_go_as_high_as_the_rules_say(app: Flask) -> None:
    _fatima, number = voting(app, "score", high="10")
    aud = guests(app, number, 1)[0]
    assert votes(aud, number, "option:1=10").status_code == 303
    assert votes(aud, number, "option:1=11").status_code == 422
    assert votes(aud, number, "option:1=0").status_code == 422


@pytest.mark.parametrize(
    ("marks", "word"),
    [
        ("222333444", "Delte meninger"),  # close, but a third on each side of the middle
        ("333444555", "Stor enighet"),
        ("333555", "Delte meninger"),  # all on one side, but far apart
        ("111333555", "Stor uenighet"),
        ("1555555", "Delte meninger"),
    ],
)
def test_how_far_apart_people_are_is_told_as_it_is(app: Flask, marks: str, word: str) -> None:
    fatima, number = voting(app, "score")
    for who, given in zip(guests(app, number, len(marks)), marks, strict=True):
        votes(who, number, f"option:1={given}")
    drives(fatima, number, "reveal")
    assert f"· {word}<" in sees(fatima, number, "screen")
