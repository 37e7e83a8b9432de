"""The principles, for a town."""

from __future__ import annotations

from flask import Blueprint, render_template

from ..core.access import public

bp = Blueprint("principles", __name__)
blueprints = (bp,)


@bp.get("/principles")
@public
def index() -> str:
    """Explain what a smart place is, and the eight principles."""
    return render_template("principles/index.html")
