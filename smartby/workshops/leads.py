"""Those who stand beside the leader of a workshop: they are asked, they answer, they take over."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import delete, select

from ..accounts.models import User
from ..core.access import can, require
from ..core.clock import now
from ..core.errors import Invalid, NotFound
from ..core.transaction import announce, lock, perform
from ..extensions import db
from .facts import HelperInvited, LeadGiven, WorkshopChanged
from .holding import is_over
from .models import LEAD, ROLES, HelperInvitation, Workshop, WorkshopLead
from .queries import candidates_for, invitations_to, leads_of

MOST = 50  # beside one leader, those who have not answered counted
KEPT = timedelta(days=1)  # after the workshop, for an invitation that nobody has answered
LEADER = "leader"


def give_lead(workshop: Workshop, *, user_id: int, role: str, by: User) -> Workshop:
    """Let one of the town's people lead the workshop too, or help; or change which of the two."""
    lock(workshop)
    require("workshops.edit", workshop, by)
    person = _candidate(workshop, user_id)
    if role not in ROLES:
        raise Invalid(_("Velg en rolle."))
    found = db.session.get(WorkshopLead, (workshop.id, person.id))
    if found is not None and found.role == role:
        return workshop
    _refuse_many(workshop)
    _stand(workshop, person, role)
    announce(LeadGiven(workshop, person, role, by))
    announce(WorkshopChanged(workshop))
    return workshop


def take_lead(workshop: Workshop, *, user_id: int, by: User) -> Workshop:
    """Let somebody lead or help no more; they may do so themselves."""
    lock(workshop)
    require("workshops.help", workshop, by)
    if user_id != by.id:
        require("workshops.edit", workshop, by)
    found = db.session.get(WorkshopLead, (workshop.id, user_id))
    if found is not None:
        db.session.delete(found)
        db.session.flush()
        announce(WorkshopChanged(workshop))
    return workshop


def hand_over(workshop: Workshop, *, user_id: int, by: User) -> Workshop:
    """Make somebody else the leader; whoever led until now stays as a co-leader."""
    lock(workshop)
    require("workshops.hand_over", workshop, by)
    person = _candidate(workshop, user_id)
    before = db.session.get_one(User, workshop.leader_id)
    found = db.session.get(WorkshopLead, (workshop.id, person.id))
    if found is not None:
        db.session.delete(found)
    workshop.leader = person
    _stand(workshop, before, LEAD)
    announce(LeadGiven(workshop, person, LEADER, by))
    announce(WorkshopChanged(workshop))
    return workshop


def invite_helper(workshop: Workshop, *, email: str, by: User) -> Workshop:
    """Ask somebody by mail to help; asked twice, they get the mail once more."""
    lock(workshop)
    require("workshops.edit", workshop, by)
    found = next((each for each in invitations_to(workshop) if each.email == email), None)
    if found is None:
        _refuse_many(workshop)
        found = HelperInvitation(
            municipality_id=workshop.municipality_id, workshop_id=workshop.id, email=email,
            invited_by_id=by.id,
        )  # fmt: skip
        db.session.add(found)
        db.session.flush()
    announce(HelperInvited(workshop, found, by))
    return workshop


def withdraw_invitation(workshop: Workshop, *, number: int, by: User) -> Workshop:
    """Take an invitation back."""
    lock(workshop)
    require("workshops.edit", workshop, by)
    found = db.session.get(HelperInvitation, number)
    if found is not None and found.workshop_id == workshop.id:
        db.session.delete(found)
    return workshop


def own_invitation(number: int, town_id: int, person: User) -> HelperInvitation:
    """Return an invitation to this person's own confirmed address; raise NotFound otherwise."""
    found = db.session.get(HelperInvitation, number) if 0 < number < 2**31 else None
    own = found is not None and found.email == person.email and person.email_confirmed_at
    if found is None or not own or found.municipality_id != town_id:
        raise NotFound(_("Vi finner ikke det du leter etter."))
    return found


def answer_invitation(invitation: HelperInvitation, *, yes: bool, by: User) -> Workshop:
    """Say whether one helps; the invitation is gone then, and so is the address."""
    workshop = invitation.workshop
    lock(workshop)
    require("workshops.answer", workshop, by)
    if workshop.cancelled_at is not None:
        raise Invalid(_("Verkstedet er avlyst."))
    if yes and is_over(workshop.id):
        raise Invalid(_("Verkstedet er holdt, så det trengs ingen hjelp lenger."))
    if yes and not can("workshops.help", workshop, by):
        _stand(workshop, by, "helper")
    db.session.delete(invitation)
    return workshop


def leave_workshops(person: User) -> None:
    """Forget where somebody who leaves leads or helps, and where their address was asked to."""
    db.session.execute(delete(WorkshopLead).where(WorkshopLead.user_id == person.id))
    db.session.execute(delete(HelperInvitation).where(HelperInvitation.email == person.email))


def trim_invitations() -> int:
    """Forget the addresses of those who never answered, when the workshop is over."""
    return perform(_trim)


def _trim() -> int:
    over = select(Workshop.id).where(Workshop.starts_at < now() - KEPT)
    done = db.session.execute(
        delete(HelperInvitation).where(HelperInvitation.workshop_id.in_(over))
    )
    return int(done.rowcount)  # type: ignore[attr-defined]


def _stand(workshop: Workshop, person: User, role: str) -> None:
    found = db.session.get(WorkshopLead, (workshop.id, person.id))
    if found is None:
        found = WorkshopLead(workshop_id=workshop.id, user_id=person.id)
        db.session.add(found)
    found.role = role
    db.session.flush()


def _candidate(workshop: Workshop, user_id: int) -> User:
    for person in candidates_for(workshop):
        if person.id == user_id:
            return person
    raise Invalid(_("Velg en som planlegger verksteder i kommunen."))


def _refuse_many(workshop: Workshop) -> None:
    if len(leads_of(workshop)) + len(invitations_to(workshop)) >= MOST:
        raise Invalid(_("Et verksted kan ha høyst %(most)s som leder og hjelper.", most=MOST))
