"""Which facts change a town's figures; open front pages are told so."""

from __future__ import annotations

from typing import Any

from ..contributions.facts import Edited, Hidden, Published, Withdrawn
from ..contributions.models import Contribution
from ..core.transaction import post, together_with
from ..pipeline.facts import Answered, StageMoved
from .figures import stream

FACTS: tuple[type[Any], ...] = (Published, Edited, Hidden, Withdrawn, StageMoved, Answered)


def tell_of_figures(fact: Any) -> None:
    """Tell that the town's figures may be others now."""
    changed: Contribution = fact.contribution
    if changed.kind == "idea":
        town = changed.municipality_id
        post(stream(town), "figures.changed", town=town)


for each in FACTS:
    together_with(each)(tell_of_figures)
