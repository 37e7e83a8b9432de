"""How results are told: what a bar is measured against, how exactly, and what is left unsaid."""

from __future__ import annotations

import re

from flask import Flask

from tests.activities.playing import harvested, heard, told
from tests.activities.voting import guests, votes, voting
from tests.facilitation.holding import drives, held, joins, listens, sees
from tests.people import Visitor


def test_yeses_are_measured_against_all_who_voted(app: Flask) -> None:
    fatima, number = voting(app, "approval")
    for place, who in zip((1, 1, 1, 2, 2), guests(app, number, 5), strict=True):
        votes(who, number, f"option:{place}=1")
    drives(fatima, number, "reveal")
    page = sees(fatima, number, "console")
    assert 'class="sb-bar__fill" width="60.0"' in page
    assert "enighet" not in page and "Spredning" not in page


def test_means_that_are_placed_apart_look_apart(app: Flask) -> None:
    fatima, number = voting(app, "score")
    for turn, who in enumerate(guests(app, number, 5)):
        votes(who, number, f"option:1={3 if turn else 2}")
        if turn:
            votes(who, number, f"option:2={2 if turn == 1 else 3}")
    drives(fatima, number, "reveal")
    page = sees(fatima, number, "console")
    assert "<strong>2,8</strong>" in page and "<strong>2,75</strong>" in page


def test_one_thing_alone_has_no_place(app: Flask) -> None:
    fatima, number = voting(app, "fist")
    votes(guests(app, number, 1)[0], number, "question:1=4")
    drives(fatima, number, "reveal")
    page = sees(fatima, number, "console")
    assert 'class="sb-outcome__what" data-alone' in page and "delt plass" not in page


def test_less_than_nothing_has_a_real_minus(app: Flask) -> None:
    fatima, number = voting(app, "matrix")
    aud = guests(app, number, 1)[0]
    for mark in ("option:1=1", "option:1~2"):
        votes(aud, number, mark)
    drives(fatima, number, "reveal")
    assert "<strong>−1</strong>" in sees(fatima, number, "console")


def test_tables_have_heads_that_can_be_told_apart_and_shares_in_per_cent(app: Flask) -> None:
    fatima, number = voting(app, "statements")
    votes(guests(app, number, 1)[0], number, "option:1=1")
    drives(fatima, number, "reveal")
    _harvest, (heading, first, *_rest) = harvested(app, "statements")
    assert {"Andel enige", "Enige"} <= set(heading)
    assert first[heading.index("Andel enige")] == "100 %"


def test_a_phone_asks_for_its_own_where_all_differ_from_the_first_moment(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    steps = (("talk", "Velkommen"), ("tables", "Bordene"), ("break", "Pause"))
    number = held(fatima, steps)
    aud = joins(app, number)
    drives(fatima, number, "next")
    socket, _numbers = listens(app, aud, f"room:{number}")
    drives(fatima, number, "next")
    assert "data-again" in told(heard(app, socket))
    own = aud.gets(f"/havnvik/workshops/{number}/own").get_json()["parts"]["own"]
    assert re.search(r"Bord\s+1", own)
    drives(fatima, number, "next")
    assert "data-again" not in told(heard(app, socket))
