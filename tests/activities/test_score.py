"""Scores: the mean decides, and the spread is told when enough have given marks."""

from __future__ import annotations

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
