"""Who may see and change a contribution; how one is found by number."""

from __future__ import annotations

from typing import Any

from flask import g
from sqlalchemy import select

from ..core.access import Person, Rule, anyone, blocked, finder, rule, signed_in
from ..extensions import db
from ..municipalities.access import staff
from .models import Contribution


@Rule
def author(person: Person, contribution: Any) -> bool:
    """Whoever wrote it."""
    return person.id is not None and contribution.author_id == person.id


@Rule
def standing(person: Person, contribution: Any) -> bool:
    """Neither withdrawn nor hidden."""
    return contribution.withdrawn_at is None and contribution.hidden_at is None


@Rule
def official(person: Person, contribution: Any) -> bool:
    """A call that a unit of the town owns: its words are the town's, not one person's."""
    return getattr(contribution, "unit_id", None) is not None


rule("contributions.see", anyone)
rule("contributions.publish", signed_in & ~blocked)
rule("contributions.withdraw", (author & ~official | staff & official) & standing & ~blocked)
rule("contributions.hide", staff & ~blocked)


def visible_to(person: Person, contribution: Contribution) -> bool:
    """Tell whether this person may know of it: a hidden one is for staff only."""
    if contribution.hidden_at is None:
        return True
    return staff.test(person, contribution)


def readable_by(person: Person, contribution: Contribution) -> bool:
    """Tell whether this person may read its page: the author of a hidden one sees why."""
    return visible_to(person, contribution) or author.test(person, contribution)


@finder(Contribution)
def find_contribution(number: int, person: Person) -> Contribution | None:
    """Find a contribution in this town that this person may know of."""
    query = select(Contribution).where(
        Contribution.id == number, Contribution.municipality_id == g.municipality.id
    )
    found = db.session.scalars(query).one_or_none()
    return found if found is not None and visible_to(person, found) else None
