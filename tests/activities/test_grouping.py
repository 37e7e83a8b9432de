"""Grouping: together, apart, named, merged, undone; two at one card; suggested; harvested."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
import time_machine
from flask import Flask

from smartby.core.clock import now
from smartby.extensions import db
from smartby.facilitation.models import CardGroup
from tests.activities.playing import (
    cards,
    harvested,
    heard,
    ids,
    presses,
    rule,
    shows_screen,
    taps,
    told,
)
from tests.facilitation.holding import does, drives, held, joins, listens, sees
from tests.people import Visitor
from tests.races import at_once

SAID = (
    "Øvingsrom med tykke vegger",
    "Flere øvingsrom for band",
    "Kafé drevet av ungdom",
    "Ungdomskafé med billig mat",
    "Selg huset",
)
STEPS = (("brainstorm", "Hva mangler?"), ("grouping", "Samle like lapper"), ("break", "Pause"))


def grouping(app: Flask, **rules: Any) -> tuple[Visitor, int, Visitor]:
    """Hold a workshop in which cards have been written, and are put together now."""
    fatima = Visitor(app, "fatima")
    number = held(fatima, STEPS)
    rule(app, "grouping", **rules)
    drives(fatima, number, "next")
    aud = joins(app, number)
    for body in SAID:
        assert does(aud, number, "write", body=body).status_code == 303
    assert drives(fatima, number, "next").status_code == 303
    return fatima, number, aud


def picks(app: Flask, *bodies: str) -> dict[str, str]:
    """Choose cards as they are now."""
    return {f"pick-{card.id}": str(card.version) for card in cards(app) if card.body in bodies}


def groups(app: Flask) -> dict[str, list[str]]:
    """Return the cards' texts by the title of their group."""
    with app.app_context():
        titles = {group.id: group.title for group in db.session.scalars(db.select(CardGroup))}
    found: dict[str, list[str]] = {title: [] for title in titles.values()}
    for card in cards(app):
        if card.group_id is not None:
            found[titles[card.group_id]].append(card.body)
    return found


def group_of(app: Flask, body: str) -> int:
    return next(card.group_id or 0 for card in cards(app) if card.body == body)


def test_cards_that_belong_together_are_gathered_and_named(app: Flask) -> None:
    fatima, number, aud = grouping(app)
    projector = shows_screen(app, number)
    assert SAID[0] in sees(aud, number)  # grouping reveals what is put together
    assert drives(fatima, number, "together", **picks(app, *SAID[:2])).status_code == 303
    group = group_of(app, SAID[0])
    fields = {f"title-{group}": "Musikk", f"seen-{group}": "1"}
    assert presses(fatima, number, "rename", group, **fields).status_code == 303
    drives(fatima, number, "together", **picks(app, SAID[1], SAID[4]))
    assert groups(app) == {"Musikk": [SAID[0], SAID[1], SAID[4]]}
    for page in (sees(aud, number), sees(projector, number, "screen")):
        assert "Musikk" in page
    drives(fatima, number, "out", **picks(app, SAID[4]))
    assert groups(app) == {"Musikk": [SAID[0], SAID[1]]}


def test_groups_are_split_merged_and_put_back(app: Flask) -> None:
    fatima, number, _aud = grouping(app)
    drives(fatima, number, "together", **picks(app, *SAID[:4]))
    first = group_of(app, SAID[0])
    presses(fatima, number, "rename", first, **{f"title-{first}": "Alt", f"seen-{first}": "1"})
    drives(fatima, number, "gather", **picks(app, *SAID[2:4]))
    assert groups(app) == {"Alt": list(SAID[:2]), "": list(SAID[2:4])}
    second = group_of(app, SAID[2])
    both = {"merge-from": str(first), "merge-into": str(second)}
    assert drives(fatima, number, "merge", **both).status_code == 303
    assert groups(app) == {"Alt": list(SAID[:4])}
    drives(fatima, number, "put_back")
    assert groups(app) == {"Alt": list(SAID[:2]), "": list(SAID[2:4])}
    assert drives(fatima, number, "put_back").status_code == 422
    drives(fatima, number, "put", card=str(second), **picks(app, SAID[0], SAID[1]))
    assert groups(app) == {"": list(SAID[:4])}  # an emptied group goes


