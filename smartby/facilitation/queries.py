"""Reading runs: by code, who takes part, and what is behind its time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, select

from ..extensions import db
from ..municipalities.models import Municipality
from ..workshops.models import Activity
from ..workshops.queries import steps_of
from .models import Card, Participant, Run

BY_CODE = select(Run).where(Run.code == bindparam("code"))
WITH_TOWN = (
    select(Run, Municipality)
    .join(Municipality, Municipality.id == Run.municipality_id)
    .where(Run.code == bindparam("code"), Municipality.closed_at.is_(None))
)
PEOPLE = (
    select(Participant)
    .where(Participant.run_id == bindparam("run"), Participant.removed_at.is_(None))
    .order_by(Participant.number)
    .limit(bindparam("limit"))
)
HANDS = (
    select(Participant)
    .where(
        Participant.run_id == bindparam("run"),
        Participant.hand_at.is_not(None),
        Participant.removed_at.is_(None),
    )
    .order_by(Participant.hand_at)
)
READY = select(func.coalesce(func.sum(Participant.heads), 0)).where(
    Participant.run_id == bindparam("run"),
    Participant.ready_for == bindparam("activity"),
    Participant.removed_at.is_(None),
)
CAME_FROM_HOME = select(func.coalesce(func.sum(Participant.heads), 0)).where(
    Participant.run_id == bindparam("run"), Participant.at_home.is_(True)
)
CARDS = select(Card).where(Card.activity_id == bindparam("activity")).order_by(Card.id)
OWN_CARDS = CARDS.where(Card.author == bindparam("author"))
NEAR = timedelta(hours=1)


def run_by_code(code: str) -> Run | None:
    """Find the run that a code opens."""
    return db.session.scalars(BY_CODE, {"code": code}).one_or_none()


def door_by_code(code: str) -> tuple[Run, Municipality] | None:
    """Find the run that a code opens, and its town if that takes part."""
    row = db.session.execute(WITH_TOWN, {"code": code}).one_or_none()
    return None if row is None else (row[0], row[1])


def people(run: Run, limit: int = 500) -> Sequence[Participant]:
    """Return who takes part, in the order in which they came."""
    return db.session.scalars(PEOPLE, {"run": run.id, "limit": limit}).all()


def hands(run: Run) -> Sequence[Participant]:
    """Return who has raised a hand, the longest first."""
    return db.session.scalars(HANDS, {"run": run.id}).all()


def ready(run: Run) -> int:
    """Count who is done with the activity that is on."""
    if run.activity_id is None:
        return 0
    asked = {"run": run.id, "activity": run.activity_id}
    return int(db.session.execute(READY, asked).scalar_one())


def came_from_home(run: Run) -> int:
    """Count who took part from home, those who were shown out too."""
    return int(db.session.execute(CAME_FROM_HOME, {"run": run.id}).scalar_one())


def cards_of(activity: Activity) -> Sequence[Card]:
    """Return all cards of an activity in order, those held back too."""
    return db.session.scalars(CARDS, {"activity": activity.id}).all()


def own_cards(activity: Activity, mark: str) -> Sequence[Card]:
    """Return the cards that one participant has written in an activity."""
    return db.session.scalars(OWN_CARDS, {"activity": activity.id, "author": mark}).all()


def behind(run: Run, moment: datetime) -> int:
    """Return how many minutes later than planned the activity that is on will end; 0 when none."""
    activity = run.activity
    if activity is None or activity.ends_at is None:
        return 0
    steps = steps_of(run.workshop)
    until = sum(step.minutes for step in steps if step.position <= activity.position)
    planned = _start(run, steps[0].begun_at or run.created_at) + timedelta(minutes=until)
    ends = activity.ends_at + (moment - activity.paused_at if activity.paused_at else timedelta())
    return max(0, round((max(ends, moment) - planned).total_seconds() / 60))


def _start(run: Run, begun: datetime) -> datetime:
    # Whoever holds it on another day than planned is late for nothing.
    planned = run.workshop.starts_at
    return planned if abs(begun - planned) < NEAR else begun
