"""The demo's workshops: planned, announced and signed up for."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from ..core.clock import at, from_oslo, oslo
from ..extensions import db
from ..workshops.actions import Plan, announce_workshop, plan_workshop
from ..workshops.methods import method_of
from ..workshops.models import Workshop, WorkshopLead
from ..workshops.programme import add_method, add_step
from ..workshops.seats import sign_up
from .content import Row
from .times import Calendar
from .world import World


def gather(world: World, row: Row, moment: datetime, calendar: Calendar) -> None:
    """Plan and announce a workshop at a moment, and let people sign up until today."""
    workshop = world.workshops[row["key"]] = _planned(world, row, calendar.today)
    if not row.get("announced", True):
        return
    announce_workshop(workshop, by=workshop.leader)
    moments = calendar.spread(moment, calendar.today, row["comes"] + row.get("waits", 0))
    people = sorted((*world.people.values(), *world.residents.values()), key=lambda each: each.id)
    others = [each for each in people if each.id != workshop.leader_id]
    last = workshop.starts_at - timedelta(minutes=1)
    coming = calendar.dice.sample(others, len(moments))
    for person, signed_up in zip(coming, moments, strict=True):
        with at(min(signed_up, last)):
            sign_up(workshop, wanted=True, by=person)


def begins_at(row: Row, today: datetime, name: str = "hour") -> datetime:
    """Return when a workshop begins, or must be over, counted in days from today."""
    day = oslo(today).date() + timedelta(days=row["days"])
    # People meet on weekdays.
    day -= timedelta(days=max(day.weekday() - 4, 0))
    return from_oslo(datetime.combine(day, time(row[name])))


def _planned(world: World, row: Row, today: datetime) -> Workshop:
    leader, town = world.people[row["leader"]], world.towns[row["town"]]
    workshop = plan_workshop(town, _plan(world, row, today), by=leader)
    if "method" in row:
        add_method(workshop, method_of(row["method"]), by=leader)
    for kind, minutes, title in row["programme"]:
        add_step(workshop, kind=kind, title=title, minutes=minutes, by=leader)
    # Rows and not actions: nobody in the demo is mailed about the past.
    for role, key in (("lead", "co_leads"), ("helper", "helpers")):
        for name in row.get(key, ()):
            person = world.people[name]
            db.session.add(WorkshopLead(workshop_id=workshop.id, user_id=person.id, role=role))
    return workshop


def _plan(world: World, row: Row, today: datetime) -> Plan:
    fed = world.contributions.get(row["challenge"])
    optional = {name: row[name] for name in ("meets", "joining", "anonymity") if name in row}
    return Plan(
        title=row["title"], purpose=row["purpose"], place=row["place"], lang=row["lang"],
        starts_at=begins_at(row, today), seats=row["seats"],
        ends_by=begins_at(row, today, "until") if "until" in row else None,
        challenge_id=fed.id if fed else None, principles=tuple(row.get("principles", ())),
        languages=tuple(row.get("languages", ())), **optional,
    )  # fmt: skip