def test_of_two_who_move_a_card_at_once_one_is_told(app: Flask) -> None:
    fatima, number, aud = grouping(app, people=True)
    seen = picks(app, *SAID[:2])
    moves = [
        partial(does, aud, number, "together", **seen),
        partial(presses, fatima, number, "do", "gather", **seen),
    ]
    assert sorted(at_once(moves)) == [303, 409]
    assert list(groups(app).values()) == [list(SAID[:2])]


def test_a_card_in_somebodys_hand_is_theirs_for_five_seconds(app: Flask) -> None:
    fatima, number, aud = grouping(app, people=True)
    card = ids(app)[SAID[0]]
    assert taps(aud, number, "take", card).status_code == 303
    chosen = picks(app, *SAID[:2])
    assert drives(fatima, number, "together", **chosen).status_code == 409
    assert presses(fatima, number, "take", card).status_code == 409
    with time_machine.travel(now() + timedelta(seconds=6)):
        assert drives(fatima, number, "together", **chosen).status_code == 303
    assert does(aud, number, "out", **picks(app, SAID[0])).status_code == 303


def test_participants_group_only_when_they_may(app: Flask) -> None:
    _fatima, number, aud = grouping(app)
    assert does(aud, number, "together", **picks(app, *SAID[:2])).status_code == 403
    assert taps(aud, number, "take", ids(app)[SAID[0]]).status_code == 403
    assert groups(app) == {} and "pick-" not in sees(aud, number)


def test_a_name_is_not_written_over_anothers(app: Flask) -> None:
    fatima, number, aud = grouping(app, people=True)
    drives(fatima, number, "together", **picks(app, *SAID[:2]))
    group = group_of(app, SAID[0])
    taps(aud, number, "rename", group, **{f"title-{group}": "Band", f"seen-{group}": "1"})
    late = presses(fatima, number, "rename", group, **{f"title-{group}": "X", f"seen-{group}": "1"})
    assert late.status_code == 409 and list(groups(app)) == ["Band"]
    long = {f"title-{group}": "a" * 121, f"seen-{group}": "2"}
    assert presses(fatima, number, "rename", group, **long).status_code == 422


@pytest.mark.parametrize(
    ("do", "fields", "status"),
    [
        ("together", {}, 422),
        ("together", {"pick-1": "1"}, 422),
        ("together", {"pick-1": "9", "pick-2": "1"}, 409),
        ("gather", {"pick-99999": "1"}, 404),
        ("gather", {f"pick-{'9' * 20}": "1"}, 422),
        ("gather", {"pick-²": "1"}, 422),
        ("put", {"pick-1": "1", "card": "77"}, 404),
        ("merge", {"merge-from": "x", "merge-into": ""}, 404),
        ("accept", {"card": "1-2-3"}, 409),
        ("put_back", {}, 422),
        ("take", {"card": "-1"}, 404),
    ],
)
def test_what_cannot_be_done_changes_nothing(
    app: Flask, do: str, fields: dict[str, str], status: int
) -> None:
    fatima, number, _aud = grouping(app)
    assert drives(fatima, number, do, **fields).status_code == status
    assert groups(app) == {}


def test_suggestions_are_taken_by_a_person(app: Flask) -> None:
    fatima, number, aud = grouping(app)
    page = sees(fatima, number, "console")
    assert "Forslag til grupper" in page and "Forslag til grupper" not in sees(aud, number)
    key = "-".join(str(ids(app)[body]) for body in SAID[:2])
    assert f'value="{key}"' in page and groups(app) == {}
    assert presses(fatima, number, "accept", key).status_code == 303
    assert groups(app) == {"Øvingsrom": list(SAID[:2])}
    assert presses(fatima, number, "accept", key).status_code == 409


