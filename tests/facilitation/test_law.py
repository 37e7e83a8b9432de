"""The law: a stale view and its events make the fresh view, for everything done in a workshop."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from flask import Flask

from smartby.core.clock import now
from smartby.extensions import db
from smartby.facilitation.models import Card
from tests.facilitation.holding import does, drives, held, joins, run_of, sees, who
from tests.live_page import LivePage
from tests.people import Visitor
from tests.workshops.test_leads import gives

Act = Callable[["Scene"], Any]


class Scene:
    """A workshop in which a brainstorm is on, with two who take part."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.fatima = Visitor(app, "fatima")
        self.number = held(self.fatima)
        assert gives(app, self.fatima, self.number, "amir", "helper") == 303
        self.amir = Visitor(app, "amir")
        self.aud, self.bo = joins(app, self.number), joins(app, self.number, name="Bo")
        drives(self.fatima, self.number, "next")
        drives(self.fatima, self.number, "next")
        does(self.aud, self.number, "write", body="Benker langs havna")

    def drives(self, do: str, **fields: Any) -> Any:
        return drives(self.fatima, self.number, do, **fields)

    def writes(self) -> Any:
        return does(self.aud, self.number, "write", body="Kino på taket")

    def card(self) -> str:
        with self.app.app_context():
            return str(db.session.scalars(db.select(Card.id).order_by(Card.id)).first())

    def closes(self) -> Any:
        return self.fatima.posts(f"/havnvik/workshops/{self.number}/closing")


def hand_up(scene: Scene) -> str:
    """Return the number of whoever has raised a hand."""
    return str(who(scene.app, scene.aud, scene.number).id)


ACTS: dict[str, Act] = {
    "next": lambda s: s.drives("next"),
    "back": lambda s: s.drives("back"),
    "undo": lambda s: (s.drives("next"), s.drives("undo")),
    "pause": lambda s: s.drives("pause"),
    "lock": lambda s: s.drives("lock"),
    "a new code": lambda s: s.drives("rotate"),
    "a card": lambda s: s.writes(),
    "reveal": lambda s: s.drives("reveal"),
    "a card after reveal": lambda s: (s.drives("reveal"), s.writes()),
    "a card held back": lambda s: (s.drives("reveal"), s.drives("hold", card=s.card())),
    "a card taken back": lambda s: does(s.aud, s.number, "take_back", card=s.card()),
    "a hand": lambda s: does(s.aud, s.number, "hand", wanted="yes"),
    "ready": lambda s: does(s.aud, s.number, "ready", wanted="yes"),
    "ready, and on": lambda s: (ACTS["ready"](s), s.drives("next")),
    "ready, on and back": lambda s: (ACTS["ready, and on"](s), s.drives("back")),
    "one hand lowered": lambda s: (ACTS["a hand"](s), s.drives("", lower_hand=hand_up(s))),
    "hands lowered": lambda s: (ACTS["a hand"](s), s.drives("lower_hands")),
    "somebody comes": lambda s: joins(s.app, s.number),
    "somebody is shown out": lambda s: s.drives(
        "kick", participant=str(who(s.app, s.bo, s.number).id)
    ),
    "somebody without a phone": lambda s: s.fatima.posts(
        f"/havnvik/workshops/{s.number}/proxies", name="Mannen ved vinduet"
    ),
    "the end": lambda s: s.closes(),
}
VIEWS = {
    "room": ("room:{n}", "participant:{p}"),
    "console": ("room:{n}:staff",),
    "screen": ("room:{n}:screen",),
    "helping": ("room:{n}:helper",),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("view", VIEWS)
def test_a_stale_view_and_its_events_make_the_fresh_view(app: Flask, act: str, view: str) -> None:
    # The clock is no part of the law: what it shows is another every second.
    with time_machine.travel(now(), tick=False):
        follows(Scene(app), act, view)


def follows(scene: Scene, act: str, view: str) -> None:
    app = scene.app
    readers = {"room": scene.aud, "console": scene.fatima, "helping": scene.amir}
    reader = readers.get(view) or Visitor(app)
    number, person = scene.number, who(app, scene.aud, scene.number).id
    reader.gets(f"/havnvik/workshops/{number}/screen/{run_of(app, number).screen_key}")
    streams = [name.format(n=number, p=person) for name in VIEWS[view]]
    stale = LivePage(sees(reader, number, view))
    before = {name: heads(reader, name) for name in streams}
    ACTS[act](scene)
    for name in streams:
        batch = reader.gets(f"/live/{name}?after={before[name]}&lang=nb").get_json()
        stale.apply(batch["ops"])
    if view == "room":  # the browser asks for what is its own when the stage is another
        stale = owned(reader, stale, number)
    assert stale.text() == LivePage(sees(reader, number, view)).text()


def heads(reader: Visitor, stream: str) -> int:
    """Return the number of a stream's newest event."""
    seq = 0
    while True:
        batch = reader.gets(f"/live/{stream}?after={seq}&lang=nb").get_json()
        if batch["seq"] <= seq:
            return seq
        seq = batch["seq"]


def owned(reader: Visitor, page: LivePage, number: int) -> LivePage:
    """Fetch what is one's own where the stage asks for it, as the browser does."""
    for stage in page.main.iter("section"):
        if stage.attrib.pop("data-again", None) is not None:
            parts = reader.gets(f"/havnvik/workshops/{number}/own").get_json()["parts"]
            return page.apply(
                {"op": "replace", "target": f"{name}-{number}", "html": html}
                for name, html in parts.items()
            )
    return page
