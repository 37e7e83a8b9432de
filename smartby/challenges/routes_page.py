"""A challenge's page over HTTP."""

from __future__ import annotations

from flask import render_template

from ..contributions.models import Contribution
from ..core.access import allows


@allows("contributions.see", Contribution)
def show(contribution: Contribution) -> str:
    """Show a challenge."""
    return render_template("challenges/show.html", challenge=contribution)