def test_a_move_is_told_of_alone(app: Flask) -> None:
    fatima, number, aud = grouping(app, people=True)
    room, _ = listens(app, aud, f"room:{number}")
    heard(app, room)
    drives(fatima, number, "together", **picks(app, *SAID[:2]))
    ops = heard(app, room)
    group = group_of(app, SAID[0])
    assert [(op["op"], op["target"]) for op in ops if op["target"].startswith("card-")] == [
        ("append", f"card-{ids(app)[body]}") for body in SAID[:2]
    ]
    assert f"group-{group}" in told(ops) and SAID[2] not in told(ops)
    drives(fatima, number, "out", **picks(app, *SAID[:2]))
    assert ("remove", f"group-{group}") in {(op["op"], op["target"]) for op in heard(app, room)}


def test_what_is_held_back_is_in_no_group(app: Flask) -> None:
    fatima, number, aud = grouping(app)
    drives(fatima, number, "back")
    card = ids(app)[SAID[0]]
    presses(fatima, number, "hold", card, **{f"reason-{card}": "Navn."})
    drives(fatima, number, "next")
    assert SAID[0] not in sees(aud, number)
    assert drives(fatima, number, "together", **picks(app, *SAID[:2])).status_code == 404


def test_groups_are_harvested_with_quotes_and_authors(app: Flask) -> None:
    fatima, number, _aud = grouping(app)
    drives(fatima, number, "gather", **picks(app, SAID[4]))
    drives(fatima, number, "together", **picks(app, *SAID[:2]))
    group = group_of(app, SAID[0])
    presses(fatima, number, "rename", group, **{f"title-{group}": "Musikk", f"seen-{group}": "1"})
    found, rows = harvested(app, "grouping")
    assert [one.title for one in found] == ["Musikk", SAID[4], SAID[2], SAID[3]]
    assert found[0].key == f"group:{group}" and found[0].quotes == list(SAID[:2])
    assert found[0].authors == ["p:1"]
    assert rows[1] == ["Musikk", SAID[0]] and ["", SAID[3]] in rows


def test_what_is_in_no_group_lies_beside_the_groups_on_the_projector(app: Flask) -> None:
    fatima, number, aud = grouping(app)
    projector = shows_screen(app, number)
    drives(fatima, number, "together", **picks(app, *SAID[:2]))
    page = sees(projector, number, "screen")
    assert all(body in page for body in SAID) and "til</p>" not in page
    drives(fatima, number, "back")
    for place in range(1, 11):
        does(aud, number, "write", body=f"Enda en lapp, nummer {place:02d}")
    drives(fatima, number, "next")
    page = sees(projector, number, "screen")
    # Ten where five groups could stand, and the rest is counted.
    assert "nummer 07" in page and "nummer 08" not in page and "og 3 lapper til" in page
    assert "13 lapper uten gruppe" in page


def test_what_is_hidden_again_is_seen_by_those_who_lead_only(app: Flask) -> None:
    fatima, number, aud = grouping(app, people=True)
    projector = shows_screen(app, number)
    drives(fatima, number, "together", **picks(app, *SAID[:2]))
    for order in ("back", "conceal"):
        assert drives(fatima, number, order).status_code == 303
    presses(fatima, number, "reveal", ids(app)[SAID[2]])
    drives(fatima, number, "next")
    for page in (sees(aud, number), sees(projector, number, "screen")):
        assert [body for body in SAID if body in page] == [SAID[2]]
    console = sees(fatima, number, "console")
    assert all(body in console for body in SAID)
    assert console.count("Skjult for rommet.") == 4
    found, rows = harvested(app, "grouping")
    assert [one.title for one in found] == [SAID[2]] and rows[1:] == [["", SAID[2]]]


def test_a_move_does_not_bring_out_what_was_hidden_again(app: Flask) -> None:
    fatima, number, aud = grouping(app, people=True)
    for order in ("back", "conceal", "next"):
        drives(fatima, number, order)
    room, _ = listens(app, aud, f"room:{number}")
    heard(app, room)
    assert does(aud, number, "together", **picks(app, *SAID[:2])).status_code == 404
    assert taps(aud, number, "take", ids(app)[SAID[0]]).status_code == 404
    assert drives(fatima, number, "together", **picks(app, *SAID[:2])).status_code == 303
    ops = heard(app, room)
    assert f"group-{group_of(app, SAID[0])}" in told(ops)
    assert not any(body in told(ops) for body in SAID)
