"""Front pages, and the pages about the place itself."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, session
from sqlalchemy import select

from ..config import LANGUAGES
from ..core.access import allows, public
from ..core.links import safe_next
from ..extensions import db
from ..municipalities.models import Municipality
from ..municipalities.tenancy import town_blueprint

bp = town_blueprint("pages", __name__)
national_bp = Blueprint("national", __name__)
preferences_bp = Blueprint("preferences", __name__)
blueprints = (bp, national_bp, preferences_bp)

THEMES = ("light", "dark", "auto")


@national_bp.get("/")
@public
def index() -> str:
    """Show the open towns."""
    query = select(Municipality).where(Municipality.closed_at.is_(None)).order_by(Municipality.name)
    return render_template("pages/national.html", towns=list(db.session.scalars(query)))


@bp.get("/")
@allows("town.see")
def town() -> str:
    """Show the town's front page."""
    return render_template("pages/town.html")


@preferences_bp.get("/preferences")
@public
def update() -> Any:
    """Remember the chosen language and appearance in this browser's own cookie; no row is written."""
    if request.args.get("language") in LANGUAGES:
        session["language"] = request.args["language"]
    if request.args.get("theme") in THEMES:
        session["theme"] = request.args["theme"]
    return redirect(safe_next(request.args.get("next")) or "/", 303)


@bp.get("/results")
@allows("town.see")
def results() -> str:
    """Show what became of ideas."""
    return render_template("pages/results.html")


@national_bp.get("/about")
@public
def about() -> str:
    """Explain how it works."""
    return render_template("pages/about.html")


@national_bp.get("/privacy")
@public
def privacy() -> str:
    """Say what is kept about people, and why."""
    return render_template("pages/privacy.html")


@national_bp.get("/cookies")
@public
def cookies() -> str:
    """List the cookies."""
    return render_template("pages/cookies.html")


@national_bp.get("/accessibility")
@public
def accessibility() -> str:
    """Say how accessible the pages are, and where to tell of a barrier."""
    return render_template("pages/accessibility.html")
