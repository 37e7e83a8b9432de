"""Voting as tests do it: over HTTP, as participants and those who drive."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask

from smartby.ballots.counting import Counting
from smartby.ballots.models import Ballot, Round, Vote
from smartby.ballots.papers import Count
from smartby.ballots.queries import rounds_of
from smartby.core.transaction import transaction
from smartby.extensions import db
from smartby.facilitation.models import Run
from smartby.facilitation.play import play_of
from smartby.workshops.models import Activity
from smartby.workshops.queries import steps_of
from tests.facilitation.holding import does, drives, held, joins
from tests.people import Visitor

OPTIONS = ["Flere trær på torget", "Benker i sola", "Lekeplass", "Bysykler"]


def voting(
    app: Flask, kind: str, anonymity: str = "pseudonymous", **rules: Any
) -> tuple[Visitor, int]:
    """Hold a workshop whose only step is a vote, and begin it; return who drives and its number."""
    fatima = Visitor(app, "fatima")
    steps = (("talk", "Velkommen"), (kind, "Hva skal vi gjøre med torget?"))
    number = held(fatima, steps=steps, anonymity=anonymity)
    sets(app, number, **{"options": OPTIONS} | rules)
    for _step in steps:
        assert drives(fatima, number, "next").status_code == 303
    return fatima, number


def sets(app: Flask, number: int, at: int = -1, **rules: Any) -> None:
    """Set the rules of a step of a programme, the last unless told otherwise."""
    with app.app_context(), transaction():
        step = steps_of(runs(number).workshop)[at]
        step.rules = rules


def runs(number: int) -> Run:
    """Read a run, where a context is open."""
    return db.session.get_one(Run, number)


def votes(guest: Visitor, number: int, mark: str, **fields: Any) -> Any:
    """Press something on a ballot."""
    return does(guest, number, "", mark=mark, **fields)


def guests(app: Flask, number: int, many: int) -> list[Visitor]:
    """Let so many in."""
    return [joins(app, number) for _ in range(many)]


def last_step(number: int) -> Activity:
    """Return the last step of a programme, where a context is open."""
    return steps_of(runs(number).workshop)[-1]


def count_of(app: Flask, number: int) -> Count:
    """Count the newest round, seen or not."""
    with app.app_context():
        step = last_step(number)
        kind = play_of(step)
        assert isinstance(kind, Counting)
        return kind.result(rounds_of(step)[-1])


def scores_of(app: Flask, number: int) -> Mapping[str, float | None]:
    """Return what each item got in the newest round."""
    return {line.item: line.score for line in count_of(app, number).lines}


def stored(app: Flask, number: int) -> tuple[list[Round], list[Ballot], list[Vote]]:
    """Read everything that was voted."""
    with app.app_context():
        rounds = rounds_of(last_step(number))
        ids = [round_.id for round_ in rounds]
        ballots = db.session.scalars(db.select(Ballot).where(Ballot.round_id.in_(ids)))
        said = db.session.scalars(db.select(Vote).where(Vote.round_id.in_(ids)))
        return rounds, list(ballots), list(said)
