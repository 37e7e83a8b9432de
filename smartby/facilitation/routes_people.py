"""Who takes part, for those who lead; and the way out for one who spoils it for others."""

from __future__ import annotations

from flask import flash, render_template
from flask_babel import gettext as _

from ..core.access import allows
from ..core.errors import NotFound
from ..extensions import db
from .models import Participant, Run
from .presence import those_here
from .queries import people
from .words import spaced

MOST = 500  # on one page; a hall of thousands is not led by names


@allows("facilitation.see_people", Run)
def index(run: Run) -> str:
    """List who takes part, in the order in which they came."""
    found = people(run, MOST + 1)
    return render_template(
        "facilitation/people.html", run=run, workshop=run.workshop, found=found[:MOST],
        more=len(found) > MOST, there=frozenset() if run.closed_at else those_here(run),
    )  # fmt: skip


@allows("facilitation.drive", Run)
def ask_out(run: Run, participant: int) -> str:
    """Ask once more before somebody is shown out: it cannot be taken back."""
    found = db.session.get(Participant, participant)
    if found is None or found.run_id != run.id or found.removed_at is not None:
        raise NotFound(_("Vi finner ikke det du leter etter."))
    return render_template(
        "facilitation/show_out.html", run=run, workshop=run.workshop, participant=found,
        there=those_here(run),
    )  # fmt: skip


def say_who_is_out(run: Run, number: str) -> None:
    """Say on the next page who was shown out, and which code lets people in from now on."""
    found = db.session.get(Participant, int(number)) if number.isdecimal() else None
    if found is None:
        return
    name = found.name or _("Deltaker %(number)s", number=found.number)
    told = _(
        "%(name)s er tatt ut. Den nye koden er %(code)s.", name=name, code=spaced(run.code or "")
    )
    flash(told, "success")
