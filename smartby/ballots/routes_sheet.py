"""Ballots to print: as many as fit on a sheet, for those who vote without a phone."""

from __future__ import annotations

from flask import render_template
from flask_babel import gettext as _

from ..core.access import allows
from ..core.errors import NotFound
from ..facilitation.play import play_of
from ..workshops.models import Workshop
from ..workshops.programme import step_of
from .counting import Counting
from .items import titles_of
from .queries import rounds_of

FEW, MORE = 7, 14  # options, so that four or two ballots fit on a sheet of A4


@allows("workshops.help", Workshop)
def sheet(workshop: Workshop, step: int) -> str:
    """Draw ballots for a vote of the programme: what its newest round asks, or what is planned."""
    activity = step_of(workshop, step)
    kind = play_of(activity)
    if not isinstance(kind, Counting) or not kind.on_paper:
        raise NotFound(_("Vi finner ikke det du leter etter."))
    rounds = rounds_of(activity)
    titles = titles_of(rounds[-1].items if rounds else kind.items(activity))
    return render_template(
        "ballots/sheet.html", workshop=workshop, activity=activity, titles=titles,
        terms=rounds[-1] if rounds else kind.terms(activity), copies=_copies(len(titles)),
    )  # fmt: skip


def _copies(many: int) -> int:
    if many <= FEW:
        return 4
    return 2 if many <= MORE else 1
