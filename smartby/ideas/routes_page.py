"""An idea's page over HTTP."""

from __future__ import annotations

from typing import Any

from flask import g, render_template, url_for
from flask_babel import lazy_gettext as _l

from ..core.access import allows, me
from ..core.kept import kept
from ..pipeline.taking_part import Place
from ..reading.page import read_own, read_page
from ..reading.routes_page import Deed, asked_for, shown
from .page import IDEA

DEEDS = (
    Deed("ideas.edit", "ideas.edit", _l("Endre ideen"), "pencil"),
    Deed("pipeline.new_move", "moves.make", _l("Flytt ideen"), "move"),
    Deed("answers.new", "answers.give", _l("Gi et offisielt svar"), "town"),
    Deed("contributions.withdraw", "contributions.withdraw", _l("Trekk ideen tilbake"), "close"),
    Deed("contributions.hide", "contributions.hide", _l("Skjul ideen"), "eye-off"),
)


@kept
@allows("town.see")
def show(number: int) -> str:
    """Show an idea: where it stands, its words, answers, discussion and timeline."""
    person = me()
    page = read_page(IDEA, Place(g.municipality.id, number), asked_for(), person)
    own = read_own(person, [number], page.talk.numbers)
    challenge = _challenge(page.row)
    return render_template("ideas/show.html", challenge=challenge, **shown(page, own, DEEDS))


def _challenge(idea: Any) -> str:
    """Return where the challenge is that the idea answers, if anybody may know of it."""
    if idea.challenge_id is None or idea.challenge_hidden_at is not None:
        return ""
    return url_for("challenges.show", number=idea.challenge_id)
