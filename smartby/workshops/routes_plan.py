"""Planning a workshop over HTTP."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from ..core.access import actor, allows, me
from ..core.clock import now
from ..core.errors import Invalid
from ..core.forms import Form
from ..core.fragments import language
from ..core.idempotency import once
from .actions import (
    announce_workshop,
    cancel_workshop,
    delete_plan,
    plan_workshop,
)
from .copies import copy_workshop
from .forms import CancelForm, PlanForm, StepForm
from .holding import holding_of
from .kinds import is_kind, kind_of
from .models import Workshop
from .page import gathering_of, programme_html, state_of
from .preflight import address_of, findings
from .queries import challenges_to_feed, everybody


@allows("workshops.plan")
def new() -> str:
    """Show the form for a new workshop."""
    return _new(PlanForm(formdata=None, lang=language()))


@allows("workshops.plan")
def create() -> Any:
    """Plan a workshop; its programme comes next."""
    form = PlanForm()
    form.offer(challenges_to_feed(g.municipality.id))
    if not form.validate_on_submit():
        return _new(form), 422
    key = form.key.data or ""
    try:
        workshop = once(key, actor(), plan_workshop, g.municipality, form.plan(), by=me())
    except Invalid as refusal:
        return _new(form, refused=refusal.message), refusal.status
    flash(_("Planen er lagret. Bygg programmet, og kunngjør når du er klar."), "success")
    return _back(workshop)


@allows("workshops.edit", Workshop)
def edit(workshop: Workshop) -> str:
    """Show the plan: its programme, and what can be done next."""
    return plan_page(workshop)


@allows("workshops.edit", Workshop)
def announce(workshop: Workshop) -> Any:
    """Let everybody see the workshop."""
    form = _checked(Form())
    try:
        once(form.key.data or "", actor(), announce_workshop, workshop, by=me())
    except Invalid as refusal:
        return plan_page(workshop, refused=refusal.message), refusal.status
    flash(_("Verkstedet er kunngjort. Alle kan se det og melde seg på."), "success")
    return redirect(url_for("workshops.show", number=workshop.id), 303)


@allows("workshops.edit", Workshop)
def cancel(workshop: Workshop) -> Any:
    """Call the workshop off, with a reason that everybody can read."""
    form = CancelForm()
    if not form.validate_on_submit():
        return plan_page(workshop, cancelling=form), 422
    key, reason = form.key.data or "", form.reason.data or ""
    try:
        once(key, actor(), cancel_workshop, workshop, reason=reason, by=me())
    except Invalid as refusal:
        return plan_page(workshop, refused=refusal.message), refusal.status
    flash(_("Verkstedet er avlyst. De påmeldte får e-post."), "success")
    return redirect(url_for("workshops.show", number=workshop.id), 303)


@allows("workshops.edit", Workshop)
def destroy(workshop: Workshop) -> Any:
    """Throw away a plan that was never announced."""
    form = _checked(Form())
    try:
        once(form.key.data or "", actor(), delete_plan, workshop, by=me())
    except Invalid as refusal:
        return plan_page(workshop, refused=refusal.message), refusal.status
    flash(_("Planen er slettet."), "success")
    return redirect(url_for("workshops.index"), 303)


@allows("workshops.see", Workshop)
def copy(workshop: Workshop) -> Any:
    """Plan another workshop like this one."""
    form = _checked(Form())
    copied = once(form.key.data or "", actor(), copy_workshop, workshop, by=me())
    flash(_("Dette er en kopi, satt til en uke senere. Endre det du vil."), "success")
    return _back(copied)


@allows("workshops.edit", Workshop)
def people(workshop: Workshop) -> str:
    """List who comes and who waits, for those who lead."""
    found = everybody(workshop)
    over = state_of(workshop, holding_of(workshop.id), now()) == "past"
    return render_template("workshops/people.html", workshop=workshop, people=found, over=over)


def plan_page(
    workshop: Workshop, *, step: StepForm | None = None, rules: Any = None,
    cancelling: CancelForm | None = None, refused: str = "",
) -> str:  # fmt: skip
    """Draw the plan with its forms, as they were typed when one of them was refused."""
    chosen = step.kind.data if step is not None else None
    gathering = gathering_of(workshop)
    return render_template(
        "workshops/edit.html",
        workshop=workshop,
        gathering=gathering,
        programme=programme_html(gathering),
        step=step or StepForm(formdata=None),
        chosen=kind_of(chosen) if chosen and is_kind(chosen) else None,
        rules=rules,
        looked=step is not None,
        cancelling=cancelling or CancelForm(formdata=None),
        found=findings(workshop),
        address_of=address_of,
        refused=refused,
    )


def _new(form: PlanForm, *, refused: str = "") -> str:
    form.offer(challenges_to_feed(g.municipality.id))
    return render_template("workshops/new.html", form=form, refused=refused)


def _back(workshop: Workshop) -> Any:
    return redirect(url_for("workshops.edit", number=workshop.id), 303)


def _checked(form: Form) -> Form:
    if not form.validate_on_submit():
        raise Invalid(_("Skjemaet er ugyldig. Last siden på nytt."))
    return form
