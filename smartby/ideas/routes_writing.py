"""Writing ideas over HTTP: the form, its preview, publishing, and what waits for signing in."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from ..accounts import held
from ..challenges.advice import Advice, advice_on, because, sure_of
from ..challenges.models import Challenge
from ..contributions.drafts import drafts_of, own_draft
from ..contributions.pace import keep_publishing_pace
from ..contributions.routes_drafts import keep_draft
from ..contributions.routes_looking import too_fast, wait
from ..core.access import actor, allows, find, me
from ..core.clock import now
from ..core.errors import Invalid, KeyReused, NotFound, Refusal, SignInNeeded
from ..core.formatting import day
from ..core.fragments import language
from ..core.idempotency import once
from ..core.markdown import render
from ..core.text import clean_multiline
from .actions import publish_idea
from .forms import IdeaForm, begun_with
from .models import Idea

LONGEST_PREFILLED = 20_000


@allows("town.see")
def new() -> str:
    """Show the form for a new idea: empty, held, or from a draft."""
    form, origin = _form_as_begun()
    return _page(form, origin=origin)


@allows("town.see")
def begin() -> str:
    """Show the form with what was typed elsewhere: posted, so that it stands in no address."""
    try:
        text = clean_multiline(request.form.get("text", "")).strip()
    except ValueError as error:
        raise Invalid(_("Teksten har tegn som ikke kan lagres. Skriv den på nytt.")) from error
    if len(text) > LONGEST_PREFILLED:
        raise Invalid(_("Teksten kan være på høyst 5 000 tegn."))
    title, body = begun_with(text)
    form = IdeaForm(MultiDict({"title": title, "body": body, "lang": language()}))
    form.principles.data = sure_of(form.begun)
    return _page(form, origin="asked" if text else "")


@allows("town.see")  # whoever is not signed in keeps the text; the action asks for the right
def create() -> Any:
    """Publish an idea."""
    form = IdeaForm()
    valid = form.validate_on_submit()
    challenge = _challenge_of(form)
    if not valid or form.challenge.errors:
        return _page(form), 422
    if not me().is_authenticated:
        return held.hold(url_for("ideas.new"), request.form, sends=True)
    key = form.key.data or ""
    try:
        keep_publishing_pace(actor())
        idea = once(
            key, actor(), publish_idea, g.municipality, form.content(),
            challenge=challenge, draft=key, by=me(),
        )  # fmt: skip
    except Refusal as refusal:
        return _refused(form, refusal)
    held.let_go()
    flash(told(idea), "success")
    return redirect(url_for("ideas.show", number=idea.id), 303)


def told(idea: Idea) -> str:
    """Say that an idea is published, and the day by which the town has promised a word."""
    if idea.due_at is None:
        return str(_("Ideen er publisert."))
    when = day(idea.due_at, language())
    return str(_("Ideen er publisert. Den får svar innen %(day)s.", day=when))


@allows("town.see")
def preview() -> Any:
    """Show how it will look: the whole form again, or for a script only the text."""
    form = IdeaForm()
    form.validate()
    refusal = too_fast()
    if request.form.get("part"):
        if refusal:
            return wait(refusal)
        html = render(form.begun.body)
        return render_template("contributions/preview.html", form=form, html=html)
    for field in form:  # nothing is sent yet, so nothing is wrong yet
        field.errors = []
    said = keep_draft("idea", form) if request.form.get("keep") else ""
    if refusal:
        return _page(form, refused=said or refusal.message), refusal.status
    return _page(form, advice=advice_on(form.begun, g.municipality, me()), look=True, refused=said)


def _form_as_begun() -> tuple[IdeaForm, str]:
    kept = held.take(request.path)
    if kept:
        return IdeaForm(kept), "held"
    if key := request.args.get("draft"):
        draft = own_draft(g.municipality, key, "idea", me())
        fields = {**draft.fields, "key": draft.key, "saved_at": draft.saved_at.isoformat()}
        return IdeaForm(MultiDict(fields)), "draft"
    sent = {name: request.args.get(name, "") for name in ("challenge", "place")}
    return IdeaForm(MultiDict({**sent, "lang": language()})), ""


def _challenge_of(form: IdeaForm) -> Challenge | None:
    """Return the challenge that the idea answers; an error at the field when there is none."""
    number = form.challenge.data
    if not number or form.challenge.errors:
        return None
    try:
        found: Any = find(Challenge, number, me())
    except NotFound:
        form.challenge.errors = [_("Vi finner ikke utfordringen.")]
        return None
    return found  # type: ignore[no-any-return]


def _refused(form: IdeaForm, refusal: Refusal) -> Any:
    if isinstance(refusal, NotFound | SignInNeeded):
        raise refusal
    if isinstance(refusal, KeyReused):
        form.key.data, form.key.raw_data = uuid4().hex, None
        words = _(
            "Dette skjemaet er alt publisert med en annen tekst."
            " Publiser igjen hvis det er en ny idé."
        )
        return _page(form, refused=words), refusal.status
    return _page(form, refused=refusal.message), refusal.status


def _page(
    form: IdeaForm, *, advice: Advice | None = None, look: bool = False, origin: str = "",
    refused: str = "",
) -> str:  # fmt: skip
    town, person = g.municipality, me()
    challenge = _challenge_of(form)
    if request.method == "GET" and form.challenge.data and challenge is None:
        raise NotFound(_("Vi finner ikke det du leter etter."))
    closed = challenge is not None and not challenge.is_open(now())
    if closed:
        form.challenge.data, form.challenge.raw_data = None, None
    return render_template(
        "ideas/new.html",
        form=form,
        challenge=challenge,
        closed=closed,
        advice=advice,
        because=because(form.begun),
        preview=render(form.begun.body) if look else "",
        drafts=[d for d in drafts_of(town, "idea", person) if d.key != form.key.data],
        origin=origin,
        refused=refused,
    )
