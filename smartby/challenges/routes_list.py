"""The list of challenges over HTTP."""

from __future__ import annotations

from typing import Any

from flask import g, render_template, request, url_for

from ..contributions.codes import named_by
from ..contributions.wishes import place, typed
from ..core.access import allows
from ..core.clock import now
from ..core.kept import kept
from ..core.live import followed, heads
from .listing import Found, read_list, when
from .models import state_of


@kept
@allows("town.see")
def index() -> str:
    """List the town's challenges: those that take ideas first."""
    town, q = g.municipality.id, typed(request.args)
    way, cursor = place(request.args)
    numbers = heads([f"town:{town}"])
    found = read_list(town, q, way, cursor)
    return render_template(
        "challenges/index.html",
        q=q,
        found=found,
        named=named_by(g.municipality, q),
        first_page=cursor is None,
        ends=_ends(found, q),
        streams=followed(numbers),
        state_of=lambda row: state_of(row, now()),
        when=when,
    )


def _ends(found: Found, q: str) -> dict[str, Any]:
    words: dict[str, Any] = {"q": q} if q else {}
    ends = {"previous": {"before": found.previous}, "next": {"after": found.following}}
    return {
        end: url_for("challenges.index", **(words | cursor)) if all(cursor.values()) else None
        for end, cursor in ends.items()
    }
