"""Building a workshop's programme over HTTP."""

from __future__ import annotations

from typing import Any

from flask import redirect, url_for

from ..core.access import actor, allows, me
from ..core.errors import Invalid
from ..core.forms import Form
from ..core.idempotency import once
from .forms import PlaceForm, StepForm
from .models import Workshop
from .programme import Wanted, add_step, edit_step, move_step, remove_step
from .routes_plan import plan_page


@allows("workshops.edit", Workshop)
def create_step(workshop: Workshop) -> Any:
    """Add a step to the programme."""
    form = StepForm()
    if not form.validate_on_submit():
        return plan_page(workshop, step=form), 422
    key = form.key.data or ""
    try:
        made = once(key, actor(), add_step, workshop, **form.step, by=me())
    except Invalid as refusal:
        return plan_page(workshop, step=form, refused=refusal.message), refusal.status
    return _back(workshop, made.id)


@allows("workshops.edit", Workshop)
def update_step(workshop: Workshop, step: int) -> Any:
    """Change a step."""
    form = StepForm()
    if not form.validate_on_submit():
        return plan_page(workshop, step=form, step_id=step), 422
    key = form.key.data or ""
    try:
        once(key, actor(), edit_step, workshop, step, Wanted(**form.step), by=me())
    except Invalid as refusal:
        return plan_page(workshop, step=form, step_id=step, refused=refusal.message), refusal.status
    return _back(workshop, step)


@allows("workshops.edit", Workshop)
def move(workshop: Workshop, step: int) -> Any:
    """Move a step to another place in the programme."""
    form = PlaceForm()
    if not form.validate_on_submit():
        raise Invalid
    key, place = form.key.data or "", form.place.data
    once(key, actor(), move_step, workshop, step, place=place, by=me())
    return _back(workshop, step)


@allows("workshops.edit", Workshop)
def remove(workshop: Workshop, step: int) -> Any:
    """Take a step out of the programme."""
    form = Form()
    if not form.validate_on_submit():
        raise Invalid
    try:
        once(form.key.data or "", actor(), remove_step, workshop, step, by=me())
    except Invalid as refusal:
        return plan_page(workshop, refused=refusal.message), refusal.status
    return redirect(url_for("workshops.edit", number=workshop.id, _anchor="programme"), 303)


def _back(workshop: Workshop, step: int) -> Any:
    address = url_for("workshops.edit", number=workshop.id, _anchor=f"step-{step}")
    return redirect(address, 303)
