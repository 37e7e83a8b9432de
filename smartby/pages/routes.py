"""Front pages, what became of ideas, and the choice of language and appearance."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, redirect, render_template, request, session
from sqlalchemy import Row

from ..config import LANGUAGES
from ..contributions.cards import cards_html
from ..core.access import allows, me, public
from ..core.fragments import language
from ..core.kept import kept
from ..core.links import safe_next
from ..core.live import followed, heads
from ..core.pagination import Cursor, decode, encode
from ..municipalities.finding import search_places
from ..municipalities.queries import towns_to_find
from ..pipeline.queries import Pipeline, pipeline_seen, stage_name
from ..votes.queries import supported_among
from .figures import figures_of, shown_figures, stream
from .queries import (
    PAGE,
    cards_by_ids,
    liveliest,
    newest_and_most_supported,
    open_questions,
    realised,
)
from .routes_about import bp, national_bp
from .routes_principles import bp as principles_bp

preferences_bp = Blueprint("preferences", __name__)
blueprints = (bp, national_bp, principles_bp, preferences_bp)

THEMES = ("light", "dark", "auto")


@national_bp.get("/")
@kept
@public
def index() -> str:
    """Say what smartby is, find a municipality, show what is new and what many support."""
    towns, wanted = towns_to_find(), request.args.get("q", "").strip()[:80]
    newest, supported = newest_and_most_supported(me())
    return render_template(
        "pages/national.html",
        towns=[town for town in towns if town.closed_at is None],
        q=wanted,
        found=search_places(wanted, towns),
        newest=newest,
        supported=supported,
    )


@bp.get("/")
@kept
@allows("town.see")
def town() -> str:
    """Show the town's front page: the question, how it goes, and what came of it."""
    here = g.municipality
    ids = liveliest(here.id)
    numbers = heads([stream(here.id), *(f"contribution:{number}" for number in ids)])
    seq = numbers[stream(here.id)]
    mine = supported_among(me(), ids)
    cards = cards_html(
        cards_by_ids(ids), town=here.slug, stages=pipeline_seen(here.id), supported=mine
    )
    questions, asked_by_citizens = open_questions(here.id)
    return render_template(
        "pages/town.html",
        streams=followed(numbers),
        welcome=here.welcome(language()),
        shown=shown_figures(here.id, seq),
        figures=figures_of(here.id, seq),
        cards=cards,
        questions=questions,
        asked_by_citizens=asked_by_citizens,
        built=realised(here.id, 3),
        pipeline=pipeline_seen(here.id),
    )


@bp.get("/results")
@kept
@allows("town.see")
def results() -> str:
    """Show what became of ideas, the newest result first."""
    rows = realised(g.municipality.id, PAGE + 1, decode(request.args.get("after")))
    return render_template(
        "pages/results.html",
        rows=rows[:PAGE],
        pipeline=pipeline_seen(g.municipality.id),
        later=_cursor(rows[:PAGE]) if len(rows) > PAGE else "",
        first_page="after" not in request.args,
    )


@preferences_bp.get("/preferences")
@public
def update() -> Any:
    """Remember language and appearance in this browser's own cookie; no row is written."""
    if request.args.get("language") in LANGUAGES:
        session["language"] = request.args["language"]
    if request.args.get("theme") in THEMES:
        session["theme"] = request.args["theme"]
    return redirect(safe_next(request.args.get("next")) or "/", 303)


@bp.app_template_global("stages_in_words")
def stages_in_words(pipeline: Pipeline) -> list[dict[str, str]]:
    """Return a pipeline's stages for drawing the line, named in the language of the page."""
    lang = language()
    return [
        {"key": s.key, "kind": s.kind, "name": stage_name(s, lang)}
        for s in pipeline.stages
        if not s.archived_at
    ]


def _cursor(rows: list[Row[Any]]) -> str:
    return encode(Cursor(rows[-1].stage_since.timestamp(), rows[-1].id))
