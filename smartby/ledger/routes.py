"""The town's public log."""

from __future__ import annotations

from flask import render_template

from ..core.access import allows
from ..municipalities.tenancy import town_blueprint

bp = town_blueprint("ledger", __name__)
blueprints = (bp,)


@bp.get("/log")
@allows("town.see")
def log() -> str:
    """Show the ledger."""
    return render_template("ledger/log.html")
