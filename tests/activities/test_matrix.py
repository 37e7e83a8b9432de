"""Impact and effort: both are needed, and the quarter is told."""

from __future__ import annotations

from flask import Flask

from tests.activities.voting import OPTIONS, count_of, guests, votes, voting
from tests.facilitation.holding import drives, sees


def test_each_item_gets_two_marks_one_item_at_a_time(app: Flask) -> None:
    fatima, number = voting(app, "matrix")
    aud = guests(app, number, 1)[0]
    assert "1 av 4" in sees(aud, number)
    assert votes(aud, number, "option:1=5").status_code == 303
    assert "1 av 4" in sees(aud, number)
    assert count_of(app, number).line("option:1").score is None  # type: ignore[union-attr]
    assert votes(aud, number, "option:1~2").status_code == 303
    assert "2 av 4" in sees(aud, number) and "Svarene dine" in sees(aud, number)
    assert votes(aud, number, "option:1~1").status_code == 303
    assert votes(aud, number, "option:2~6").status_code == 422
    assert votes(aud, number, "option:2~0").status_code == 422
    found = count_of(app, number).lines[0]
    assert (found.item, found.score, found.figures["quarter"]) == ("option:1", 4, "now")
    drives(fatima, number, "reveal")
    shown = sees(fatima, number, "screen")
    assert "Gjør nå" in shown and "virkning 5" in shown and "sb-matrix__dot" in shown
    assert "<strong>4</strong> poeng" in shown
    assert OPTIONS[0] in shown
