"""A scale: without statements it asks what the activity asks."""

from __future__ import annotations

from flask import Flask

from tests.activities.voting import guests, scores_of, votes, voting
from tests.facilitation.holding import drives, sees


def test_the_activity_itself_is_asked_between_two_ends(app: Flask) -> None:
    rules = {"options": [], "high": "7", "low_label": "Utrygt", "high_label": "Trygt"}
    fatima, number = voting(app, "scale", **rules)
    aud, bo = guests(app, number, 2)
    assert "Utrygt" in sees(aud, number) and "Trygt" in sees(aud, number)
    for who, given in ((aud, 7), (bo, 4)):
        assert votes(who, number, f"question:1={given}").status_code == 303
    assert scores_of(app, number) == {"question:1": 5.5}
    drives(fatima, number, "reveal")
    assert "<strong>5,5</strong>" in sees(aud, number)
