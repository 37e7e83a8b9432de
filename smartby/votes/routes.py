"""Supporting over HTTP: by script or by a plain form."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ..contributions.models import Contribution
from ..core.access import actor, allows, me
from ..core.error_pages import wants_json
from ..core.errors import Invalid
from ..core.idempotency import once
from ..core.links import safe_next
from ..core.routes import json_response
from ..extensions import limiter
from ..municipalities.tenancy import town_blueprint
from .actions import set_support

bp = town_blueprint("votes", __name__)
blueprints = (bp,)


@bp.get("/contributions/<int:number>/support")
@allows("support.ask", Contribution)
def show(contribution: Contribution) -> str:
    """Ask for the press of the button: where one lands after signing in to support."""
    return render_template("votes/show.html", contribution=contribution)


@bp.post("/contributions/<int:number>/support")
@limiter.limit("60/minute")
@allows("support.give", Contribution)
def update(contribution: Contribution) -> Any:
    """Make one's support be as wanted: yes or no."""
    wanted = request.form.get("wanted")
    if wanted not in ("yes", "no"):
        raise Invalid(_("Si om du vil støtte eller trekke støtten."))
    key = request.form.get("key", "")
    state = once(key, actor(), set_support, contribution, wanted=wanted == "yes", by=me())
    if wants_json():
        return json_response(state)
    flash(_("Takk. Støtten din er registrert.") if state["supported"] else _("Støtten er trukket."), "success")
    here = url_for(f"{contribution.kind}s.show", number=contribution.id)
    return redirect(safe_next(request.form.get("next")) or here, 303)

