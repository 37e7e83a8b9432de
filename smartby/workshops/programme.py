"""Building a programme: steps are added, changed, moved and taken out under the workshop's lock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from ..accounts.models import User
from ..core.access import require
from ..core.errors import Invalid, NotFound
from ..core.transaction import announce, lock
from ..extensions import db
from .facts import WorkshopChanged
from .holding import require_unheld
from .kinds import kind_of
from .methods import Method
from .models import LONGEST, STEPS, Activity, Workshop
from .queries import steps_of
from .rules import SOURCE, takes_source, usual_rules


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a step shall be; no rules means those that are stored, or the kind's usual ones."""

    kind: str
    title: str
    minutes: int
    rules: dict[str, Any] | None = None


def add_step(
    workshop: Workshop, *, kind: str, title: str, minutes: int,
    rules: dict[str, Any] | None = None, by: User,
) -> Activity:  # fmt: skip
    """Add a step at the end of the programme, with the rules that its kind usually has."""
    steps = _steps(workshop, by)
    chosen = kind_of(kind)
    step = _new(workshop, kind=chosen.key, title=title, minutes=minutes)
    step.rules = usual_rules(chosen) if rules is None else rules
    _settle(workshop, [*steps, step])
    return step


def add_method(workshop: Workshop, method: Method, *, by: User) -> Activity:
    """Add a method's steps at the end of the programme; return the first of them."""
    steps = _steps(workshop, by)
    lang = workshop.lang
    added = []
    for each in method.steps:
        kind = each.made_with
        step = _new(workshop, kind=kind.key, title=each.title[lang], minutes=each.minutes)
        step.method, step.rules = method.key, usual_rules(kind, each.rules)
        added.append(step)
    _settle(workshop, [*steps, *added])
    _tie(method, added)
    return added[0]


def edit_step(workshop: Workshop, number: int, wanted: Wanted, *, by: User) -> Activity:
    """Change a step; without new rules it keeps its own, or gets those its new kind usually has."""
    steps = _steps(workshop, by)
    step, chosen = _one_of(steps, number), kind_of(wanted.kind)
    if step.kind != chosen.key:
        _refuse_begun(step)
    if wanted.rules is not None:
        step.rules = wanted.rules
    elif step.kind != chosen.key:
        step.rules = usual_rules(chosen)
    step.kind, step.title, step.minutes = chosen.key, wanted.title, wanted.minutes
    _settle(workshop, steps)
    return step


def give_minutes(workshop: Workshop, number: int, *, minutes: int, by: User) -> Activity:
    """Let a step take so many minutes."""
    steps = _steps(workshop, by)
    step = _one_of(steps, number)
    step.minutes = minutes
    _settle(workshop, steps)
    return step


def step_of(workshop: Workshop, number: int) -> Activity:
    """Return a step of the programme by its number; raise NotFound when it is not there."""
    return _one_of(steps_of(workshop), number)


def steps_before(workshop: Workshop, step: Activity) -> list[Activity]:
    """Return the steps that come before a step."""
    return [each for each in steps_of(workshop) if each.position < step.position]


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
    _refuse_begun(step)
    if workshop.announced_at is not None and len(steps) == 1:
        raise Invalid(_("Verkstedet er kunngjort, og programmet kan ikke være tomt."))
    steps.remove(step)
    db.session.delete(step)
    _settle(workshop, steps)


def _tie(method: Method, added: list[Activity]) -> None:
    """Let each step that works on another's results know which; they have numbers now."""
    for each, step in zip(method.steps, added, strict=True):
        place = method.source_of(each)
        if place is not None and takes_source(kind_of(step.kind)):
            step.rules = step.rules | {SOURCE: added[place].id}


def _steps(workshop: Workshop, by: User) -> list[Activity]:
    lock(workshop)
    require("workshops.edit", workshop, by)
    require_unheld(workshop.id)
    return steps_of(workshop)


def _one_of(steps: list[Activity], number: int) -> Activity:
    for step in steps:
        if step.id == number:
            return step
    raise NotFound(_("Punktet er ikke lenger i programmet."))


def _refuse_begun(step: Activity) -> None:
    # What people have written in it would go with it.
    if step.begun_at is not None:
        raise Invalid(_("Punktet er begynt på, og kan ikke tas ut eller bli et annet slags punkt."))


def _new(workshop: Workshop, *, kind: str, title: str, minutes: int) -> Activity:
    town = workshop.municipality_id
    return Activity(
        municipality_id=town, workshop_id=workshop.id, kind=kind, title=title, minutes=minutes
    )


def _settle(workshop: Workshop, steps: list[Activity]) -> None:
    if len(steps) > STEPS:
        raise Invalid(_("Et program har plass til høyst %(most)s punkter.", most=STEPS))
    total = sum(step.minutes for step in steps)
    if total > LONGEST:
        raise Invalid(_("Programmet blir lengre enn tolv timer. Del det i flere verksteder."))
    for place, step in enumerate(steps, start=1):
        step.position = place
    db.session.add_all(steps)
    db.session.flush()
    workshop.minutes = total
    announce(WorkshopChanged(workshop))
