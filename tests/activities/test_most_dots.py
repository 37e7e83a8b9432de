"""How many dots one proposal may have: said where one votes, and where all look."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.activities.playing import shows_screen
from tests.activities.voting import guests, votes, voting
from tests.facilitation.holding import drives, sees


@pytest.mark.parametrize(
    ("most", "words"),
    [(2, "Høyst 2 på samme forslag."), (1, "Høyst én på hvert forslag."), (3, "")],
)
def test_the_phone_and_the_projector_say_how_many_one_item_takes(
    app: Flask, most: int, words: str
) -> None:
    fatima, number = voting(app, "dots", budget=3, most=most, blind=False)
    aud = guests(app, number, 1)[0]
    room, screen = sees(aud, number), sees(shows_screen(app, number), number, "screen")
    assert ("Høyst" in room, "Høyst" in screen) == (bool(words), bool(words))
    assert words in room and words in screen
    drives(fatima, number, "close")
    assert "Høyst" not in sees(shows_screen(app, number), number, "screen")


def test_a_blind_round_says_it_on_the_projector_too(app: Flask) -> None:
    _fatima, number = voting(app, "dots", budget=3, most=2)
    screen = sees(shows_screen(app, number), number, "screen")
    assert "Høyst 2 på samme forslag." in screen and "har stemt" in screen


def test_a_button_that_adds_nothing_says_why(app: Flask) -> None:
    _fatima, number = voting(app, "dots", budget=3, most=2)
    aud = guests(app, number, 1)[0]
    full, spent = "Sett en prikk (høyst 2 på samme forslag)", "Sett en prikk (du har ingen igjen)"
    assert full not in sees(aud, number) and spent not in sees(aud, number)
    votes(aud, number, "option:1=2")
    page = sees(aud, number)
    assert page.count(f'aria-label="{full}" aria-disabled="true"') == 1 and spent not in page
    votes(aud, number, "option:2=1")
    page = sees(aud, number)
    assert page.count(f'aria-label="{full}" aria-disabled="true"') == 1
    assert page.count(f'aria-label="{spent}" aria-disabled="true"') == 3
