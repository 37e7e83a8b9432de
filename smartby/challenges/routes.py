"""Challenges over HTTP."""

from __future__ import annotations

from flask import render_template

from ..core.access import allows
from ..municipalities.tenancy import town_blueprint

bp = town_blueprint("challenges", __name__)
blueprints = (bp,)


@bp.get("/challenges")
@allows("town.see")
def index() -> str:
    """List the town's challenges."""
    return render_template("challenges/index.html")
