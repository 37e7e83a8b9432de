"""What follows when a workshop changes: open pages are told, and mails go to those who come."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from ..accounts.models import User
from ..core.formatting import clock_time, day
from ..core.fragments import absolute
from ..core.mail import write_letter
from ..core.transaction import post, together_with
from ..extensions import db
from ..ledger.kinds import entry_kind
from ..ledger.record import Decision, record
from ..municipalities.models import Municipality
from ..pipeline.listeners import office
from .facts import (
    HelperInvited,
    LeadGiven,
    SeatFreed,
    WorkshopAnnounced,
    WorkshopCancelled,
    WorkshopChanged,
    WorkshopMoved,
    WorkshopTomorrow,
)
from .letters import forget_letters, owe_letter, write_to
from .models import Workshop
from .terms import ROLE_NAMES

entry_kind("workshop.announced", _l("Verksted kunngjort"), "workshops")
entry_kind("workshop.cancelled", _l("Verksted avlyst"), "workshops")


@together_with(WorkshopAnnounced)
def tell_of_announcement(fact: WorkshopAnnounced) -> None:
    """Tell those who read the list, and the colleagues who have the plan open."""
    workshop = fact.workshop
    _enter("workshop.announced", workshop, fact.by)
    post(f"town:{workshop.municipality_id}", "workshop.announced", id=workshop.id)
    _tell(workshop)


@together_with(WorkshopChanged)
def tell_of_change(fact: WorkshopChanged) -> None:
    """Tell those who have the workshop's page open."""
    _tell(fact.workshop)


@together_with(WorkshopCancelled)
def tell_of_cancellation(fact: WorkshopCancelled) -> None:
    """Tell the page's readers, and by mail everybody who signed up; nothing else is owed them."""
    workshop = fact.workshop
    _enter("workshop.cancelled", workshop, fact.by, text=workshop.cancel_reason)
    _tell(workshop)
    forget_letters(workshop)
    owe_letter(workshop, "workshop_cancelled")


@together_with(WorkshopMoved)
def tell_of_move(fact: WorkshopMoved) -> None:
    """Tell everybody who signed up of the new time or place, and no more of an older one."""
    forget_letters(fact.workshop)
    owe_letter(fact.workshop, "workshop_moved")


@together_with(WorkshopTomorrow)
def remind_of_tomorrow(fact: WorkshopTomorrow) -> None:
    """Remind everybody who has a seat."""
    owe_letter(fact.workshop, "workshop_reminder", seated_only=True)


@together_with(SeatFreed)
def tell_of_seat(fact: SeatFreed) -> None:
    """Tell somebody who waited that there is a seat now."""
    write_to(fact.sign_up.user, "workshop_seat", fact.workshop)
    post(f"person:{fact.sign_up.user_id}", "seat.given", id=fact.workshop.id)


@together_with(LeadGiven)
def tell_of_lead(fact: LeadGiven) -> None:
    """Tell somebody that they lead a workshop, or help at it."""
    write_to(
        fact.person, "workshop_role", fact.workshop, role=ROLE_NAMES[fact.role], who=fact.by.name
    )


@together_with(HelperInvited)
def ask_to_help(fact: HelperInvited) -> None:
    """Ask somebody by mail to help; nothing is known yet about who reads it."""
    workshop = fact.workshop
    town = db.session.get_one(Municipality, workshop.municipality_id)
    link = absolute("workshops.helper_invitation", town=town.slug, invitation=fact.invitation.id)
    write_letter(
        fact.invitation.email, "workshop_help", town.language, workshop=workshop, town=town.name,
        who=fact.by.name, link=link, day=day(workshop.starts_at, town.language),
        time=clock_time(workshop.starts_at, town.language),
    )  # fmt: skip


def _enter(type_: str, workshop: Workshop, by: User, text: str = "") -> None:
    town = workshop.municipality_id
    decision = Decision(
        type_, f"workshop:{workshop.id}", title=workshop.title, text=text, label=office(town, by)
    )
    record(town, decision, by)


def _tell(workshop: Workshop) -> None:
    post(f"workshop:{workshop.id}", "workshop.changed", id=workshop.id)
