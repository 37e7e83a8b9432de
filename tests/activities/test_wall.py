"""A brainstorm's wall: columns, one card in the light, pages, names, and one card told of alone."""

from __future__ import annotations

from functools import partial

import pytest
from flask import Flask

from smartby.core.transaction import transaction
from smartby.extensions import db
from smartby.facilitation.models import Card
from tests.activities.playing import (
    cards,
    harvested,
    heard,
    ids,
    on,
    presses,
    set_rules,
    shows_screen,
    taps,
    told,
)
from tests.facilitation.holding import does, drives, joins, listens, sees

WORDS = "Øvingsrom med tykke vegger"
COLUMNS = "Bra\nMindre bra"


def test_cards_are_written_in_columns_and_revealed_a_column_at_a_time(app: Flask) -> None:
    fatima, number = on(app, "brainstorm", columns=COLUMNS)
    aud, bo = joins(app, number), joins(app, number)
    projector = shows_screen(app, number)
    assert taps(aud, number, "write", "1", body=WORDS).status_code == 303
    assert taps(aud, number, "write", "2", body="Trekken ved døra").status_code == 303
    presses(fatima, number, "reveal_column", "1")
    for page in (sees(bo, number), sees(projector, number, "screen")):
        assert WORDS in page and "Trekken" not in page and "Mindre bra" in page
    assert "Trekken" in sees(fatima, number, "console")
    drives(fatima, number, "conceal")
    assert WORDS not in sees(bo, number)
    drives(fatima, number, "reveal")
    assert "Trekken" in sees(bo, number)
    assert harvested(app, "brainstorm")[1][1] == [WORDS, "Bra"]


@pytest.mark.parametrize("column", ["", "3", "0", "Bra", "1' OR 1=1", "9" * 400])
def test_a_card_goes_into_a_column_that_there_is(app: Flask, column: str) -> None:
    _fatima, number = on(app, "brainstorm", columns=COLUMNS)
    aud = joins(app, number)
    answer = taps(aud, number, "write", column, body=WORDS)
    assert answer.status_code == 422 and WORDS in answer.get_data(as_text=True)
    assert cards(app) == []


@pytest.mark.parametrize("columns", ["A\nB\nC\nD\nE", "a" * 41, "Bra\nbra"])
def test_columns_that_cannot_be_shown_are_told_at_the_field(app: Flask, columns: str) -> None:
    assert "columns" in set_rules(app, "brainstorm", columns=columns)


def test_columns_that_can_be_shown_are_taken(app: Flask) -> None:
    assert set_rules(app, "brainstorm", columns=COLUMNS) == {}


def test_one_card_is_put_into_the_light_and_out_again(app: Flask) -> None:
    fatima, number = on(app, "brainstorm")
    aud, bo = joins(app, number), joins(app, number)
    projector = shows_screen(app, number)
    does(aud, number, "write", body=WORDS)
    does(aud, number, "write", body="Noe annet")
    card = ids(app)[WORDS]
    assert presses(fatima, number, "spotlight", card).status_code == 303
    for page in (sees(bo, number), sees(projector, number, "screen")):
        assert "sb-spot" in page and WORDS in page and "Noe annet" not in page
    drives(fatima, number, "dim")
    assert "sb-spot" not in sees(bo, number)


def test_what_is_held_back_is_not_put_into_the_light(app: Flask) -> None:
    fatima, number = on(app, "brainstorm", open=True)
    aud, bo = joins(app, number), joins(app, number)
    does(aud, number, "write", body=WORDS)
    card = ids(app)[WORDS]
    presses(fatima, number, "spotlight", card)
    presses(fatima, number, "hold", card, **{f"reason-{card}": "Navngir en ansatt."})
    assert WORDS not in sees(bo, number) and "Navngir en ansatt." in sees(aud, number)
    assert "Navngir" not in sees(bo, number)
    assert presses(fatima, number, "spotlight", card).status_code == 422
    assert presses(fatima, number, "spotlight", "x" * 30).status_code == 404


