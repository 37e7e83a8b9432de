"""How a town's figures change on open front pages."""

from __future__ import annotations

from collections.abc import Iterable

from ..contributions.live import town_audience
from ..core.access import Person
from ..core.live import Op, audience, shows
from .figures import shown_figures


@audience("figures")
def figures_audience(person: Person, rest: str) -> bool:
    """Whoever may follow the town."""
    return town_audience(person, rest)


@shows("figures.changed", totals=True)
def figures_changed(town: int) -> Iterable[Op]:
    """Set the figures as they are now."""
    return [
        {"op": "set", "target": f"figure-{name}-{town}", "value": value}
        for name, value in shown_figures(town)
    ]
