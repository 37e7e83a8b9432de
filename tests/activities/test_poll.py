"""A poll: one answer takes the place of the other, unless several are allowed."""

from __future__ import annotations

from flask import Flask

from tests.activities.voting import guests, scores_of, votes, voting


def test_one_answer_takes_the_place_of_the_other(app: Flask) -> None:
    _fatima, number = voting(app, "poll")
    aud = guests(app, number, 1)[0]
    for place in (1, 3):
        assert votes(aud, number, f"option:{place}=1").status_code == 303
    assert scores_of(app, number) == {"option:3": 1, "option:1": 0, "option:2": 0, "option:4": 0}
    votes(aud, number, "option:3=0")
    assert set(scores_of(app, number).values()) == {0}


def test_several_answers_stand_beside_each_other(app: Flask) -> None:
    _fatima, number = voting(app, "poll", several=True)
    aud = guests(app, number, 1)[0]
    for place in (1, 3):
        assert votes(aud, number, f"option:{place}=1").status_code == 303
    assert sum(score or 0 for score in scores_of(app, number).values()) == 2