def test_ones_own_card_can_be_mended_on_the_page(app: Flask) -> None:
    _fatima, number = on(app, "brainstorm", open=True)
    aud, bo = joins(app, number), joins(app, number)
    does(aud, number, "write", body=WORDS)
    card = ids(app)[WORDS]
    assert taps(aud, number, "edit", card, **{f"body-{card}": "Tynne vegger"}).status_code == 303
    assert "Tynne vegger" in sees(bo, number)
    late = taps(bo, number, "edit", card, **{f"body-{card}": "Kapret"})
    assert late.status_code == 404 and "Tynne vegger" in sees(bo, number)


def test_the_screen_turns_pages_when_there_is_more_than_fits(app: Flask) -> None:
    fatima, number = on(app, "brainstorm", open=True)
    aud = joins(app, number)
    projector = shows_screen(app, number)
    does(aud, number, "write", body="Lapp nummer 0.")
    many(app, 44)
    assert "side 1 av 3" in sees(projector, number, "screen")
    for _turn in range(4):
        assert drives(fatima, number, "page_next").status_code == 303
    page = sees(projector, number, "screen")
    assert "side 3 av 3" in page and "Lapp nummer 44." in page and "Lapp nummer 0." not in page
    drives(fatima, number, "page_back")
    assert "Lapp nummer 20." in sees(projector, number, "screen")


@pytest.mark.parametrize(
    ("anonymity", "room", "staff"),
    [("named", True, True), ("pseudonymous", False, True), ("strict", False, False)],
)
def test_names_stand_where_the_anonymity_allows(
    app: Flask, anonymity: str, room: bool, staff: bool
) -> None:
    fatima, number = on(app, "brainstorm", anonymity=anonymity, open=True)
    aud, bo = joins(app, number, name="Aud fra Vika"), joins(app, number)
    does(aud, number, "write", body=WORDS)
    assert ("Aud fra Vika" in sees(bo, number)) is room
    assert ("Aud fra Vika" in sees(fatima, number, "console")) is staff


def test_in_the_open_a_card_is_told_of_alone(app: Flask) -> None:
    fatima, number = on(app, "brainstorm", open=True)
    aud, bo = joins(app, number), joins(app, number)
    does(aud, number, "write", body="Den første")
    room, _ = listens(app, bo, f"room:{number}")
    staff, _ = listens(app, fatima, f"room:{number}:staff")
    heard(app, room)
    heard(app, staff)
    does(aud, number, "write", body=WORDS)
    card = ids(app)[WORDS]
    ops = heard(app, room)
    assert [op["op"] for op in ops if op["target"] == f"card-{card}"] == ["append"]
    assert WORDS in told(ops) and "Den første" not in told(ops)
    assert WORDS in told(heard(app, staff))
    taps(aud, number, "take_back", card)
    assert ("remove", f"card-{card}") in {(op["op"], op["target"]) for op in heard(app, room)}


def test_a_card_that_waits_is_not_even_told_of_to_the_room(app: Flask) -> None:
    _fatima, number = on(app, "brainstorm", open=True, approval=True)
    aud, bo = joins(app, number), joins(app, number)
    room, _ = listens(app, bo, f"room:{number}")
    does(aud, number, "write", body=WORDS)
    taps(aud, number, "take_back", ids(app)[WORDS])
    assert heard(app, room) == []


def many(app: Flask, count: int) -> None:
    """Let the first card's author write more."""
    with app.app_context(), transaction():
        first = db.session.scalars(db.select(Card)).one()
        like = partial(
            Card, municipality_id=first.municipality_id, run_id=first.run_id, author=first.author,
            activity_id=first.activity_id,
        )  # fmt: skip
        db.session.add_all([like(body=f"Lapp nummer {turn}.") for turn in range(1, count + 1)])
