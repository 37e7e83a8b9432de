"""Who may harvest a workshop, who may read its minutes, and who is named on what came of it."""

from __future__ import annotations

from typing import Any

from ..core.access import Person, Rule, can, rule, signed_in
from ..extensions import db
from ..facilitation.access import leads
from ..facilitation.models import Run
from ..workshops.access import announced


@Rule
def held(person: Person, workshop: Any) -> bool:
    """The workshop has been held, and is over."""
    run = db.session.get(Run, workshop.id)
    return run is not None and run.closed_at is not None


@Rule
def prepares(person: Person, workshop: Any) -> bool:
    """Whoever may change the workshop's plan."""
    return can("workshops.edit", workshop, person)


rule("outcomes.harvest", leads)
rule("minutes.read", announced & held | prepares)
rule("contributors.leave", signed_in)
