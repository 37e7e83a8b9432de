"""A step of a programme on its own page, with what its kind lets one set."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ..core.access import actor, allows, me
from ..core.error_pages import wants_json
from ..core.errors import Invalid
from ..core.idempotency import once
from ..core.routes import json_response
from .forms import StepForm
from .kinds import is_kind, kind_of
from .models import Activity, Workshop
from .programme import Wanted, edit_step, step_of, steps_before
from .rules import rules_form, rules_of, usual_rules


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
    if "look" in request.form:
        seen = settings_seen(form, steps_before(workshop, found))
        return settings_answer(form, seen, level=2) or _page(workshop, found, form, seen)
    before, rules = found.kind, sent_rules(form, steps_before(workshop, found))
    # Both are asked, so that everything that is wrong is told at once.
    if not all([form.validate_on_submit(), rules is None or rules.validate()]):
        return _page(workshop, found, form, rules), 422
    wanted = Wanted(**form.step, rules=None if rules is None else rules_of(rules))
    try:
        once(form.key.data or "", actor(), edit_step, workshop, step, wanted, by=me())
    except Invalid as refusal:
        return _page(workshop, found, form, rules, refused=refusal.message), refusal.status
    if rules is None and wanted.kind != before and kind_of(wanted.kind).rules_form is not None:
        flash(_("Punktet er endret. Se over innstillingene."), "success")
        return redirect(url_for("workshops.step", number=workshop.id, step=step), 303)
    address = url_for("workshops.edit", number=workshop.id, _anchor=f"step-{step}")
    return redirect(address, 303)


def settings_seen(form: StepForm, before: Sequence[Activity]) -> Any:
    """Return the settings of the kind that was chosen, with what was typed as far as it fits."""
    chosen, shown = form.kind.data, request.form.get("rules-of", "")
    if not is_kind(chosen) or chosen == shown:
        return sent_rules(form, before)
    kind = kind_of(chosen)
    rules = usual_rules(kind)
    if is_kind(shown):
        typed = rules_of(rules_form(kind_of(shown), sent=request.form, before=before))
        rules |= {name: value for name, value in typed.items() if name in rules and value}
    return rules_form(kind, rules=rules, before=before)


def settings_answer(form: StepForm, rules: Any, level: int = 3) -> Response | None:
    """Answer a page that asks for the settings only; None when it wants all of it anew.

    `level` is that of the heading among the page's.
    """
    if not wants_json():
        return None
    chosen = kind_of(form.kind.data) if is_kind(form.kind.data) else None
    html = render_template(
        "workshops/settings.html", chosen=chosen, rules=rules, looked=True, level=level
    )
    return json_response({"html": html})


def sent_rules(form: StepForm, before: Sequence[Activity]) -> Any:
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
        on_paper=kind_of(found.kind).on_paper,
        rules=rules,
        looked=True,
        refused=refused,
    )
