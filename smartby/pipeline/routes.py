"""Moves and answers over HTTP; the board."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ..contributions.models import Contribution
from ..core.access import actor, allows, me
from ..core.error_pages import wants_json
from ..core.errors import Invalid
from ..core.idempotency import once
from ..core.links import safe_next
from ..core.routes import json_response
from ..municipalities.tenancy import town_blueprint
from .actions import advance
from .queries import pipeline_of

bp = town_blueprint("pipeline", __name__)
blueprints = (bp,)


@bp.get("/board")
@allows("board.see")
def board() -> str:
    """Show the pipeline as columns."""
    return render_template("pipeline/board.html", pipeline=pipeline_of(g.municipality.id))


@bp.post("/contributions/<int:number>/moves")
@allows("moves.make", Contribution)
def move(contribution: Contribution) -> Any:
    """Move a contribution to another stage."""
    try:
        to_id, seen_id = int(request.form["to"]), int(request.form["seen"])
    except (KeyError, ValueError) as error:
        raise Invalid(_("Velg hvor kortet skal.")) from error
    reason = request.form.get("reason", "")[:2000]
    key = request.form.get("key", "")
    once(key, actor(), advance, contribution, to_id=to_id, seen_id=seen_id, reason=reason, by=me())
    if wants_json():
        return json_response({"stage": to_id})
    flash(_("Flyttet."), "success")
    here = url_for(f"{contribution.kind}s.show", number=contribution.id)
    return redirect(safe_next(request.form.get("next")) or here, 303)
