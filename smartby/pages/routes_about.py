"""How it works, privacy, cookies and accessibility: for a town, and for the whole of smartby."""

from __future__ import annotations

from flask import Blueprint, current_app, g, render_template

from ..accounts.sessions import CITIZEN, STAFF
from ..contributions.trending import COMMENT_WEIGHT, TENFOLD
from ..core.access import public
from ..core.fragments import language
from ..municipalities.roles import role_tasks
from ..municipalities.tenancy import town_blueprint
from ..pipeline.queries import pipeline_seen, stage_name
from ..pipeline.shipped import read
from .inventory import inventory

bp = town_blueprint("pages", __name__)
national_bp = Blueprint("national", __name__, url_prefix="/")


@bp.get("/about")
@national_bp.get("/about")
@public
def about() -> str:
    """Explain the way of an idea, the rules, the roles, and how lists are sorted."""
    return render_template(
        "pages/about.html",
        steps=_steps(),
        roles=role_tasks(),
        comment_weight=COMMENT_WEIGHT,
        tenfold_days=TENFOLD // 86_400,
    )


@bp.get("/privacy")
@national_bp.get("/privacy")
@public
def privacy() -> str:
    """Say what is kept about people, why, on what legal basis, and for how long."""
    return render_template("pages/privacy.html", inventory=inventory())


@bp.get("/cookies")
@national_bp.get("/cookies")
@public
def cookies() -> str:
    """List the cookies."""
    return render_template(
        "pages/cookies.html",
        name=current_app.config["SESSION_COOKIE_NAME"],
        idle_days=CITIZEN[0].days,
        staff_minutes=STAFF[0].seconds // 60,
        known_days=current_app.permanent_session_lifetime.days,
    )


@bp.get("/accessibility")
@national_bp.get("/accessibility")
@public
def accessibility() -> str:
    """Say how accessible the pages are, and where to tell of a barrier."""
    return render_template("pages/accessibility.html")


def _steps() -> list[tuple[str, str, int | None]]:
    """Return stages as (name, kind, days): the town's own, else those smartby comes with."""
    lang = language()
    if g.municipality is None:
        rows = read()["stages"]
        return [(row[lang], row["kind"], row.get("target_days")) for row in rows]
    stages = pipeline_seen(g.municipality.id).stages
    return [(stage_name(s, lang), s.kind, s.target_days) for s in stages if not s.archived_at]
