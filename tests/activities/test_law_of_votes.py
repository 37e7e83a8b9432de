"""The law for votes: a stale view and its events make the fresh view."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from flask import Flask

from smartby.core.clock import now
from tests.activities.voting import guests, votes, voting
from tests.facilitation.holding import drives, run_of, sees, who
from tests.facilitation.test_law import VIEWS, heads, owned
from tests.live_page import LivePage
from tests.people import Visitor

Deed = Callable[[Visitor, Visitor, int], Any]
DEEDS: dict[str, Deed] = {
    "a vote": lambda fatima, aud, n: votes(aud, n, "option:2=1"),
    "a blank": lambda fatima, aud, n: votes(aud, n, "blank=1"),
    "the end of the round": lambda fatima, aud, n: drives(fatima, n, "close"),
    "the result": lambda fatima, aud, n: drives(fatima, n, "reveal"),
    "another round": lambda fatima, aud, n: (
        drives(fatima, n, "reveal"), drives(fatima, n, "again"), votes(aud, n, "option:1=2"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("blind", [True, False])
@pytest.mark.parametrize("deed", DEEDS)
def test_a_stale_view_and_its_events_make_the_fresh_view(
    app: Flask, deed: str, blind: bool
) -> None:
    # The clock is no part of the law: what it shows is another every second.
    with time_machine.travel(now(), tick=False):
        fatima, number = voting(app, "dots", blind=blind)
        aud, bo = guests(app, number, 2)
        votes(bo, number, "option:1=2")
        projector = Visitor(app)
        projector.gets(f"/havnvik/workshops/{number}/screen/{run_of(app, number).screen_key}")
        readers = {"room": aud, "console": fatima, "screen": projector}
        person = who(app, aud, number).id
        stale = {}
        for view, reader in readers.items():
            names = [name.format(n=number, p=person) for name in VIEWS[view]]
            before = {name: heads(reader, name) for name in names}
            stale[view] = (LivePage(sees(reader, number, view)), before)
        DEEDS[deed](fatima, aud, number)
        for view, reader in readers.items():
            assert caught_up(reader, *stale[view], number).text() == (
                LivePage(sees(reader, number, view)).text()
            )


def caught_up(reader: Visitor, page: LivePage, before: dict[str, int], number: int) -> LivePage:
    for name, seq in before.items():
        page.apply(reader.gets(f"/live/{name}?after={seq}&lang=nb").get_json()["ops"])
    return owned(reader, page, number)
