"""A challenge's page over HTTP."""

from __future__ import annotations

from flask import g, render_template
from flask_babel import lazy_gettext as _l

from ..contributions.cards import cards_html
from ..core.access import allows, me
from ..core.kept import kept
from ..pipeline.graph import pipeline_seen
from ..pipeline.taking_part import Place
from ..reading.page import read_own, read_page
from ..reading.routes_page import Deed, asked_for, shown
from .calls import call_html, call_of
from .page import CHALLENGE, ideas_for, unit_of

DEEDS = (
    Deed("challenges.edit", "challenges.edit", _l("Endre utfordringen"), "pencil"),
    Deed("answers.new", "answers.give", _l("Gi et offisielt svar"), "town"),
    Deed(
        "contributions.withdraw",
        "contributions.withdraw",
        _l("Trekk utfordringen tilbake"),
        "close",
    ),
    Deed("contributions.hide", "contributions.hide", _l("Skjul utfordringen"), "eye-off"),
)


@kept
@allows("town.see")
def show(number: int) -> str:
    """Show a challenge: its question and times, the ideas that answer it, its discussion."""
    town, person = g.municipality, me()
    slug = town.slug
    page = read_page(CHALLENGE, Place(town.id, number), asked_for(), person)
    ideas = ideas_for(number)
    own = read_own(person, [number, *(idea.id for idea in ideas)], page.talk.numbers)
    stages = pipeline_seen(town.id) if ideas else None
    call = call_of(page.row, slug, unit_of(page.row))
    beside = {f"contribution:{idea.id}": idea.stream or 0 for idea in ideas}
    return render_template(
        "challenges/show.html",
        call=call,
        call_html=call_html(call),
        cards=cards_html(ideas, town=slug, stages=stages, supported=own.supported),
        **shown(page, own, DEEDS, beside),
    )
