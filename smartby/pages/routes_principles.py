"""What a smart place is, and a page for each principle: for a town and for all towns."""

from __future__ import annotations

from typing import Any

from flask import g, render_template, request
from flask_babel import gettext as _
from sqlalchemy import Row

from ..core.access import me, public
from ..core.errors import NotFound
from ..core.fragments import language
from ..core.pagination import Cursor, decode, encode
from ..municipalities.tenancy import town_blueprint
from ..principles.reference import About, about_principle, definition, goals, principles, values
from .figures import Figures, figures_of, national_figures
from .queries import PAGE, placed, with_principle
from .routes_about import national_bp

bp = town_blueprint("principles", __name__)


@bp.get("/principles")
@national_bp.get("/principles", endpoint="principles")
@public
def index() -> str:
    """Explain what a smart place is: the definition, the values and the eight principles."""
    lang = language()
    return render_template(
        "principles/index.html",
        definition=definition(),
        values=values(lang),
        principles=principles(lang),
        goals=goals(lang),
        figures=_figures(),
    )


@bp.get("/principles/<int:number>")
@national_bp.get("/principles/<int:number>", endpoint="principle")
@public
def show(number: int) -> str:
    """Show a principle: what it asks for, how many ideas it has and where they stand."""
    found = about_principle(number, language())
    if found is None:
        raise NotFound(_("Vi finner ikke det du leter etter."))
    town = g.municipality.id if g.municipality else None
    rows = with_principle(number, town, decode(request.args.get("after")))
    return render_template(
        "principles/show.html",
        principle=found,
        kinds=_figures().principles.get(number, {}),
        cards=placed(rows[:PAGE], me()),
        later=_cursor(rows[:PAGE]) if len(rows) > PAGE else "",
    )


@bp.app_template_global("principles_in_words")
def principles_in_words() -> list[About]:
    """Return the eight principles in the language of the page."""
    return principles(language())


def _figures() -> Figures:
    return figures_of(g.municipality.id) if g.municipality else national_figures()


def _cursor(rows: list[Row[Any]]) -> str:
    return encode(Cursor(rows[-1].published_at.timestamp(), rows[-1].id))
