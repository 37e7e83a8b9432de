"""The demo's workshops: planned, announced and signed up for."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from ..core.clock import at, from_oslo, oslo
from ..workshops.actions import Plan, announce_workshop, plan_workshop
from ..workshops.models import Workshop
from ..workshops.programme import add_step
from ..workshops.seats import sign_up
from .content import Row
from .times import Calendar
from .world import World


def gather(world: World, row: Row, moment: datetime, calendar: Calendar) -> None:
    """Plan and announce a workshop at a moment, and let people sign up until today."""
    workshop = world.workshops[row["key"]] = _planned(world, row, calendar.today)
    moments = calendar.spread(moment, calendar.today, row["comes"] + row.get("waits", 0))
    people = sorted((*world.people.values(), *world.residents.values()), key=lambda each: each.id)
    others = [each for each in people if each.id != workshop.leader_id]
    last = workshop.starts_at - timedelta(minutes=1)
    coming = calendar.dice.sample(others, len(moments))
    for person, signed_up in zip(coming, moments, strict=True):
        with at(min(signed_up, last)):
            sign_up(workshop, wanted=True, by=person)


def begins_at(row: Row, today: datetime) -> datetime:
    """Return when a workshop begins, counted in days from today."""
    day = oslo(today).date() + timedelta(days=row["days"])
    # People meet on weekdays.
    day -= timedelta(days=max(day.weekday() - 4, 0))
    return from_oslo(datetime.combine(day, time(row["hour"])))


def _planned(world: World, row: Row, today: datetime) -> Workshop:
    leader, fed = world.people[row["leader"]], world.contributions.get(row["challenge"])
    plan = Plan(
        title=row["title"], purpose=row["purpose"], place=row["place"], lang=row["lang"],
        starts_at=begins_at(row, today), seats=row["seats"], challenge_id=fed.id if fed else None,
    )  # fmt: skip
    workshop = plan_workshop(world.towns[row["town"]], plan, by=leader)
    for kind, minutes, title in row["programme"]:
        add_step(workshop, kind=kind, title=title, minutes=minutes, by=leader)
    return announce_workshop(workshop, by=leader)
