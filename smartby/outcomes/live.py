"""How what became of a workshop changes while its page is read."""

from __future__ import annotations

from collections.abc import Iterable

from ..core.live import Op, shows
from ..extensions import db
from ..workshops.models import Workshop
from .views import draw_aftermath


@shows("workshop.outcomes", totals=True)
def workshop_outcomes(id: int) -> Iterable[Op]:  # noqa: A002
    """Show what became of it as it stands now."""
    found = db.session.get(Workshop, id)
    if found is None:
        return []
    html = str(draw_aftermath(found))
    return [{"op": "replace", "target": f"aftermath-{id}", "html": html}]
