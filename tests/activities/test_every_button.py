"""No button of the console is one that would be refused, in any kind and any state of it."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

import smartby.activities
from smartby.ballots.items import MOST
from smartby.core.clock import now
from smartby.facilitation.clockwork import LONGEST
from smartby.workshops.kinds import kinds
from tests.activities.halls import ASKED, SEVEN, crowd
from tests.activities.playing import ids, presses
from tests.activities.pressing import ages, desk_of, refusals, sort_of
from tests.activities.voting import voting
from tests.facilitation.holding import does, drives, held, joins, sees
from tests.people import Visitor

assert smartby.activities
KINDS = [kind.key for kind in kinds()]
STATES = 8  # that are come to by pressing what has been pressed least
TALKED = ("talk", "groups", "break")  # nothing is added to on a phone: there is nothing to lock
# What brings an activity to its end, and out of it and back.
ON = ("unlock", *["simulate"] * 4, *["reveal", "again"] * 5, *["round", "simulate"] * 3)
OUT = ("conceal", "next", "back", "undo")
RULES: dict[str, dict[str, Any]] = {
    "brainstorm": {"approval": True, "columns": "Nå\nSiden"},
    "grouping": {"people": True},
    "cloud": {"hidden": True},
    "questions": {"approval": True, "against": True},
    "statements": {"adding": True},
    "pairwise": {"budget": 2},
    "tables": {"rounds": 2},
}  # fmt: skip


class Desk:
    """The console of a workshop, in whose every state all buttons are tried."""

    def __init__(self, app: Flask, visitor: Visitor, number: int) -> None:
        self.app, self.visitor, self.number = app, visitor, number
        self.pressed = Counter(dict.fromkeys(OUT, 99))
        self.refused: dict[tuple[int, str], str] = {}

    def tries(self) -> None:
        """Try each button; where it is locked, after the last moment."""
        ages(self.app, self.number)
        state = self.pressed.total()
        found = refusals(self.app, self.visitor, self.number)
        self.refused |= {(state, name): why for name, why in found.items()}

    def presses(self, order: str = "") -> None:
        """Press an order if it is shown, or what has been pressed least; then try all again."""
        desk = desk_of(self.visitor, self.number)
        fitting = [one for one in desk.buttons if order in ("", sort_of(one))]
        if not fitting:
            return
        button = min(fitting, key=lambda one: self.pressed[sort_of(one)])
        self.pressed[sort_of(button)] += 1
        path = f"/havnvik/workshops/{self.number}/console"
        assert self.visitor.posts(path, **desk.sent(button)).status_code == 303, button
        self.tries()


@pytest.mark.timeout(120)
@pytest.mark.parametrize("key", KINDS)
def test_whatever_the_console_shows_is_taken(app: Flask, key: str) -> None:
    fatima = Visitor(app, "fatima")
    steps = (("brainstorm", "Hva mangler?"), (key, ASKED), ("break", "Pause"))
    number = crowd(fatima, steps, at=1, **{"options": SEVEN[:3]} | RULES.get(key, {}))
    for order in ("simulate", "next"):
        assert drives(fatima, number, order).status_code == 303
    desk = Desk(app, fatima, number)
    desk.tries()
    for order in (*[""] * STATES, *ON, *OUT):
        desk.presses(order)
    assert desk.refused == {}
    assert desk.pressed["pause"] and desk.pressed["more"]
    assert bool(desk.pressed["lock"] and desk.pressed["unlock"]) == (key not in TALKED)
    assert desk.pressed["next"] == desk.pressed["undo"] == 100
    fatima.posts(f"/havnvik/workshops/{number}/closing")
    assert desk_of(fatima, number).buttons == []


@pytest.mark.parametrize("key", KINDS)
def test_nor_is_anything_else_shown_where_nothing_was_made_before(app: Flask, key: str) -> None:
    fatima = Visitor(app, "fatima")
    number = crowd(fatima, ((key, ASKED),), options=[])
    desk = Desk(app, fatima, number)
    desk.tries()
    desk.presses("lock")
    assert desk.refused == {}


def test_nor_when_time_is_out_or_there_is_none_to_give(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    steps = (("brainstorm", ASKED), ("talk", "Takk"), ("talk", "Hjem"))
    number = crowd(fatima, steps, at=0, locks=True)
    moment = now()
    late = moment - timedelta(hours=1)
    ages(app, number, begun_at=late, ends_at=late)
    assert refusals(app, fatima, number) == {}
    page = sees(fatima, number, "console")
    assert "Lås opp, så kan de svare" in page and 'value="simulate"' not in page
    assert 'value="shorten"' in page
    # No step ahead can be shorter than a minute: that it is late is told all the same.
    for _turn in range(6):
        desk = Desk(app, fatima, number)
        desk.presses("shorten")
        assert desk.refused == {}
    page = sees(fatima, number, "console")
    assert "minutter forsinket" in page and 'value="shorten"' not in page
    ages(app, number, ends_at=moment + LONGEST)
    assert 'value="more"' not in sees(fatima, number, "console")
    assert drives(fatima, number, "more").status_code == 422
    assert refusals(app, fatima, number) == {}


def test_nor_before_it_has_begun(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima, (("talk", "Velkommen"),))
    joins(app, number)
    assert refusals(app, fatima, number) == {}


def test_a_vote_opens_when_there_is_something_to_vote_on(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = crowd(fatima, (("brainstorm", "Hva mangler?"), ("dots", ASKED)), options=[])
    drives(fatima, number, "next")
    page = sees(fatima, number, "console")
    assert 'value="again"' not in page and "Når forslagene er på plass" in page
    for order in ("back", "simulate", "conceal", "next"):
        drives(fatima, number, order)
    assert refusals(app, fatima, number) == {}
    drives(fatima, number, "again")
    assert 'value="close"' in sees(fatima, number, "console")


def test_one_card_alone_cannot_belong_together_with_another(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = crowd(fatima, (("brainstorm", "Hva mangler?"), ("grouping", ASKED)), people=True)
    joins(app, number)
    does(joins(app, number), number, "write", body="Et bad")
    drives(fatima, number, "next")
    assert refusals(app, fatima, number) == {}
    page = sees(fatima, number, "console")
    assert 'value="together"' not in page and 'value="gather"' in page
    assert "Akkurat nå har de ingenting å svare på" in page


def test_statements_are_shown_only_while_there_is_room_for_them(app: Flask) -> None:
    fatima, number = voting(
        app,
        "statements",
        adding=True,
        approval=True,
        options=[f"Påstand {n}" for n in range(MOST - 1)],
    )
    guest = joins(app, number)
    for body in ("Flere trær", "Flere benker"):
        does(guest, number, "write", body=body)
    assert refusals(app, fatima, number) == {}
    first = ids(app)["Flere trær"]
    assert presses(fatima, number, "approve", first).status_code == 303
    for view in ("console", "helping"):
        page = sees(fatima, number, view)
        assert "Det er plass til høyst 60 påstander." in page and 'name="approve"' not in page
    assert refusals(app, fatima, number) == {}
