"""Writing challenges over HTTP: the form, its preview and publishing."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from ..accounts import held
from ..contributions.drafts import drafts_of, own_draft
from ..contributions.pace import keep_publishing_pace
from ..contributions.routes_drafts import keep_draft
from ..contributions.routes_looking import too_fast, wait
from ..core.access import actor, allows, can, me
from ..core.errors import KeyReused, NotFound, Refusal, SignInNeeded
from ..core.fragments import language
from ..core.idempotency import once
from ..core.markdown import render
from ..pipeline.queries import unit_of, units_of
from .actions import Call, publish_challenge
from .advice import Advice, advice_on, because
from .forms import ChallengeForm


@allows("town.see")
def new() -> str:
    """Show the form for a new challenge: empty, held, or from a draft."""
    kept = held.take(request.path)
    if kept:
        return _page(ChallengeForm(kept), origin="held")
    if key := request.args.get("draft"):
        draft = own_draft(g.municipality, key, "challenge", me())
        fields = {**draft.fields, "key": draft.key, "saved_at": draft.saved_at.isoformat()}
        return _page(ChallengeForm(MultiDict(fields)), origin="draft")
    form = ChallengeForm(formdata=None, lang=language())
    if is_staff():
        form.unit.data = str(unit_of(g.municipality.id, me().id) or "")
    return _page(form)


@allows("town.see")  # whoever is not signed in keeps the text; the action asks for the right
def create() -> Any:
    """Publish a challenge."""
    form = ChallengeForm()
    form.offer(units_of(g.municipality.id))
    # Both, whatever the first says: everything that is wrong is told at once.
    valid = [form.validate_on_submit(), not is_staff() or form.times_fit(new=True)]
    if not all(valid):
        return _page(form), 422
    if not me().is_authenticated:
        return held.hold(url_for("challenges.new"), request.form, sends=True)
    key, call = form.key.data or "", asked_call(form, staff=is_staff())
    try:
        keep_publishing_pace(actor())
        challenge = once(
            key, actor(), publish_challenge, g.municipality, form.content(), call,
            draft=key, by=me(),
        )  # fmt: skip
    except Refusal as refusal:
        return _refused(form, refusal)
    held.let_go()
    flash(_("Utfordringen er publisert."), "success")
    return redirect(url_for("challenges.show", number=challenge.id), 303)


@allows("town.see")
def preview() -> Any:
    """Show how it will look: the whole form again, or for a script only the text."""
    form = ChallengeForm()
    form.offer(units_of(g.municipality.id))
    form.validate()
    refusal = too_fast()
    if request.form.get("part"):
        if refusal:
            return wait(refusal)
        html = render(form.begun.body)
        return render_template("contributions/preview.html", form=form, html=html)
    for field in form:  # nothing is sent yet, so nothing is wrong yet
        field.errors = []
    said = keep_draft("challenge", form) if request.form.get("keep") else ""
    if refusal:
        return _page(form, refused=said or refusal.message), refusal.status
    return _page(form, advice=advice_on(form.begun, g.municipality, me()), look=True, refused=said)


def asked_call(form: ChallengeForm, *, staff: bool) -> Call:
    """Return what was asked for; owner and times are heard only from the staff."""
    return form.call() if staff else Call(question=form.question.data or "")


def is_staff() -> bool:
    """Tell whether this person may ask in the town's name."""
    return can("challenges.call", g.municipality)


def _refused(form: ChallengeForm, refusal: Refusal) -> Any:
    if isinstance(refusal, NotFound | SignInNeeded):
        raise refusal
    said = refusal.message
    if isinstance(refusal, KeyReused):
        form.key.data, form.key.raw_data = uuid4().hex, None
        said = _("Dette skjemaet er alt publisert. Publiser igjen hvis det er en ny utfordring.")
    return _page(form, refused=said), refusal.status


def _page(
    form: ChallengeForm, *, advice: Advice | None = None, look: bool = False, origin: str = "",
    refused: str = "",
) -> str:  # fmt: skip
    town, person, staff = g.municipality, me(), is_staff()
    form.offer(units_of(town.id) if staff else ())
    return render_template(
        "challenges/new.html",
        form=form,
        staff=staff,
        advice=advice,
        because=because(form.begun),
        preview=render(form.begun.body) if look else "",
        drafts=[d for d in drafts_of(town, "challenge", person) if d.key != form.key.data],
        origin=origin,
        refused=refused,
    )
