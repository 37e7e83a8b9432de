"""The list of ideas over HTTP."""

from __future__ import annotations

from flask import g, render_template
from sqlalchemy import bindparam, select

from ..contributions.cards import CARD_COLUMNS, TABLE, cards_html
from ..core.access import allows, me
from ..extensions import db
from ..pipeline.graph import pipeline_of
from ..votes.queries import supported_among

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


@allows("town.see")
def index() -> str:
    """List the town's ideas."""
    rows = db.session.execute(NEWEST, {"town": g.municipality.id}).all()
    mine = supported_among(me(), [row.id for row in rows])
    stages = pipeline_of(g.municipality.id)
    cards = cards_html(rows, town=g.municipality.slug, stages=stages, supported=mine)
    return render_template("ideas/index.html", cards=cards)
