"""Ballots to print: as many as fit on a sheet, for those who vote without a phone."""

from __future__ import annotations

from flask import g, render_template, url_for
from flask_babel import gettext as _

from ..core.access import allows, can
from ..core.errors import NotFound
from ..extensions import db
from ..facilitation.models import Run
from ..facilitation.play import play_of
from ..workshops.models import Activity, Workshop
from ..workshops.programme import step_of
from .actions import Terms
from .counting import Counting
from .items import options_of, titles_of
from .models import Round
from .queries import rounds_of
from .slips import copies_of


@allows("workshops.help", Workshop)
def sheet(workshop: Workshop, step: int) -> str:
    """Draw ballots for a vote of the programme: what its newest round asks, or what is planned."""
    activity = step_of(workshop, step)
    kind = play_of(activity)
    if not isinstance(kind, Counting) or not kind.on_paper:
        raise NotFound(_("Vi finner ikke det du leter etter."))
    rounds = rounds_of(activity)
    titles = titles_of(rounds[-1].items if rounds else kind.items(activity))
    terms = rounds[-1] if rounds else kind.terms(activity)
    lines = kind.slip_lines(titles) if titles else []
    options = options_of(rounds[-1].items).values() if rounds else ()
    return render_template(
        "ballots/sheet.html", workshop=workshop, activity=activity, lines=lines, terms=terms,
        copies=_copies(workshop, activity, kind, terms, lines), back=_back(workshop, step),
        groups=[option for option in options if option.cards],
    )  # fmt: skip


def _copies(
    workshop: Workshop, activity: Activity, kind: Counting, terms: Round | Terms, lines: list[str]
) -> int:
    head = (f"{g.municipality.name} · {workshop.title}", activity.title)
    ends = "".join(str(activity.rules.get(name) or "") for name in ("low_label", "high_label"))
    return copies_of(head, lines, kind.slip_mark(terms), len(ends))


def _back(workshop: Workshop, step: int) -> tuple[str, str] | None:
    """Return where one came from: the step's page for those who plan, else where one types."""
    if can("workshops.edit", workshop):
        return _("Endre punktet"), url_for("workshops.step", number=workshop.id, step=step)
    run = db.session.get(Run, workshop.id)
    if run is None or not can("facilitation.help", run):
        return None
    return _("Stemmesedler på papir"), url_for("ballots.stacks", number=workshop.id)
