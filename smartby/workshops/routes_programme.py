"""Building a workshop's programme over HTTP."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from ..core.access import actor, allows, me
from ..core.error_pages import wants_json
from ..core.errors import Invalid, Refusal
from ..core.forms import Form
from ..core.idempotency import once
from ..core.routes import json_response
from .forms import MinutesForm, PlaceForm, StepForm
from .models import Workshop
from .page import gathering_of
from .preflight import address_of, findings
from .programme import add_step, give_minutes, move_step, remove_step
from .queries import steps_of
from .routes_plan import plan_page
from .routes_step import sent_rules, settings_answer, settings_seen
from .rules import rules_of


@allows("workshops.edit", Workshop)
def create_step(workshop: Workshop) -> Any:
    """Add a step to the programme; what can be set in it comes next."""
    form, before = StepForm(), steps_of(workshop)
    if "look" in request.form:
        seen = settings_seen(form, before)
        return settings_answer(form, seen) or plan_page(workshop, step=form, rules=seen)
    rules = sent_rules(form, before)
    # Both are asked, so that everything that is wrong is told at once.
    if not all([form.validate_on_submit(), rules is None or rules.validate()]):
        return plan_page(workshop, step=form, rules=rules), 422
    key, set_ = form.key.data or "", None if rules is None else rules_of(rules)
    try:
        made = once(key, actor(), add_step, workshop, **form.step, rules=set_, by=me())
    except Invalid as refusal:
        refused = refusal.message
        return plan_page(workshop, step=form, rules=rules, refused=refused), refusal.status
    if made.rules and rules is None:
        return redirect(url_for("workshops.step", number=workshop.id, step=made.id), 303)
    return _back(workshop, made.id)


@allows("workshops.edit", Workshop)
def move(workshop: Workshop, step: int) -> Any:
    """Move a step to another place in the programme."""
    form = PlaceForm()
    if not form.validate_on_submit():
        raise Invalid
    key, place = form.key.data or "", form.place.data
    once(key, actor(), move_step, workshop, step, place=place, by=me())
    if not wants_json():
        return _back(workshop, step)
    gathering = gathering_of(workshop)
    at, moved = next((n, s) for n, s in enumerate(gathering.steps, 1) if s.activity.id == step)
    words = _(
        "«%(title)s» er nå nummer %(place)s av %(all)s, kl. %(time)s.",
        title=moved.activity.title, place=at, all=len(gathering.steps), time=moved.begins,
    )  # fmt: skip
    html = render_template("workshops/build.html", workshop=workshop, gathering=gathering)
    return json_response({"message": words, "ops": [_replace("build", html), *_totals(workshop)]})


@allows("workshops.edit", Workshop)
def minutes(workshop: Workshop, step: int) -> Any:
    """Let a step take more or fewer minutes."""
    form = MinutesForm()
    try:
        if not form.validate_on_submit():
            raise Invalid(" ".join(str(text) for text in form.minutes.errors))
        key, wanted = form.key.data or "", form.minutes.data
        changed = once(key, actor(), give_minutes, workshop, step, minutes=wanted, by=me())
    except Invalid as refusal:
        return _refused(workshop, refusal)
    if not wants_json():
        return _back(workshop, step)
    long = ngettext("%(num)d minutt", "%(num)d minutter", changed.minutes)
    words = _("«%(title)s» varer %(long)s.", title=changed.title, long=long)
    return json_response({"message": words, "ops": _totals(workshop)})


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


def _refused(workshop: Workshop, refusal: Refusal) -> Any:
    if wants_json():
        content = {"error": refusal.status, "message": refusal.message}
        return json_response(content, refusal.status)
    return plan_page(workshop, refused=refusal.message), refusal.status


def _totals(workshop: Workshop) -> list[dict[str, Any]]:
    length = gathering_of(workshop).length
    html = render_template(
        "workshops/preflight.html",
        workshop=workshop,
        found=findings(workshop),
        address_of=address_of,
    )
    total = {"op": "set", "target": f"plan-length-{workshop.id}", "value": length}
    return [total, _replace("preflight", html)]


def _replace(target: str, html: str) -> dict[str, Any]:
    return {"op": "replace", "target": target, "html": html}


def _back(workshop: Workshop, step: int) -> Any:
    address = url_for("workshops.edit", number=workshop.id, _anchor=f"step-{step}")
    return redirect(address, 303)
