"""Reading workshops over HTTP, and signing up."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ..core.access import actor, allows, can, me
from ..core.clock import now
from ..core.errors import Invalid
from ..core.idempotency import once
from ..core.live import followed, heads
from ..core.pagination import decode
from .access import role_beside
from .aftermath import aftermath_html
from .calendar import calendar_of
from .forms import SignUpForm
from .models import Workshop
from .page import facts_html, gathering_of, held_when, programme_html, state_of, when
from .queries import announced, listed, own_sign_up
from .seats import outcome
from .seats import sign_up as sign_up_for


@allows("town.see")
def index() -> str:
    """List the town's workshops: coming first, then past; planners see their plans."""
    town, cursor = g.municipality, decode(request.args.get("after"))
    numbers = heads([f"town:{town.id}"])
    moment = now()
    found = listed(town.id, moment, cursor, plans=can("workshops.plan", town))
    return render_template(
        "workshops/index.html",
        found=found,
        first_page=cursor is None,
        streams=followed(numbers),
        state_of=lambda row: state_of(row, found.holdings.get(row.id), moment),
        when=when,
        held_when=lambda row: held_when(row, found.holdings.get(row.id)),
    )


@allows("workshops.see", Workshop)
def show(workshop: Workshop) -> str:
    """Show a workshop: when, where, its programme, and whether one comes."""
    numbers = heads([f"workshop:{workshop.id}"])
    gathering = gathering_of(workshop)
    return render_template(
        "workshops/show.html",
        workshop=workshop,
        gathering=gathering,
        facts=facts_html(gathering),
        programme=programme_html(gathering),
        aftermath=aftermath_html(workshop),
        own=own_sign_up(workshop, me()),
        beside=role_beside(me(), workshop),
        streams=followed(numbers),
        form=SignUpForm(formdata=None),
    )


@allows("workshops.sign_up", Workshop)
def sign_up(workshop: Workshop) -> Any:
    """Sign up for a workshop, or off."""
    form = SignUpForm()
    if not form.validate_on_submit():
        raise Invalid(_("Skjemaet er ugyldig. Last siden på nytt."))
    wanted = form.wanted.data == "yes"
    try:
        state = once(form.key.data or "", actor(), sign_up_for, workshop, wanted=wanted, by=me())
    except Invalid as refusal:  # the page was older than what has happened
        flash(refusal.message, "danger")
    else:
        flash(outcome(state), "success")
    return redirect(url_for("workshops.show", number=workshop.id), 303)


@allows("workshops.see", Workshop)
def calendar(workshop: Workshop) -> Response:
    """Offer a workshop to a calendar."""
    return _calendar([workshop], workshop.title)


@allows("town.see")
def town_calendar() -> Response:
    """Offer all that is coming in the town to a calendar that asks again by itself."""
    town = g.municipality
    return _calendar(announced(town.id, now()), _("Verksteder i %(town)s", town=town.name))


def _calendar(workshops: Any, name: str) -> Response:
    content = calendar_of(g.municipality, workshops, name)
    return Response(content, content_type="text/calendar; charset=utf-8")
