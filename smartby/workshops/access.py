"""Who may plan workshops, change one, and sign up; how one is found by number."""

from __future__ import annotations

from typing import Any

from flask import g

from ..core.access import Person, Rule, blocked, can, finder, rule, signed_in
from ..extensions import db
from ..municipalities.access import administrator, has_role
from .models import Workshop

planner = has_role("facilitator", "moderator", "administrator")


@Rule
def leader(person: Person, obj: Any) -> bool:
    """Whoever leads the workshop."""
    return bool(person.is_authenticated) and obj.leader_id == person.id


@Rule
def announced(person: Person, obj: Any) -> bool:
    """The workshop is known to everybody."""
    return obj.announced_at is not None


@Rule
def standing(person: Person, obj: Any) -> bool:
    """The workshop has not been cancelled."""
    return obj.cancelled_at is None


rule("workshops.plan", planner & ~blocked)
rule("workshops.see", announced | planner)
rule("workshops.edit", (leader & planner | administrator) & standing & ~blocked)
rule("workshops.sign_up", signed_in & ~blocked)


@finder(Workshop)
def find_workshop(number: int, person: Person) -> Workshop | None:
    """Find a workshop of this town that this person may know of."""
    found = db.session.get(Workshop, number)
    if found is None or found.municipality_id != g.municipality.id:
        return None
    return found if can("workshops.see", found, person) else None
