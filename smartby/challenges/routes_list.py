"""The list of challenges over HTTP."""

from __future__ import annotations

from flask import render_template

from ..core.access import allows


@allows("town.see")
def index() -> str:
    """List the town's challenges."""
    return render_template("challenges/index.html")
