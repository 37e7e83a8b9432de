"""What follows when an idea moves: the lists' counts, and its page when it allows other things."""

from __future__ import annotations

from ..contributions import facets
from ..core.transaction import post, together_with
from ..pipeline.facts import StageMoved

ALLOWANCES = ("allows_support", "allows_comment")


@together_with(StageMoved)
def read_page_anew(fact: StageMoved) -> None:
    """Have open pages read anew when support or talk opens or closes: their controls are others."""
    before, after, number = fact.source, fact.target, fact.contribution.id
    if any(getattr(before, name, None) != getattr(after, name) for name in ALLOWANCES):
        post(f"contribution:{number}", "contribution.changed", id=number)


@together_with(StageMoved)
def count_at_its_stage(fact: StageMoved) -> None:
    """Count it where it stands now, if lists show it."""
    if facets.is_shown(fact.contribution):
        gone = [(facets.STAGE, fact.source.id)] if fact.source else []
        facets.recount(fact.contribution, gone, [(facets.STAGE, fact.target.id)])
