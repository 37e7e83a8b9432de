"""Who takes part, for those who lead; and the way out for one who spoils it for others."""

from __future__ import annotations

from flask import render_template

from ..core.access import allows
from .models import Run
from .queries import people

MOST = 500  # on one page; a hall of thousands is not led by names


@allows("facilitation.help", Run)
def index(run: Run) -> str:
    """List who takes part, in the order in which they came."""
    found = people(run, MOST + 1)
    return render_template(
        "facilitation/people.html", run=run, workshop=run.workshop, found=found[:MOST],
        more=len(found) > MOST,
    )  # fmt: skip
