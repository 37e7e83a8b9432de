"""Fist of five: all are shown, and those with the fewest fingers are heard."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.activities.voting import guests, votes, voting
from tests.facilitation.holding import drives, sees


def test_those_with_the_fewest_fingers_are_heard_first(app: Flask) -> None:
    fatima, number = voting(app, "fist")
    people = guests(app, number, 6)
    for who, fingers in zip(people[:4], (5, 4, 1, 1), strict=True):
        assert votes(who, number, f"question:1={fingers}").status_code == 303
    drives(fatima, number, "close")
    drives(fatima, number, "reopen")
    for who in people[4:]:
        votes(who, number, "question:1=3")
    drives(fatima, number, "reveal")
    shown = re.sub(r"\s+", " ", sees(fatima, number, "console"))
    assert "2 viste 1. Spør dem først: Hva må til?" in shown


def test_only_those_who_lead_are_told_whom_to_ask(app: Flask) -> None:
    fatima, number = voting(app, "fist")
    people = guests(app, number, 6)
    for who, fingers in zip(people, (5, 5, 5, 4, 4, 0), strict=True):
        votes(who, number, f"question:1={fingers}")
    drives(fatima, number, "reveal")
    assert "1 viste 0. Spør dem først" in sees(fatima, number, "console")
    pages = [
        sees(fatima, number, "screen"),
        sees(people[0], number),
        sees(fatima, number, "minutes"),
    ]
    for page in pages:
        assert "sb-fingers" in page and "Spør dem" not in page and "viste 0" not in page


def test_of_four_nobody_can_be_picked_out(app: Flask) -> None:
    fatima, number = voting(app, "fist")
    for who, fingers in zip(guests(app, number, 4), (5, 5, 5, 0), strict=True):
        votes(who, number, f"question:1={fingers}")
    drives(fatima, number, "reveal")
    shown = sees(fatima, number, "screen")
    assert "<strong>3,75</strong>" in shown and "viste 0" not in shown and "sb-fingers" not in shown


@pytest.mark.parametrize(
    ("fingers", "word"),
    [
        ("554443332221", "Delte meninger"),  # a third on the wrong side of three
        ("555544444443", "Stor enighet"),
        ("555555555550", "Delte meninger"),  # one stops it
        ("22222", "Delte meninger"),  # they say the same: that there is much in the way
        ("5555500000", "Stor uenighet"),
    ],
)
def test_a_room_agrees_when_next_to_nobody_stands_outside(
    app: Flask, fingers: str, word: str
) -> None:
    fatima, number = voting(app, "fist")
    for who, shown in zip(guests(app, number, len(fingers)), fingers, strict=True):
        votes(who, number, f"question:1={shown}")
    drives(fatima, number, "reveal")
    assert f"{len(fingers)} personer · {word}<" in re.sub(
        r"\s+", " ", sees(fatima, number, "screen")
    )
