"""Towns where everything is going on, and everybody who can ask for something there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask import Flask

from smartby.checks import differences
from smartby.extensions import db
from smartby.workshops.kinds import kinds
from tests.activities.voting import voting
from tests.challenges.test_page import asks
from tests.comments.said import comments, replies
from tests.facilitation.holding import does, run_of
from tests.hostile.watching import Ear, Notes, words
from tests.installation import Installation
from tests.leaks.canaries import sing
from tests.outcomes.harvesting import announce, closes, written
from tests.people import Visitor

# Everybody from whom anything may come: nobody, a guest in a workshop, an author, a citizen, each
# office, whoever runs the installation, and two who work for another town.
ROLES = (None, "guest", "kari", "jonas", "ingrid", "fatima", "hanne", "sunniva", "gro", "olav")


@dataclass(frozen=True)
class Person:
    """Who asks: the cookies of their browser, and the token that its pages carry."""

    cookie: str
    token: str


class World:
    """An installation full of everything, and a way back to that after each request."""

    def __init__(self, installation: Installation) -> None:
        self.installation, self.app = installation, installation.app
        self.runs = fill(self.app)
        visitors = {role: visitor(self.app, role, self.runs) for role in ROLES}
        self.people = {role: _person(visitor) for role, visitor in visitors.items()}
        self.notes, self.ear = Notes(), Ear()
        with self.app.app_context(), words(db.engines["read"]) as read:
            assert self._differences() == []
        self.checked = read  # with every table that `flask check` looks at

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Note what is written and logged inside a with block."""
        with self.app.app_context():
            engine = db.engine
        with self.notes.listening(engine), self.ear.listening():
            yield

    def unheard(self) -> tuple[set[str], list[str]]:
        """Return where it will be noted which tables are written to, and what is logged."""
        self.notes.written, self.ear.heard = set(), []
        self.notes.waiting.clear()
        return self.notes.written, self.ear.heard

    def restore(self) -> None:
        """Undo what has been written, if anything; what was only read stays remembered."""
        if self.installation.golden.changed():
            self.installation.restore()
        else:
            self.installation.calm()

    def wrong(self, written: set[str]) -> list[str]:
        """Return what `flask check` would find after these tables were written to."""
        if not written & self.checked:
            return []
        with self.app.app_context():
            return self._differences()

    def _differences(self) -> list[str]:
        return [f"{each.law}: {each.what}" for each in differences()]


@contextmanager
def full(installation: Installation) -> Iterator[World]:
    """Fill an installation inside a with block; it is as it was afterwards."""
    world = World(installation)
    with installation.from_here(), world.watched():
        yield world
    installation.restore()


def fill(app: Flask, **rules: Any) -> list[int]:
    """Let something of every kind be there; return the numbers of the workshops that are held."""
    sing(app)
    done = app.test_cli_runner().invoke(args=["user", "make-operator", "sunniva@example.no"])
    assert done.exit_code == 0, done.output
    kari, jonas, fatima = (Visitor(app, key) for key in ("kari", "jonas", "fatima"))
    first = comments(jonas, 1, "Her er det mørkt.", stance="question")
    replies(kari, first)
    asks(app, "Hvordan får vi en trygg skolevei?")
    done = written(app, fatima)
    announce(app, done)
    closes(fatima, done)
    runs = [voting(app, kind.key, **rules)[1] for kind in kinds()]
    app.extensions["smartby-kept"].clear()
    return runs


def visitor(app: Flask, role: str | None, runs: list[int]) -> Visitor:
    if role != "guest":
        return Visitor(app, role)
    guest = Visitor(app)
    for number in runs:
        guest.posts(f"/j/{run_of(app, number).code}")
        does(guest, number, "write", body="Flere benker i sola")  # where cards are written
    return guest


def _person(visitor: Visitor) -> Person:
    token = visitor.token()
    jar = visitor.client._cookies or {}
    return Person("; ".join(f"{c.key}={c.value}" for c in jar.values()), token)
