"""A wall or groups that were changed by what was told are those that one would read anew."""

from __future__ import annotations

import re
from difflib import unified_diff
from typing import Any

import pytest
from flask import Flask

from tests.activities.playing import heard, ids, on, presses, taps
from tests.activities.test_grouping import SAID, group_of, grouping, picks
from tests.facilitation.holding import does, drives, joins, listens, sees
from tests.live_page import LivePage
from tests.people import Visitor

CLOCK = re.compile(r'data-left="\d+"|\d\d:\d\d')


class Reader:
    """Somebody who has a page open, and takes what it is told."""

    def __init__(self, app: Flask, visitor: Visitor, number: int, page: str = "room") -> None:
        self.app, self.visitor, self.number, self.page = app, visitor, number, page
        stream = f"room:{number}" + (":staff" if page == "console" else "")
        self.socket: Any = listens(app, visitor, stream)[0]
        heard(app, self.socket)
        self.open = self._read()

    def same(self) -> None:
        """Take what was told, and compare it with the page as it is read anew."""
        told, read = self.open.apply(heard(self.app, self.socket)).text(), self._read().text()
        lines = unified_diff(told.split("\n"), read.split("\n"), "told", "read", n=0)
        assert list(lines) == []

    def _read(self) -> LivePage:
        return LivePage(CLOCK.sub("", sees(self.visitor, self.number, self.page)))


@pytest.mark.parametrize("page", ["room", "console"])
@pytest.mark.parametrize("columns", ["", "Bra\nSavnes"])
def test_a_wall_is_what_was_told(app: Flask, page: str, columns: str) -> None:
    fatima, number = on(app, "brainstorm", open=True, columns=columns)
    aud, bo = joins(app, number), joins(app, number)
    reader = Reader(app, bo if page == "room" else fatima, number, page)
    column = {"card": "1"} if columns else {}
    for body in ("Kafé", "Øvingsrom", "Hage"):
        does(aud, number, "write", body=body, **column)
    reader.same()
    cards = ids(app)
    taps(aud, number, "edit", cards["Kafé"], **{f"body-{cards['Kafé']}": "Kafé på taket"})
    taps(aud, number, "take_back", cards["Øvingsrom"])
    reader.same()
    if page == "room":
        presses(fatima, number, "hold", cards["Hage"], **{f"reason-{cards['Hage']}": "Navn."})
        reader.same()


@pytest.mark.parametrize("page", ["room", "console"])
def test_groups_are_what_was_told(app: Flask, page: str) -> None:
    fatima, number, aud = grouping(app, people=True)
    reader = Reader(app, joins(app, number) if page == "room" else fatima, number, page)
    reader.same()
    drives(fatima, number, "together", **picks(app, *SAID[:2]))
    does(aud, number, "gather", **picks(app, *SAID[2:]))
    reader.same()
    first, second = group_of(app, SAID[0]), group_of(app, SAID[4])
    taps(aud, number, "rename", first, **{f"title-{first}": "Musikk", f"seen-{first}": "1"})
    reader.same()
    drives(fatima, number, "merge", **{"merge-from": str(second), "merge-into": str(first)})
    reader.same()
    drives(fatima, number, "put_back")
    reader.same()
    does(aud, number, "out", **picks(app, *SAID))
    reader.same()


@pytest.mark.parametrize("page", ["room", "console"])
def test_groups_with_hidden_cards_are_what_was_told(app: Flask, page: str) -> None:
    fatima, number, aud = grouping(app, people=True)
    for order in ("back", "conceal"):
        drives(fatima, number, order)
    presses(fatima, number, "reveal", ids(app)[SAID[2]])
    drives(fatima, number, "next")
    reader = Reader(app, aud if page == "room" else fatima, number, page)
    drives(fatima, number, "together", **picks(app, *SAID[:2]))
    reader.same()
    drives(fatima, number, "together", **picks(app, *SAID[1:4]))
    reader.same()
    drives(fatima, number, "out", **picks(app, SAID[0], SAID[2]))
    reader.same()
