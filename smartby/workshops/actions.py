"""Planning, announcing, changing and cancelling workshops."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _

from ..accounts.models import User
from ..challenges.models import Challenge
from ..core.access import require
from ..core.clock import from_oslo, now, oslo
from ..core.errors import Conflict, Invalid
from ..core.transaction import announce, lock
from ..extensions import db
from ..municipalities.models import Municipality
from .facts import WorkshopAnnounced, WorkshopCancelled, WorkshopChanged, WorkshopMoved
from .models import Activity, Workshop
from .queries import steps_of, turnout
from .seats import give_free_seats

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a workshop is about, where and when it is, and for how many."""

    title: str
    purpose: str
    place: str
    starts_at: datetime
    lang: str
    seats: int | None = None
    challenge_id: int | None = None


def plan_workshop(town: Municipality, plan: Plan, *, by: User) -> Workshop:
    """Plan a workshop that only planners see as yet; whoever plans it leads it."""
    require("workshops.plan", town, by)
    workshop = Workshop(municipality_id=town.id, leader_id=by.id)
    _take(workshop, plan)
    db.session.add(workshop)
    db.session.flush()
    return workshop


def edit_workshop(workshop: Workshop, plan: Plan, *, seen: int, by: User) -> Workshop:
    """Change what a workshop is about; raise Conflict when somebody did so meanwhile."""
    lock(workshop)
    require("workshops.edit", workshop, by)
    if workshop.version != seen:
        raise Conflict(_("Noen andre har endret verkstedet. Se over, og lagre igjen."))
    taken = turnout(workshop.id).seated
    if plan.seats is not None and plan.seats < taken:
        said = _("%(count)s har allerede plass. Velg minst så mange plasser.", count=taken)
        raise Invalid(said)
    before = (workshop.starts_at, workshop.place)
    _take(workshop, plan)
    workshop.version += 1
    give_free_seats(workshop)
    announce(WorkshopChanged(workshop))
    if workshop.announced_at is not None and before != (workshop.starts_at, workshop.place):
        workshop.reminded_at = None
        announce(WorkshopMoved(workshop))
    return workshop


def announce_workshop(workshop: Workshop, *, by: User) -> Workshop:
    """Let everybody see a workshop and sign up for it."""
    lock(workshop)
    require("workshops.edit", workshop, by)
    if workshop.announced_at is not None:
        return workshop
    if workshop.starts_at <= now():
        raise Invalid(_("Tidspunktet er allerede passert. Velg et nytt før du kunngjør."))
    if not steps_of(workshop):
        raise Invalid(_("Programmet er tomt. Legg til minst ett punkt før du kunngjør."))
    workshop.announced_at = now()
    announce(WorkshopAnnounced(workshop, by))
    return workshop


def delete_plan(workshop: Workshop, *, by: User) -> None:
    """Throw away a plan that nobody but the planners has seen."""
    lock(workshop)
    require("workshops.edit", workshop, by)
    if workshop.announced_at is not None:
        raise Invalid(_("Verkstedet er kunngjort. Avlys det i stedet."))
    db.session.delete(workshop)


def cancel_workshop(workshop: Workshop, *, reason: str, by: User) -> Workshop:
    """Call a workshop off; whoever signed up is told why."""
    lock(workshop)
    require("workshops.edit", workshop, by)
    if workshop.announced_at is None:
        raise Invalid(_("Planen er ikke kunngjort. Slett den i stedet."))
    if workshop.starts_at <= now():
        raise Invalid(_("Verkstedet har begynt, og kan ikke avlyses."))
    workshop.cancelled_at, workshop.cancel_reason = now(), reason
    announce(WorkshopCancelled(workshop, by))
    return workshop


def copy_workshop(workshop: Workshop, *, by: User) -> Workshop:
    """Plan another workshop like this one, a week from now or from then; it is not announced."""
    require("workshops.plan", workshop, by)
    # The same hour on the wall, also when the clocks are changed on the way.
    day = oslo(max(workshop.starts_at, now())).date() + WEEK
    hour = oslo(workshop.starts_at).time()
    copied = Workshop(
        municipality_id=workshop.municipality_id, leader_id=by.id, title=workshop.title,
        purpose=workshop.purpose, place=workshop.place, lang=workshop.lang, seats=workshop.seats,
        challenge_id=workshop.challenge_id, minutes=workshop.minutes,
        starts_at=from_oslo(datetime.combine(day, hour)),
    )  # fmt: skip
    db.session.add(copied)
    db.session.flush()
    for step in steps_of(workshop):
        db.session.add(
            Activity(
                municipality_id=step.municipality_id, workshop_id=copied.id, kind=step.kind,
                position=step.position, title=step.title, minutes=step.minutes,
            )
        )  # fmt: skip
    return copied


def _take(workshop: Workshop, plan: Plan) -> None:
    if plan.challenge_id is not None:
        fed = db.session.get(Challenge, plan.challenge_id)
        if fed is None or fed.municipality_id != workshop.municipality_id:
            raise Invalid(_("Velg en utfordring som finnes her."))
    moved = plan.starts_at != workshop.starts_at
    if moved and plan.starts_at <= now():
        raise Invalid(_("Tidspunktet er allerede passert. Velg et senere."))
    workshop.title, workshop.purpose, workshop.place = plan.title, plan.purpose, plan.place
    workshop.starts_at, workshop.lang = plan.starts_at, plan.lang
    workshop.seats, workshop.challenge_id = plan.seats, plan.challenge_id
