"""Impact and effort: both are needed, and the quarter is told."""

from __future__ import annotations

import re

from flask import Flask

from tests.activities.playing import shows_screen
from tests.activities.voting import OPTIONS, count_of, guests, votes, voting
from tests.facilitation.holding import drives, sees
from tests.people import Visitor


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


def shown(app: Flask, *marks: tuple[int, int]) -> tuple[Visitor, int, Visitor]:
    """Let somebody place the options, impact and effort of each, and show what came of it."""
    fatima, number = voting(app, "matrix")
    (aud,) = guests(app, number, 1)
    for item, both in enumerate(marks, start=1):
        for way, mark in zip("=~", both, strict=True):
            votes(aud, number, f"option:{item}{way}{mark}")
    drives(fatima, number, "reveal")
    return fatima, number, aud


def test_equals_have_a_number_each_on_the_map_and_in_the_list(app: Flask) -> None:
    fatima, number, aud = shown(app, (5, 1), (2, 1), (5, 4), (1, 5))
    assert [line.place for line in count_of(app, number).lines] == [1, 2, 2, 4]
    for who, view in ((fatima, "console"), (shows_screen(app, number), "screen"), (aud, "room")):
        page = sees(who, number, view)
        assert re.findall(r'class="sb-matrix__n"[^>]*>(\d)<', page)[::-1] == list("1234"), view
        assert re.findall(r'class="sb-outcome__place">(\d)', page) == list("1234"), view


def test_nothing_on_the_map_covers_what_its_quarters_are_called(app: Flask) -> None:
    fatima, number, _aud = shown(app, (5, 1), (5, 5), (1, 1), (1, 5))
    page = sees(fatima, number, "console")
    names = re.findall(r'<text x="\d+" y="(-?\d+)"[^>]*>(?:Gjør nå|Planlegg|Når|La ligge)', page)
    dots = re.findall(r'class="sb-matrix__dot" [^>]*y="([\d.]+)" [^>]*height="(\d+)"', page)
    assert len(names) == len(dots) == 4
    for y, height in dots:
        for name in names:  # letters stand above their line
            assert int(name) <= float(y) or int(name) - 9 >= float(y) + int(height)
