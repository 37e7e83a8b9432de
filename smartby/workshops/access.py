"""Who may plan workshops, change one, help at one, and sign up; how one is found by number."""

from __future__ import annotations

from typing import Any

from flask import g

from ..core.access import Person, Rule, blocked, can, finder, rule, signed_in
from ..extensions import db
from ..municipalities.access import administrator, has_role
from .models import LEAD, Workshop, WorkshopLead

planner = has_role("facilitator", "moderator", "administrator")


@Rule
def leader(person: Person, obj: Any) -> bool:
    """Whoever leads the workshop."""
    return bool(person.is_authenticated) and obj.leader_id == person.id


@Rule
def co_leader(person: Person, obj: Any) -> bool:
    """Whoever leads the workshop together with its leader."""
    return role_beside(person, obj) == LEAD


@Rule
def beside(person: Person, obj: Any) -> bool:
    """Whoever leads the workshop with its leader, or helps at it."""
    return role_beside(person, obj) != ""


def role_beside(person: Person, workshop: Workshop) -> str:
    """Return the role that somebody has beside the leader: "lead", "helper", or ""."""
    if not person.is_authenticated:
        return ""
    found = db.session.get(WorkshopLead, (workshop.id, person.id))
    return found.role if found else ""


@Rule
def announced(person: Person, obj: Any) -> bool:
    """The workshop is known to everybody."""
    return obj.announced_at is not None


@Rule
def standing(person: Person, obj: Any) -> bool:
    """The workshop has not been cancelled."""
    return obj.cancelled_at is None


# Whoever has lost the town's trust leads no more; a helper needs none of its roles.
leads = (leader | co_leader) & planner | administrator
helps = leads | beside

rule("workshops.plan", planner & ~blocked)
rule("workshops.see", announced | planner | beside)
rule("workshops.edit", leads & standing & ~blocked)
rule("workshops.help", helps & standing & ~blocked)
rule("workshops.hand_over", (leader & planner | administrator) & standing & ~blocked)
rule("workshops.answer", signed_in & ~blocked)
rule("workshops.sign_up", signed_in & ~blocked)


@finder(Workshop)
def find_workshop(number: int, person: Person) -> Workshop | None:
    """Find a workshop of this town that this person may know of."""
    found = db.session.get(Workshop, number)
    if found is None or found.municipality_id != g.municipality.id:
        return None
    return found if can("workshops.see", found, person) else None
