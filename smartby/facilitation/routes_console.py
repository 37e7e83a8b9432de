"""Opening the doors, driving, closing, and the projector's page."""

from __future__ import annotations

import hmac
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ..core.access import actor, allows, me, public
from ..core.error_pages import wants_json
from ..core.errors import Conflict, Invalid, NotFound, Refusal
from ..core.forms import Form
from ..core.guests import keep_secret
from ..core.idempotency import once
from ..core.live import followed, heads
from ..core.routes import json_response
from ..extensions import db
from ..workshops.models import Workshop
from .doors import close_run, open_doors
from .drive import Call, steer
from .identity import screen_cookie
from .models import Run
from .play import play_of, said
from .rehearsal import rehearse
from .streams import screen as screen_stream
from .streams import staff
from .views import console_html, screen_html


@allows("workshops.edit", Workshop)
def open_(workshop: Workshop) -> Any:
    """Open a workshop's doors, and go to the console."""
    form = Form()
    if not form.validate_on_submit():
        raise Invalid
    try:
        once(form.key.data or "", actor(), open_doors, workshop, by=me())
    except Invalid as refusal:
        flash(refusal.message, "danger")
        return redirect(url_for("workshops.edit", number=workshop.id), 303)
    return redirect(url_for("facilitation.console", number=workshop.id), 303)


@allows("workshops.edit", Workshop)
def rehearse_(workshop: Workshop) -> Any:
    """Rehearse a workshop with people who do not exist."""
    form = Form()
    if not form.validate_on_submit():
        raise Invalid
    try:
        run = once(form.key.data or "", actor(), rehearse, workshop, by=me())
    except Invalid as refusal:
        flash(refusal.message, "danger")
        return redirect(url_for("workshops.edit", number=workshop.id), 303)
    return redirect(url_for("facilitation.console", number=run.id), 303)


@allows("facilitation.drive", Run)
def console(run: Run) -> str:
    """Show what those who lead drive with."""
    return _page(run)


@allows("facilitation.drive", Run)
def drive(run: Run) -> Any:
    """Carry out an order."""
    call = _call(run)
    try:
        once(request.form.get("key", "")[:64], actor(), steer, run, call, by=me())
    except (Conflict, Invalid) as refusal:
        return _refused(run, refusal)
    if wants_json():
        return json_response({"html": str(console_html(run))})
    page = "facilitation.people" if call.name == "kick" else "facilitation.console"
    return redirect(url_for(page, number=run.id), 303)


@allows("facilitation.drive", Run)
def ask_close(run: Run) -> str:
    """Ask once more before a workshop is closed for good."""
    return render_template(
        "facilitation/close.html", run=run, workshop=run.workshop, form=Form(formdata=None)
    )


@allows("facilitation.drive", Run)
def close(run: Run) -> Any:
    """Close a workshop for good."""
    form = Form()
    if not form.validate_on_submit():
        raise Invalid
    once(form.key.data or "", actor(), close_run, run, by=me())
    flash(_("Verkstedet er avsluttet."), "success")
    return redirect(url_for("workshops.show", number=run.id), 303)


@allows("facilitation.look_on", Run)
def screen(run: Run) -> str:
    """Show the projector's view."""
    numbers = heads([screen_stream(run)])
    return render_template(
        "facilitation/screen.html", run=run, workshop=run.workshop,
        drawn=screen_html(run), streams=followed(numbers),
    )  # fmt: skip


@public
def unlock_screen(number: int, key: str) -> Any:
    """Give a browser the projector's view, by a link that opens nothing else."""
    run = db.session.get(Run, number)
    known = run is not None and run.municipality_id == g.municipality.id
    if run is None or not known or not hmac.compare_digest(key.encode(), run.screen_key.encode()):
        raise NotFound(_("Vi finner ikke det du leter etter."))
    answer = redirect(url_for("facilitation.screen", number=number), 303)
    return keep_secret(answer, screen_cookie(number), key)


def _call(run: Run) -> Call:
    verb, fields = said(
        request.form.to_dict(), play_of(run.activity).orders if run.activity else {}
    )
    rev = fields.pop("rev", "")
    number = int(rev) if rev.isascii() and rev.isdecimal() and len(rev) < 10 else -1
    return Call(verb, number, fields)


def _refused(run: Run, refusal: Refusal) -> Any:
    db.session.rollback()
    if wants_json():
        return json_response(
            {"message": refusal.message, "html": str(console_html(run))}, refusal.status
        )
    return _page(run, refused=refusal.message), refusal.status


def _page(run: Run, refused: str = "") -> str:
    numbers = heads([staff(run)])
    return render_template(
        "facilitation/console.html", run=run, workshop=run.workshop, drawn=console_html(run),
        streams=followed(numbers), refused=refused,
    )  # fmt: skip
