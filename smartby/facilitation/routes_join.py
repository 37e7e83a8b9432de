"""From a code to a place in the room: no account, and no name, is needed."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from limits import parse

from ..core.access import me, public
from ..core.alike import alike
from ..core.errors import Invalid, Refused, SignInNeeded, TooMany
from ..core.forms import Form
from ..core.guests import keep_secret, kept_secret, new_secret, secret_from
from ..core.locale import for_guests, keep_locale
from ..core.pace import exceeds, keep_pace
from ..core.transaction import commit_together, perform
from .forms import CodeForm, JoinForm, ReturnForm
from .identity import participant_cookie, participant_of
from .models import Run
from .participants import come_back, join, require_welcome
from .queries import door_by_code
from .streams import room as room_stream
from .words import read_code, spaced

bp = Blueprint("joining", __name__)
WRONG_CODES = parse("30/10 minutes")  # an address; right codes are never counted: a hall is one
# Whoever is told "wrong" by being slowed down could go on guessing: far beyond what a hall mistypes
# nothing is answered at all.
GUESSING = parse("300/10 minutes")


@bp.get("/join")
@public
@for_guests
def ask() -> str:
    """Ask for the code."""
    return render_template("facilitation/ask.html", form=CodeForm(formdata=None))


@bp.post("/join")
@public
@for_guests
def find() -> Any:
    """Lead from a code to its workshop's door."""
    form = CodeForm()
    if form.validate_on_submit():
        run = _run(form.code.data or "")
        if run is not None:
            return redirect(url_for("joining.enter", code=run.code), 303)
        form.code.errors = [_no_such_code()]
    return render_template("facilitation/ask.html", form=form), 422


@bp.get("/j/<code>")
@public
@for_guests
def enter(code: str) -> Any:
    """Show what one joins, who sees what one writes, and the door."""
    run = _run(code)
    if run is None:
        form = CodeForm(formdata=None, code=code[:40])
        form.code.errors = [_no_such_code()]
        return render_template("facilitation/ask.html", form=form), 404
    if participant_of(run.id, me()) is not None:
        return redirect(_room(run), 303)
    return _blank_door(run)


@bp.post("/j/<code>")
@public
@for_guests
def take_part(code: str) -> Any:
    """Let somebody in."""
    run = _run(code)
    if run is None:
        return enter(code)
    form = JoinForm()
    if not form.validate_on_submit():
        return _door(run, form, ReturnForm(formdata=None)), 422
    secret, room = kept_secret(participant_cookie(run.id)) or _secret(run, form), _room(run)
    commit_together(room_stream(run))
    keep_locale()  # now, while the town is read
    try:
        # The secret stands for the key: it follows from it, and whoever has it is in already.
        perform(join, run, form.entrance, secret=secret, by=me())
    except Invalid as refusal:
        return _door(run, form, ReturnForm(formdata=None), refusal.message), refusal.status
    return keep_secret(redirect(room, 303), participant_cookie(run.id), secret)


@bp.post("/j/<code>/return")
@public
@for_guests
def return_(code: str) -> Any:
    """Let somebody in again on another phone, by the four words."""
    run = _run(code)
    if run is None:
        return enter(code)
    form = ReturnForm()
    if not form.validate_on_submit():
        return _door(run, JoinForm(formdata=None), form), 422
    secret = _secret(run, form)
    keep_locale()
    try:
        perform(come_back, run, form.words.data or "", secret=secret)
    except Invalid as refusal:
        keep_pace(WRONG_CODES, "words", f"{run.id}:{request.remote_addr}", _slow())
        form.words.errors = [refusal.message]
        return _door(run, JoinForm(formdata=None), form), refusal.status
    return keep_secret(redirect(_room(run), 303), participant_cookie(run.id), secret)


def _run(typed: str) -> Run | None:
    _refuse_guessing()
    code = read_code(typed)
    found = door_by_code(code) if code else None
    if found is None:
        _count_wrong()
        return None
    run, g.municipality = found  # the door looks like the town it leads to
    return run


def _count_wrong() -> None:
    address = request.remote_addr or ""
    keep_pace(GUESSING, "guess", address, _slow())
    keep_pace(WRONG_CODES, "code", address, _slow())


def _refuse_guessing() -> None:
    if exceeds(GUESSING, "guess", request.remote_addr or ""):
        raise TooMany(_slow())


def _slow() -> str:
    return str(_("Det har vært mange feil koder herfra."))


def _no_such_code() -> str:
    return str(
        _("Vi finner ikke noe verksted med denne koden. Sjekk at alle seks tegn er riktige.")
    )


def _blank_door(run: Run) -> str:
    """Draw the door for one who comes: for a hall full of people the same page."""
    town, workshop = g.municipality, run.workshop
    look = (town.id, town.slug, town.name, town.kind, town.primary_colour, town.deep_colour)
    about = (workshop.title, workshop.lang, workshop.anonymity, run.rehearsal, _closed(run))

    def draw() -> str:
        return _door(run, JoinForm(formdata=None), ReturnForm(formdata=None))

    return alike(run.code, *look, *about, draw=draw)


def _door(run: Run, form: JoinForm, back: ReturnForm, refused: str = "") -> str:
    return render_template(
        "facilitation/door.html", run=run, workshop=run.workshop, form=form, back=back,
        code=spaced(run.code or ""), closed=_closed(run), refused=refused,
    )  # fmt: skip


def _closed(run: Run) -> str:
    """Say why somebody cannot come in; nothing when they can."""
    try:
        require_welcome(run, me())
    except (SignInNeeded, Refused) as refusal:
        return refusal.message
    return ""


def _secret(run: Run, form: Form) -> str:
    return secret_from(form.key.data, f"{run.id}") if form.key.data else new_secret()


def _room(run: Run) -> str:
    return url_for("facilitation.room", number=run.id)
