"""Planning, announcing, changing and cancelling workshops."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from ..accounts.models import User
from ..challenges.models import Challenge
from ..core.access import require
from ..core.clock import now
from ..core.errors import Conflict, Invalid
from ..core.transaction import announce, lock
from ..extensions import db
from ..municipalities.models import Municipality
from .facts import WorkshopAnnounced, WorkshopCancelled, WorkshopChanged, WorkshopMoved
from .holding import holding_of, require_unheld
from .models import ANYONE, PLACE, PSEUDONYMOUS, Workshop
from .queries import steps_of, turnout
from .seats import give_free_seats


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
    meets: str = PLACE
    video: str = ""
    ends_by: datetime | None = None
    languages: tuple[str, ...] = ()
    principles: tuple[int, ...] = ()
    joining: str = ANYONE
    anonymity: str = PSEUDONYMOUS

    @property
    def columns(self) -> dict[str, Any]:
        """What a workshop's row holds of the plan."""
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        principles = values.pop("principles")
        values["principle_ids"] = "".join(f",{n}" for n in sorted(set(principles)))
        values["languages"] = ",".join(self.languages or (self.lang,))
        return values


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
    require_unheld(workshop.id)
    if workshop.version != seen:
        raise Conflict(_("Noen andre har endret verkstedet. Se over, og lagre igjen."))
    taken = turnout(workshop.id).seated
    if plan.seats is not None and plan.seats < taken:
        raise Invalid(
            ngettext(
                "%(num)d har allerede plass. Velg minst så mange plasser.",
                "%(num)d har allerede plass. Velg minst så mange plasser.", taken,
            )
        )  # fmt: skip
    _keep_terms(workshop, plan)
    before = _where(workshop)
    _take(workshop, plan)
    workshop.version += 1
    give_free_seats(workshop)
    announce(WorkshopChanged(workshop))
    if workshop.announced_at is not None and before != _where(workshop):
        workshop.reminded_at = None
        announce(WorkshopMoved(workshop))
    return workshop


def announce_workshop(workshop: Workshop, *, by: User) -> Workshop:
    """Let everybody see a workshop and sign up for it."""
    lock(workshop)
    require("workshops.edit", workshop, by)
    if workshop.announced_at is not None:
        return workshop
    _refuse_rehearsal(workshop)
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
    if workshop.starts_at <= now() or holding_of(workshop.id) is not None:
        raise Invalid(_("Verkstedet har begynt, og kan ikke avlyses."))
    workshop.cancelled_at, workshop.cancel_reason = now(), reason
    announce(WorkshopCancelled(workshop, by))
    return workshop


def _refuse_rehearsal(workshop: Workshop) -> None:
    held = holding_of(workshop.id)
    if held is not None and held.rehearsal:
        raise Invalid(_("Dette er en prøve, og den kan ikke kunngjøres."))


def _take(workshop: Workshop, plan: Plan) -> None:
    if plan.challenge_id is not None:
        fed = db.session.get(Challenge, plan.challenge_id)
        if fed is None or fed.municipality_id != workshop.municipality_id:
            raise Invalid(_("Velg en utfordring som finnes her."))
    moved = plan.starts_at != workshop.starts_at
    if moved and plan.starts_at <= now():
        raise Invalid(_("Tidspunktet er allerede passert. Velg et senere."))
    for name, value in plan.columns.items():
        setattr(workshop, name, value)


def _where(workshop: Workshop) -> tuple[datetime, str, str]:
    return workshop.starts_at, workshop.place, workshop.video_link


def _keep_terms(workshop: Workshop, plan: Plan) -> None:
    """Refuse other terms than those that people have already joined on."""
    stated = (workshop.anonymity, workshop.joining)
    if stated != (plan.anonymity, plan.joining) and holding_of(workshop.id) is not None:
        raise Invalid(
            _("Dørene er åpnet. Hvem som kan være med, og hvem som får vite hva, ligger fast.")
        )
