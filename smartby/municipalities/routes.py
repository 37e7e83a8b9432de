"""A town's settings."""

from __future__ import annotations

from flask import render_template

from ..core.access import allows
from .tenancy import town_blueprint

bp = town_blueprint("municipalities", __name__)
blueprints = (bp,)


@bp.get("/settings")
@allows("town.edit")
def settings() -> str:
    """Show the town's settings."""
    return render_template("municipalities/settings.html")
