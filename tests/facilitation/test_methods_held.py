"""Each of the methods, rehearsed from its first step to its last."""

from __future__ import annotations

import pytest
from flask import Flask

from smartby.ballots.models import Ballot
from smartby.ballots.queries import rounds_of
from smartby.ballots.voting import Voting
from smartby.cards.tables import PEOPLE, SHEETS, size_of, way_of
from smartby.cards.tables import rounds_of as turns_of
from smartby.extensions import db
from smartby.facilitation.models import Card
from smartby.facilitation.play import Play
from smartby.workshops.kinds import kind_of
from smartby.workshops.methods import methods
from smartby.workshops.models import Activity
from smartby.workshops.preflight import findings
from smartby.workshops.queries import steps_of
from tests.facilitation.holding import drives, run_of, sees
from tests.people import Visitor
from tests.workshops.planning import planned, stored

KEYS = [method.key for method in methods()]


def from_method(visitor: Visitor, key: str) -> int:
    """Plan a workshop from a method; return its number."""
    number = planned(visitor)
    answer = visitor.posts(f"/havnvik/workshops/{number}/methods", method=key)
    assert answer.status_code == 303
    return number


def steps(app: Flask, number: int) -> list[Activity]:
    with app.app_context():
        return steps_of(stored(app, number))


def asks_something(step: Activity) -> bool:
    """Tell whether there is something for people to do on their phones."""
    kind = kind_of(step.kind)
    assert isinstance(kind, Play)
    return bool(kind.acts) and (step.kind != "grouping" or bool(step.rules.get("people")))


def answers(visitor: Visitor, number: int, step: Activity) -> None:
    """Let those who are made up answer, in as many rounds as the step has."""
    for _round in range(turns_of(step) if step.kind == "tables" else 1):
        if step.kind == "tables":
            assert drives(visitor, number, "round").status_code == 303
        answer = drives(visitor, number, "simulate")
        assert answer.status_code == 303, (step.title, answer.get_data(as_text=True)[:3000])


@pytest.mark.parametrize("key", KEYS)
def test_a_method_is_held_from_its_first_step_to_its_last(app: Flask, key: str) -> None:
    fatima = Visitor(app, "fatima")
    plan = from_method(fatima, key)
    with app.test_request_context("/havnvik"):
        assert not [each for each in findings(stored(app, plan)) if each.key == "settings"]
    started = fatima.posts(f"/havnvik/workshops/{plan}/rehearsal")
    number = int(started.location.split("/")[-2])
    for step in steps(app, number):
        assert drives(fatima, number, "next").status_code == 303
        assert step.title in sees(fatima, number, "console")
        if asks_something(step):
            answers(fatima, number, step)
        if isinstance(kind_of(step.kind), Voting):
            shows_result(fatima, number, step)
    closed = fatima.posts(f"/havnvik/workshops/{number}/closing")
    assert closed.status_code == 303
    minutes = fatima.gets(f"/havnvik/workshops/{number}/minutes")
    assert minutes.status_code == 200
    with app.app_context():
        assert db.session.scalars(db.select(Card)).all()


def shows_result(visitor: Visitor, number: int, step: Activity) -> None:
    with visitor.app.app_context():
        (only,) = rounds_of(db.session.get_one(Activity, step.id))
        ballots = db.select(db.func.count()).where(Ballot.round_id == only.id)
        assert db.session.scalar(ballots) == run_of(visitor.app, number).joined
    assert drives(visitor, number, "reveal").status_code == 303
    assert "sb-outcome" in sees(visitor, number, "console")


def test_the_tables_go_round_as_their_method_says(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    told = {}
    for key in ("world-cafe", "six-three-five"):
        (step,) = (s for s in steps(app, from_method(fatima, key)) if s.kind == "tables")
        told[key] = (way_of(step), size_of(step), turns_of(step), step.minutes / turns_of(step))
    # Twenty minutes at a café table, five for a sheet.
    assert told == {"world-cafe": (PEOPLE, 5, 3, 20), "six-three-five": (SHEETS, 6, 6, 5)}


def test_people_rank_what_they_agree_on_most(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    found = {step.kind: step for step in steps(app, from_method(fatima, "citizens-panel"))}
    assert found["ranking"].rules["source"] == found["statements"].id
    assert found["ranking"].rules["top"] == 10
