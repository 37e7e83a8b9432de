"""Building a programme: steps are added, changed, moved and taken out under the workshop's lock."""

from __future__ import annotations

from flask_babel import gettext as _

from ..accounts.models import User
from ..core.access import require
from ..core.errors import Invalid, NotFound
from ..core.transaction import announce, lock
from ..extensions import db
from .facts import WorkshopChanged
from .kinds import kind_of
from .models import LONGEST, STEPS, Activity, Workshop
from .queries import steps_of


def add_step(workshop: Workshop, *, kind: str, title: str, minutes: int, by: User) -> Activity:
    """Add a step at the end of the programme."""
    steps = _steps(workshop, by)
    if len(steps) >= STEPS:
        raise Invalid(_("Et program har plass til høyst %(most)s punkter.", most=STEPS))
    step = Activity(
        municipality_id=workshop.municipality_id, workshop_id=workshop.id, kind=kind_of(kind).key,
        position=len(steps) + 1, title=title, minutes=minutes,
    )  # fmt: skip
    db.session.add(step)
    _settle(workshop, [*steps, step])
    return step


def edit_step(
    workshop: Workshop, number: int, *, kind: str, title: str, minutes: int, by: User
) -> Activity:
    """Change a step."""
    steps = _steps(workshop, by)
    step = _one_of(steps, number)
    step.kind, step.title, step.minutes = kind_of(kind).key, title, minutes
    _settle(workshop, steps)
    return step


def move_step(workshop: Workshop, number: int, *, place: int, by: User) -> Activity:
    """Move a step to a place in the programme, counted from 1; too far means to the end."""
    steps = _steps(workshop, by)
    step = _one_of(steps, number)
    steps.remove(step)
    steps.insert(max(place, 1) - 1, step)
    _settle(workshop, steps)
    return step


def remove_step(workshop: Workshop, number: int, *, by: User) -> None:
    """Take a step out of the programme."""
    steps = _steps(workshop, by)
    step = _one_of(steps, number)
    if workshop.announced_at is not None and len(steps) == 1:
        raise Invalid(_("Verkstedet er kunngjort, og programmet kan ikke være tomt."))
    steps.remove(step)
    db.session.delete(step)
    _settle(workshop, steps)


def _steps(workshop: Workshop, by: User) -> list[Activity]:
    lock(workshop)
    require("workshops.edit", workshop, by)
    return steps_of(workshop)


def _one_of(steps: list[Activity], number: int) -> Activity:
    for step in steps:
        if step.id == number:
            return step
    raise NotFound(_("Punktet er ikke lenger i programmet."))


def _settle(workshop: Workshop, steps: list[Activity]) -> None:
    total = sum(step.minutes for step in steps)
    if total > LONGEST:
        raise Invalid(_("Programmet blir lengre enn tolv timer. Del det i flere verksteder."))
    for place, step in enumerate(steps, start=1):
        step.position = place
    workshop.minutes = total
    announce(WorkshopChanged(workshop))
