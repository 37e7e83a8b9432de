"""Drafts over HTTP: saved as one types, saved by a button, deleted."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import flash, g, redirect, request, url_for
from flask_babel import gettext as _

from ..core.access import actor, allows, me
from ..core.errors import Conflict, Invalid, Refusal
from ..core.formatting import clock_time
from ..core.forms import Form
from ..core.fragments import language
from ..core.links import safe_next
from ..core.routes import json_response
from ..core.transaction import perform
from ..extensions import limiter
from ..municipalities.tenancy import town_blueprint
from .drafts import discard_draft, save_draft, typed

bp = town_blueprint("contributions", __name__)


@bp.post("/drafts/<string:key>")
@limiter.limit("120/minute", key_func=actor)
@allows("town.take_part")
def save(key: str) -> Any:
    """Save what was typed, for the script of the form: when, or who was first."""
    kind = request.form.get("kind", "")
    try:
        saved = _save(key, kind, request.form.get("saved_at", ""))
    except Conflict as conflict:
        return json_response({"message": conflict.message, **conflict.details}, conflict.status)
    if saved is None:
        return json_response({"saved_at": "", "message": ""})
    return json_response({"saved_at": saved.isoformat(), "message": _words(saved)})


@bp.post("/drafts/<string:key>/deletion")
@allows("town.take_part")
def discard(key: str) -> Any:
    """Delete one's own draft."""
    kind = request.form.get("kind", "")
    slug = g.municipality.slug
    perform(discard_draft, g.municipality, key[:32], by=me())
    flash(_("Kladden er slettet."), "success")
    where = "challenges.new" if kind == "challenge" else "ideas.new"
    back = safe_next(request.form.get("next")) or url_for(where, town=slug)
    return redirect(back, 303)


def keep_draft(kind: str, form: Form) -> str:
    """Save a form's draft for a page without script; return why it could not be."""
    if not me().is_authenticated:
        return str(_("Logg inn for å lagre en kladd."))
    when: Any = form["saved_at"]
    try:
        saved = _save(form.key.data or "", kind, when.data or "")
    except Conflict as conflict:
        # Said once: whoever saves again from here means it.
        when.data, when.raw_data = conflict.details["saved_at"], None
        return f"{conflict.message} {_('Lagre en gang til hvis du vil erstatte den.')}"
    except Refusal as refusal:
        return refusal.message
    if saved is not None:
        when.data, when.raw_data = saved.isoformat(), None
        flash(_words(saved), "success")
    return ""


def _save(key: str, kind: str, seen: str) -> datetime | None:
    draft = typed(key, kind, request.form)
    return perform(save_draft, g.municipality, draft, seen=_moment(seen), by=me())


def _moment(written: str) -> datetime | None:
    if not written:
        return None
    try:
        moment = datetime.fromisoformat(written)
    except ValueError as error:
        raise Invalid(_("Skjemaet er ugyldig. Last siden på nytt.")) from error
    return moment if moment.tzinfo else None


def _words(saved: datetime) -> str:
    return str(_("Kladd lagret kl. %(time)s", time=clock_time(saved, language())))
