"""The list of ideas over HTTP."""

from __future__ import annotations

from typing import Any

from flask import g, render_template, request, url_for
from sqlalchemy import Row

from ..contributions.cards import cards_html
from ..contributions.listing import Sort
from ..contributions.trending import Explanation, explain
from ..core.access import allows, me
from ..core.kept import kept
from ..core.live import followed
from ..pipeline.queries import pipeline_of
from .chosen import choices_of, fitting, heading, removals
from .filters import wish_of
from .listing import Found, read_list


@kept
@allows("town.see")
def index() -> str:
    """List the town's ideas."""
    town, person, pipeline = g.municipality, me(), pipeline_of(g.municipality.id)
    found = read_list(town.id, wish_of(request.args, pipeline), pipeline, person.id)
    wish = found.wish
    choices = choices_of(wish, found.around, pipeline)
    mine = {row.id for row in found.rows if row.mine} if person.is_authenticated else ()
    cards = cards_html(found.rows, town=town.slug, stages=pipeline, supported=mine)
    return render_template(
        "ideas/index.html",
        found=found,
        wish=wish,
        choices=choices,
        heading=heading(found.count, found.more, bool(wish.q)),
        removals=[
            (words, url_for("ideas.index", **left)) for words, left in removals(wish, choices)
        ],
        unfiltered=url_for("ideas.index", **wish.bare().address),
        newest=url_for("ideas.index", **wish.address | {"sort": Sort.NEWEST.value}),
        ends=_ends(found),
        streams=followed(found.around.streams),
        fits=fitting(wish, pipeline.stages),
        cards=cards,
        reasons=_reasons(found),
    )


def _ends(found: Found) -> dict[str, Any]:
    address = found.wish.address
    ends = {"previous": ("before", found.previous), "next": ("after", found.following)}
    return {
        end: url_for("ideas.index", **(address | {name: cursor})) if cursor else None
        for end, (name, cursor) in ends.items()
    }


def _reasons(found: Found) -> list[tuple[Row[Any], Explanation]]:
    """Say of each idea why it stands where it does, when the cards alone do not tell it."""
    if found.wish.sort is not Sort.TRENDING:
        return []
    facts = ((row, row.support_count, row.comment_count, row.published_at) for row in found.rows)
    return [(row, explain(*numbers)) for row, *numbers in facts]
