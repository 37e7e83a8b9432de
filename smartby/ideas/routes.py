"""Ideas over HTTP: the list, the page, and writing a new one."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, render_template, request, url_for
from sqlalchemy import bindparam, select

from ..accounts import held
from ..contributions.cards import CARD_COLUMNS, TABLE, cards_html
from ..core.access import actor, allows, me
from ..core.fragments import language
from ..core.idempotency import once
from ..extensions import db
from ..municipalities.tenancy import town_blueprint
from ..pipeline.graph import pipeline_of
from ..votes.queries import supported_among
from .actions import publish_idea
from .forms import IdeaForm
from .routes_page import show

bp = town_blueprint("ideas", __name__)
blueprints = (bp,)

NEWEST = (
    select(*CARD_COLUMNS)
    .where(
        TABLE.c.municipality_id == bindparam("town"),
        TABLE.c.kind == "idea",
        TABLE.c.hidden_at.is_(None),
    )
    .order_by(TABLE.c.published_at.desc(), TABLE.c.id.desc())
    .limit(20)
)


@bp.get("/ideas")
@allows("town.see")
def index() -> str:
    """List the town's ideas."""
    rows = db.session.execute(NEWEST, {"town": g.municipality.id}).all()
    mine = supported_among(me(), [row.id for row in rows])
    stages = pipeline_of(g.municipality.id)
    cards = cards_html(rows, town=g.municipality.slug, stages=stages, supported=mine)
    return render_template("ideas/index.html", cards=cards)


bp.add_url_rule("/ideas/<int:number>", "show", show)


@bp.get("/ideas/new")
@allows("town.see")
def new() -> str:
    """Show the form for a new idea."""
    kept = held.take(request.path)
    form = IdeaForm(kept) if kept else IdeaForm(body=request.args.get("text", ""), lang=language())
    return render_template("ideas/new.html", form=form)


@bp.post("/ideas")
@allows("town.see")  # whoever is not signed in keeps the text; the action asks for the right
def create() -> Any:
    """Publish an idea."""
    form = IdeaForm()
    if not form.validate_on_submit():
        return render_template("ideas/new.html", form=form), 422
    if not me().is_authenticated:
        return held.hold(url_for("ideas.new"), request.form)
    key = form.key.data or ""
    idea = once(key, actor(), publish_idea, g.municipality, form.content(), by=me())
    held.let_go()
    return redirect(url_for("ideas.show", number=idea.id), 303)
