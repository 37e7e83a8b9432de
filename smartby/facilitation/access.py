"""Who may open the doors and drive, and who takes part."""

from __future__ import annotations

from typing import Any

from flask import g

from ..core.access import Person, Rule, can, finder, rule
from ..extensions import db
from .identity import is_screen, participant_of
from .models import Run


@Rule
def leads(person: Person, obj: Any) -> bool:
    """Whoever may change the workshop's plan."""
    return can("workshops.edit", obj.workshop, person)


@Rule
def participates(person: Person, obj: Any) -> bool:
    """Whoever takes part in the run, with or without an account."""
    return participant_of(obj.id, person) is not None


@Rule
def helps(person: Person, obj: Any) -> bool:
    """Whoever leads the workshop or helps at it."""
    return can("workshops.help", obj.workshop, person)


@Rule
def is_on(person: Person, obj: Any) -> bool:
    """The run is not over."""
    return obj.closed_at is None


@Rule
def looks_on(person: Person, obj: Any) -> bool:
    """A projector that was given its key."""
    return is_screen(obj)


rule("facilitation.drive", leads)
rule("facilitation.help", helps)
# Whoever helps needs to know who is there only while there is something to help with.
rule("facilitation.see_people", leads | (helps & is_on))
rule("facilitation.look_on", looks_on | leads)


@finder(Run)
def find_run(number: int, person: Person) -> Run | None:
    """Find a run of this town that this person leads, takes part in or shows."""
    found = db.session.get(Run, number)
    if found is None or found.municipality_id != g.municipality.id:
        return None
    known = (helps | participates | looks_on).test(person, found)
    return found if known else None
