"""The list of ideas over HTTP."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from flask import g, render_template, request
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy import Row

from ..contributions.cards import cards_html
from ..contributions.codes import named_by
from ..contributions.listing import Sort
from ..contributions.trending import Explanation, explain
from ..core.access import Person, allows, me
from ..core.errors import NotFound
from ..core.kept import kept
from ..core.live import followed
from ..core.templating import path
from ..pipeline.queries import pipeline_seen
from ..votes.queries import supported_among
from .chosen import Boxes, fitting, heading, removals
from .filters import wish_of
from .listing import Found, read_list


@kept
@allows("town.see")
def index() -> str:
    """List the town's ideas."""
    town, person, pipeline = g.municipality, me(), pipeline_seen(g.municipality.id)
    found = read_list(town.id, wish_of(request.args, pipeline), pipeline, person.id)
    wish = found.wish
    named = named_by(town, wish.q)
    if named.ideas:
        found = found.only(named.ideas)
    boxes = Boxes(wish, found, pipeline)
    mine = _supported(found, bool(named.ideas), person)
    cards = cards_html(found.rows, town=town.slug, stages=pipeline, supported=mine)
    return render_template(
        "ideas/index.html",
        found=found,
        named=named,
        wish=wish,
        boxes=boxes,
        heading=heading(found.count, found.more, bool(wish.q)),
        removals=tuple(
            (words, path("ideas.index", **left)) for words, left in removals(wish, boxes)
        ),
        newest=path("ideas.index", **wish.address | {"sort": Sort.NEWEST.value}),
        ends=_ends(found),
        streams=followed(found.around.streams),
        fits=fitting(wish, pipeline.stages),
        cards=Markup("\n").join(cards),
        why=path("ideas.why", **_this_page(found)) if _by_activity(found) else "",
    )


@kept
@allows("town.see")
def why() -> str:
    """Say of each idea on a page of the list why it stands where it does."""
    town, pipeline = g.municipality, pipeline_seen(g.municipality.id)
    found = read_list(town.id, wish_of(request.args, pipeline), pipeline, None)
    if not _by_activity(found):
        raise NotFound(_("Vi finner ikke det du leter etter."))
    return render_template(
        "ideas/why.html",
        reasons=_reasons(found),
        back=path("ideas.index", **_this_page(found)),
    )


def _supported(found: Found, named: bool, person: Person) -> Collection[int]:
    if named:
        return supported_among(person, [row.id for row in found.rows])
    return {row.id for row in found.rows if row.mine} if person.is_authenticated else ()


def _ends(found: Found) -> dict[str, Any]:
    address = found.wish.address
    ends = {"previous": ("before", found.previous), "next": ("after", found.following)}
    return {
        end: path("ideas.index", **(address | {name: cursor})) if cursor else None
        for end, (name, cursor) in ends.items()
    }


def _this_page(found: Found) -> dict[str, Any]:
    place = {end: request.args[end] for end in ("before", "after") if end in request.args}
    return found.wish.address | place


def _by_activity(found: Found) -> bool:
    """Tell whether the list's order is one that the cards alone do not explain."""
    return found.wish.sort is Sort.TRENDING and bool(found.rows)


def _reasons(found: Found) -> list[tuple[Row[Any], Explanation]]:
    facts = ((row, row.support_count, row.comment_count, row.published_at) for row in found.rows)
    return [(row, explain(*numbers)) for row, *numbers in facts]
