"""What follows when something comes of a workshop, and when that moves or changes later."""

from __future__ import annotations

from typing import Any

from ..contributions.facts import Edited, Hidden, Withdrawn
from ..core.transaction import post, together_with
from ..pipeline.facts import StageMoved
from . import views  # noqa: F401 - tells the rooms below what it draws
from .facts import Harvested


@together_with(Harvested)
def tell_of_harvest(fact: Harvested) -> None:
    """Tell those who have the workshop's page open."""
    post(f"workshop:{fact.run.id}", "workshop.outcomes", id=fact.run.id)


def tell_the_workshop(fact: Any) -> None:
    """Tell those who have the workshop's page open where its ideas stand now."""
    source: str = fact.contribution.source
    kind, _colon, number = source.partition(":")
    if kind == "workshop":
        post(source, "workshop.outcomes", id=int(number))


for what in (StageMoved, Edited, Hidden, Withdrawn):
    together_with(what)(tell_the_workshop)
