"""Ideas over HTTP: the list, the page, and writing a new one."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, render_template, request, url_for
from sqlalchemy import bindparam, select

from ..accounts import held
from ..comments.queries import thread
from ..contributions.access import find_contribution
from ..contributions.cards import CARD_COLUMNS, TABLE, cards_html
from ..core.access import actor, allows, me
from ..core.errors import NotFound
from ..core.fragments import language
from ..core.idempotency import once
from ..extensions import db
from ..ledger.queries import timeline
from ..municipalities.tenancy import town_blueprint
from ..pipeline.queries import answers_of, moves_from, pipeline_of
from ..pipeline.standing import standing
from ..votes.queries import supported_among
from .actions import publish_idea
from .forms import IdeaForm
from .models import Idea

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


@bp.get("/ideas/<int:number>")
@allows("town.see")
def show(number: int) -> str:
    """Show an idea: where it stands, its text, answers, discussion and timeline."""
    idea = find_contribution(number, me())
    if not isinstance(idea, Idea):
        raise NotFound
    roles = me().roles_in(idea.municipality_id)
    return render_template(
        "ideas/show.html",
        idea=idea,
        standing=standing(idea),
        answers=answers_of(idea.id),
        moves=moves_from(idea.stage_id, idea.municipality_id, roles),
        comments=thread(idea.id),
        entries=timeline(f"contribution:{idea.id}"),
        supported=bool(supported_among(me(), [idea.id])),
    )


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
