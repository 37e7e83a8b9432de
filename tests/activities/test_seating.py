"""Seating: those who are there get places and hosts; whoever is shown out leaves none empty."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.activities.playing import heard, rule, shows_screen, told
from tests.activities.test_tables import around, tables
from tests.facilitation.holding import does, drives, held, joins, listens, sees, who
from tests.people import Visitor


def comes(app: Flask, guest: Visitor, number: int) -> None:
    """Let somebody's phone follow what goes on."""
    listens(app, guest, f"participant:{who(app, guest, number).id}")


def hosting(app: Flask, number: int, guests: list[Visitor]) -> list[bool]:
    """Tell of each whether their phone says that they are host."""
    return ["Du er vert ved bordet." in sees(guest, number) for guest in guests]


def test_those_who_are_there_get_a_place_and_the_others_when_they_come(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima, (("tables", "Kafé"),))
    rule(app, "tables", way="people", size=2)
    guests = [joins(app, number) for _turn in range(5)]
    assert fatima.posts(f"/havnvik/workshops/{number}/proxies", name="Gro").status_code == 303
    for guest in guests[2:]:
        comes(app, guest, number)
    drives(fatima, number, "next")
    # Whoever has no phone is there; two have joined and gone again.
    assert tables(app) == [None, None, 1, 2, 1, 2]
    assert hosting(app, number, guests) == [False, False, True, True, False]
    drives(fatima, number, "round")
    assert tables(app)[:2] == [None, None]
    assert does(guests[1], number, "sit").status_code == 303  # also without a socket
    comes(app, guests[0], number)
    drives(fatima, number, "seat")
    assert tables(app)[:2] == [2, 1]


def test_where_nothing_is_known_of_who_is_there_all_get_a_place(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "WORKERS", 2)  # and no Redis: each knows its own sockets
    fatima = Visitor(app, "fatima")
    number = held(fatima, (("tables", "Kafé"),))
    rule(app, "tables", size=2)
    guests = [joins(app, number) for _turn in range(2)]
    comes(app, guests[1], number)
    drives(fatima, number, "next")
    assert tables(app) == [1, 1]


def test_another_is_host_when_the_host_is_shown_out(app: Flask) -> None:
    fatima, number, guests = around(app, 4, way="people", size=4)
    heir, _ = listens(app, guests[2], f"participant:{who(app, guests[2], number).id}")
    heard(app, heir)
    drives(fatima, number, "kick", participant=str(who(app, guests[0], number).id))
    assert "Du er vert ved bordet." in told(heard(app, heir))  # the first who is there
    assert hosting(app, number, guests[1:]) == [False, True, False]


def test_those_who_lead_ask_for_another_host(app: Flask) -> None:
    fatima, number, guests = around(app, 3, way="people", size=3)
    for expected in ([False, True, False], [False, False, True], [True, False, False]):
        assert drives(fatima, number, "", host="1").status_code == 303
        assert hosting(app, number, guests) == expected
    comes(app, guests[2], number)
    drives(fatima, number, "", host="1")
    assert hosting(app, number, guests) == [False, False, True]
    assert "Bytt vert" in sees(fatima, number, "console")
    for table in ("9", "x", ""):
        assert drives(fatima, number, "", host=table).status_code == 422


def test_all_who_share_a_device_are_counted_at_their_table(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima, (("tables", "Kafé"),))
    rule(app, "tables", way="people", size=4)
    team = joins(app, number, heads="4")
    for _turn in range(3):
        joins(app, number)
    drives(fatima, number, "next")
    assert tables(app) == [1, 2, 2, 2]
    projector = shows_screen(app, number)
    assert "4 ved bordet" in sees(projector, number, "screen")
    screen, _ = listens(app, projector, f"room:{number}:screen")
    heard(app, screen)
    person = who(app, team, number)
    drives(fatima, number, "heads", participant=person.id, **{f"heads-{person.id}": "2"})
    assert "2 ved bordet" in told(heard(app, screen))
