"""How a workshop's page and the list of workshops change while they are read."""

from __future__ import annotations

from collections.abc import Iterable

from ..core.access import Person, can
from ..core.live import Op, audience, shows
from ..extensions import db
from .models import Workshop
from .page import facts_html, gathering_of, programme_html
from .seats import outcome


@audience("workshop")
def workshop_audience(person: Person, rest: str) -> bool:
    """Whoever may see the workshop."""
    if not rest.isdecimal() or len(rest) > 9:
        return False
    found = db.session.get(Workshop, int(rest))
    return found is not None and can("workshops.see", found, person)


@shows("workshop.changed", totals=True)
def workshop_changed(id: int) -> Iterable[Op]:  # noqa: A002
    """Show when, where, for how many, and the programme as they are now."""
    found = db.session.get(Workshop, id)
    if found is None:
        return []
    gathering = gathering_of(found)
    return [
        {"op": "set", "target": f"workshop-title-{id}", "value": found.title},
        {"op": "replace", "target": f"gathering-{id}", "html": str(facts_html(gathering))},
        {"op": "replace", "target": f"programme-{id}", "html": str(programme_html(gathering))},
    ]


@shows("seat.given")
def seat_given(id: int) -> Iterable[Op]:  # noqa: A002
    """Tell somebody who waited, on their own page, that they have a seat."""
    return [{"op": "set", "target": f"own-seat-{id}", "value": outcome("seated")}]


@shows("workshop.announced")
def workshop_announced(id: int) -> Iterable[Op]:  # noqa: A002
    """Let the list say that there is a new workshop, without moving what is read."""
    return [{"op": "waiting", "target": "new-workshops", "value": str(id)}]
