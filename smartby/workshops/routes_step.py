"""A step of a programme on its own page, with what its kind lets one set."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ..core.access import actor, allows, me
from ..core.errors import Invalid
from ..core.idempotency import once
from .forms import StepForm
from .kinds import is_kind, kind_of
from .models import Activity, Workshop
from .programme import Wanted, edit_step, step_of, steps_before
from .rules import rules_form, rules_of


@allows("workshops.edit", Workshop)
def step(workshop: Workshop, step: int) -> str:
    """Show the form for changing a step."""
    found = step_of(workshop, step)
    form = StepForm(None, kind=found.kind, title=found.title, minutes=found.minutes)
    before = steps_before(workshop, found)
    rules = rules_form(kind_of(found.kind), rules=found.rules, before=before)
    return _page(workshop, found, form, rules)


@allows("workshops.edit", Workshop)
def update_step(workshop: Workshop, step: int) -> Any:
    """Change a step; one that has become of another kind shows what can be set there."""
    found, form = step_of(workshop, step), StepForm()
    before, rules = found.kind, _sent_rules(form, steps_before(workshop, found))
    # Both are asked, so that everything that is wrong is told at once.
    if not all([form.validate_on_submit(), rules is None or rules.validate()]):
        return _page(workshop, found, form, rules), 422
    wanted = Wanted(**form.step, rules=None if rules is None else rules_of(rules))
    try:
        once(form.key.data or "", actor(), edit_step, workshop, step, wanted, by=me())
    except Invalid as refusal:
        return _page(workshop, found, form, rules, refused=refusal.message), refusal.status
    if wanted.kind != before and kind_of(wanted.kind).rules_form is not None:
        flash(_("Punktet er endret. Se over innstillingene."), "success")
        return redirect(url_for("workshops.step", number=workshop.id, step=step), 303)
    address = url_for("workshops.edit", number=workshop.id, _anchor=f"step-{step}")
    return redirect(address, 303)


def _sent_rules(form: StepForm, before: Sequence[Activity]) -> Any:
    """Return the settings that were sent, if they are those of the kind that was chosen."""
    chosen = form.kind.data
    if request.form.get("rules-of") != chosen or not is_kind(chosen):
        return None
    return rules_form(kind_of(chosen), sent=request.form, before=before)


def _page(
    workshop: Workshop, found: Activity, form: StepForm, rules: Any, *, refused: str = ""
) -> str:
    kind = kind_of(form.kind.data if is_kind(form.kind.data) else found.kind)
    return render_template(
        "workshops/step.html",
        workshop=workshop,
        step=found,
        form=form,
        chosen=kind,
        rules=rules,
        refused=refused,
    )
