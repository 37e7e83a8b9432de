"""Acting for people without phones over HTTP: by the same views and acts as theirs would be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import ngettext

from ..core.access import actor, allows, can, me
from ..core.error_pages import wants_json
from ..core.errors import Invalid, Refusal
from ..core.idempotency import once
from ..core.live import followed, heads
from ..core.routes import json_response
from .acts import Deed, act
from .forms import PaperForm, ProxyForm
from .identity import mark_of
from .models import Run
from .participants import add_proxy
from .play import play_of, said
from .proxies import bring_in, proxies, proxy_in, sheet, takes_paper
from .streams import person
from .streams import room as room_stream
from .views import me_html, personal, stage_html


@allows("facilitation.help", Run)
def index(run: Run) -> str:
    """List those whom one acts for, with room for another, and for what is on paper."""
    return _list(run)


@allows("facilitation.help", Run)
def create(run: Run) -> Any:
    """Make a place for somebody without a phone."""
    form = ProxyForm()
    if not form.validate_on_submit():
        return _list(run, form=form), 422
    try:
        made = once(form.key.data or "", actor(), add_proxy, run, form.name.data or "", by=me())
    except Invalid as refusal:
        return _list(run, form=form, refused=refusal.message), refusal.status
    return redirect(url_for("facilitation.proxy", number=run.id, proxy=made.id), 303)


@allows("facilitation.see_people", Run)
def show(run: Run, proxy: int) -> Any:
    """Show what somebody without a phone would see."""
    if wants_json():
        return json_response({"parts": personal(run, proxy_in(run, proxy))})
    return _page(run, proxy)


@allows("facilitation.help", Run)
def do(run: Run, proxy: int) -> Any:
    """Do something for somebody without a phone."""
    found = proxy_in(run, proxy)
    verb, fields = said(request.form.to_dict(), play_of(run.activity).acts if run.activity else {})
    deed = Deed(verb, fields.pop("activity", ""), fields)
    try:
        once(request.form.get("key", "")[:64], mark_of(run, found), act, run, found, deed)
    except Refusal as refusal:
        if wants_json() or refusal.status not in (409, 422):
            raise
        return _page(run, proxy, refused=refusal.message, kept=fields), refusal.status
    if wants_json():
        return json_response({"parts": personal(run, found)})
    return redirect(url_for("facilitation.proxy", number=run.id, proxy=proxy), 303)


@allows("facilitation.help", Run)
def paper(run: Run) -> Any:
    """Show the cards of a sheet before they are brought in; then bring them in."""
    form = PaperForm()
    if not form.validate_on_submit():
        return _list(run, paper=form), 422
    text = form.lines.data or ""
    try:
        fits, long = sheet(text)
        if "sure" not in request.form or long:
            return _list(run, paper=form, preview=(fits, long)), 200 if not long else 422
        activity = int(request.form.get("activity", "0")[:9].replace(" ", "") or 0)
        place = request.form.get("place", "")[:20]
        key = form.key.data or ""
        count = once(key, actor(), bring_in, run, activity, text, place=place, by=me())
    except (Invalid, ValueError) as refusal:
        message = getattr(refusal, "message", "")
        return _list(run, paper=form, refused=message), 422
    said_ = ngettext("%(num)d lapp er lagt inn.", "%(num)d lapper er lagt inn.", count)
    flash(said_, "success")
    page = "facilitation.console" if can("facilitation.drive", run) else "facilitation.helping"
    return redirect(url_for(page, number=run.id), 303)


def _list(run: Run, **values: Any) -> str:
    shown = {
        "form": ProxyForm(formdata=None), "paper": PaperForm(formdata=None), "preview": None,
        "refused": "", **values,
    }  # fmt: skip
    return render_template(
        "facilitation/proxies.html", run=run, workshop=run.workshop, found=proxies(run),
        takes_paper=takes_paper(run.activity), takes_ballots=_takes_ballots(run),
        lacks_paper=_lacks_paper(run), places=_places(run), **shown,
    )  # fmt: skip


def _places(run: Run) -> Sequence[tuple[str, str]]:
    return play_of(run.activity).places(run.activity) if run.activity is not None else []


def _takes_ballots(run: Run) -> bool:
    return run.activity is not None and play_of(run.activity).takes_ballots(run.activity)


def _lacks_paper(run: Run) -> bool:
    play = play_of(run.activity) if run.activity is not None else None
    return play is not None and play.is_vote and not play.on_paper


def _page(run: Run, proxy: int, **values: Any) -> str:
    found = proxy_in(run, proxy)
    numbers = heads([room_stream(run), person(found)])
    address = url_for("facilitation.proxy", number=run.id, proxy=proxy)
    return render_template(
        "facilitation/room.html", run=run, workshop=run.workshop, participant=found, proxy=True,
        stage=stage_html(run, found), me=me_html(run, found), streams=followed(numbers),
        act=address, own=address, words="", **{"refused": "", "kept": {}} | values,
    )  # fmt: skip
