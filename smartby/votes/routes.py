"""Supporting over HTTP: by script or by a plain form."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from limits import parse

from ..contributions.models import Contribution
from ..core.access import actor, allows, me
from ..core.error_pages import wants_json
from ..core.errors import Invalid, SignInNeeded
from ..core.fragments import link
from ..core.idempotency import once
from ..core.links import safe_next
from ..core.pace import keep_pace
from ..core.routes import json_response
from ..core.text import clean
from ..municipalities.tenancy import town_blueprint
from ..pipeline.taking_part import Place
from .actions import set_support
from .queries import supported_among
from .routes_intents import already

bp = town_blueprint("votes", __name__)
blueprints = (bp,)

RATE = parse("120/minute")


@bp.get("/contributions/<int:number>/support")
@allows("support.ask", Contribution)
def show(contribution: Contribution) -> Any:
    """Ask for the press of the button; who supports it already is led on: nothing is undone."""
    if not me().is_authenticated:
        raise SignInNeeded
    home = url_for(f"{contribution.kind}s.show", number=contribution.id)
    wanted = safe_next(request.args.get("next"))
    if supported_among(me(), [contribution.id]):
        flash(already(contribution.kind), "info")
        return redirect(wanted or home, 303)
    return render_template(
        "votes/show.html",
        contribution=contribution,
        next=wanted,
        home=home,
    )


@bp.post("/contributions/<int:number>/support")
@allows("town.take_part")
def update(number: int) -> Any:
    """Make one's support be as wanted: yes or no."""
    # By person: a whole hall may sit behind one address.
    keep_pace(RATE, "support", actor(), _("Vent et minutt og prøv igjen."))
    wanted = request.form.get("wanted")
    if wanted not in ("yes", "no"):
        raise Invalid(_("Si om du vil støtte eller trekke støtten."))
    # The transaction expires what was read before it; the town must not be read again for its name.
    town, place, key = g.municipality.slug, Place(g.municipality.id, number), _key()
    state = once(key, actor(), set_support, place, wanted=wanted == "yes", by=me())
    if wants_json():
        return json_response(state)
    said = _("Støtten din er registrert.") if state["supported"] else _("Støtten er trukket.")
    flash(said, "success")
    here = link(f"{state['kind']}s.show", town=town, number=number)
    return redirect(safe_next(request.form.get("next")) or here, 303)


def _key() -> str:
    try:
        return clean(request.form.get("key", ""))[:64]
    except ValueError:
        raise Invalid(_("Skjemaet er ugyldig. Last siden på nytt.")) from None
