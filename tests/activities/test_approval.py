"""Approval: yes to as many as one likes, or to so many at most."""

from __future__ import annotations

from flask import Flask

from tests.activities.voting import guests, scores_of, votes, voting
from tests.facilitation.holding import sees


def test_one_says_yes_to_several_and_takes_it_back(app: Flask) -> None:
    _fatima, number = voting(app, "approval")
    aud, bo = guests(app, number, 2)
    for who, place, wish in ((aud, 1, 1), (aud, 2, 1), (bo, 2, 1), (aud, 1, 0)):
        assert votes(who, number, f"option:{place}={wish}").status_code == 303
    assert scores_of(app, number) == {"option:1": 0, "option:2": 2, "option:3": 0, "option:4": 0}
    assert sees(aud, number).count('aria-pressed="true"') == 1
    assert votes(aud, number, "option:1=2").status_code == 422


def test_no_more_than_the_rules_allow(app: Flask) -> None:
    _fatima, number = voting(app, "approval", budget=2)
    aud = guests(app, number, 1)[0]
    statuses = [votes(aud, number, f"option:{place}=1").status_code for place in (1, 2, 2, 3)]
    assert statuses == [303, 303, 303, 422]
    assert "Du kan velge 0 til." in sees(aud, number)
