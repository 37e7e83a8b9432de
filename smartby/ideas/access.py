"""Who may publish and edit ideas; how one is found by number."""

from __future__ import annotations

from ..contributions.access import author, find_contribution
from ..core.access import Person, blocked, finder, rule, signed_in
from ..pipeline.access import stage_allows
from .models import Idea

rule("ideas.publish", signed_in & ~blocked)
rule("ideas.edit", author & stage_allows("edit") & ~blocked)


@finder(Idea)
def find_idea(number: int, person: Person) -> Idea | None:
    """Find an idea in this town that this person may know of."""
    found = find_contribution(number, person)
    return found if isinstance(found, Idea) else None
