"""Mails the day before, to everybody who has a seat."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import bindparam, select

from ..core.clock import now
from ..core.transaction import announce, lock, perform
from ..extensions import db
from .facts import WorkshopTomorrow
from .models import Workshop

AHEAD = timedelta(hours=26)  # an evening's workshop is reminded of in the afternoon before
AT_ONCE = 20
DUE = (
    select(Workshop.id)
    .where(
        Workshop.starts_at > bindparam("moment"),
        Workshop.starts_at <= bindparam("until"),
        Workshop.announced_at.is_not(None),
        Workshop.cancelled_at.is_(None),
        Workshop.reminded_at.is_(None),
    )
    .order_by(Workshop.starts_at)
    .limit(AT_ONCE)
)


def remind() -> int:
    """Write the reminders that are due; return for how many workshops. Each is written once."""
    moment = now()
    due = db.session.scalars(DUE, {"moment": moment, "until": moment + AHEAD}).all()
    return sum(perform(_remind_of, number) for number in due)


def _remind_of(number: int) -> bool:
    workshop = db.session.get(Workshop, number)
    if workshop is None:
        return False
    lock(workshop)
    # Another worker, or whoever called it off, may have been quicker.
    if workshop.reminded_at is not None or not workshop.takes_sign_ups(now()):
        return False
    workshop.reminded_at = now()
    announce(WorkshopTomorrow(workshop))
    return True
