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
from .doors import close_run, doubts, open_doors
from .drive import Call, steer
from .forms import OpenForm, UnveilForm
from .identity import screen_cookie
from .models import Run
from .play import play_of, said
from .rehearsal import rehearse
from .routes_people import say_who_is_out
from .streams import screen as screen_stream
from .streams import staff
from .unseen import not_begun, unseen_in, unveil
from .views import console_html, screen_html


@allows("workshops.edit", Workshop)
def ask_open(workshop: Workshop) -> Any:
    """Ask once more before doors are opened that one may not mean to open now."""
    if db.session.get(Run, workshop.id) is not None:
        return redirect(url_for("facilitation.console", number=workshop.id), 303)
    return _ask_open(workshop)


@allows("workshops.edit", Workshop)
def open_(workshop: Workshop) -> Any:
    """Open a workshop's doors, and go to the console; what seems a mistake is asked about first."""
    form = OpenForm()
    if not form.validate_on_submit():
        raise Invalid
    if form.sure.data != "yes" and doubts(workshop) and db.session.get(Run, workshop.id) is None:
        return _ask_open(workshop)
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
    if call.name == "kick":
        say_who_is_out(run, call.fields.get("participant", ""))
    of_people = call.name in ("kick", "heads")
    page = "facilitation.people" if of_people else "facilitation.console"
    return redirect(url_for(page, number=run.id), 303)


@allows("facilitation.drive", Run)
def ask_close(run: Run) -> Any:
    """Ask once more before a workshop is closed for good, and tell what the room has not seen."""
    if run.closed_at is not None:
        return redirect(url_for("workshops.show", number=run.id), 303)
    return render_template(
        "facilitation/close.html", run=run, workshop=run.workshop, form=Form(formdata=None),
        found=unseen_in(run), not_begun=not_begun(run),
    )  # fmt: skip


@allows("facilitation.drive", Run)
def reveal(run: Run) -> Any:
    """Show the room what it has not seen of an activity; from where one closes, or harvests."""
    form = UnveilForm()
    if not form.validate_on_submit():
        raise Invalid
    once(form.key.data or "", actor(), unveil, run, form.activity.data, by=me())
    flash(_("Vist. Nå kommer det med i referatet."), "success")
    page = "outcomes.harvest" if run.closed_at is not None else "facilitation.ask_close"
    return redirect(url_for(page, number=run.id), 303)


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


def _ask_open(workshop: Workshop) -> str:
    return render_template(
        "facilitation/open.html", workshop=workshop, doubts=doubts(workshop),
        form=OpenForm(formdata=None),
    )  # fmt: skip


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
