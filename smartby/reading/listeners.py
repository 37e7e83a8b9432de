"""What follows for an open page when a stage allows other things than the one before."""

from __future__ import annotations

from ..core.transaction import post, together_with
from ..pipeline.facts import StageMoved

ALLOWANCES = ("allows_support", "allows_comment")


@together_with(StageMoved)
def read_page_anew(fact: StageMoved) -> None:
    """Have open pages read anew when support or talk opens or closes: their controls are others."""
    before, after, number = fact.source, fact.target, fact.contribution.id
    if any(getattr(before, name, None) != getattr(after, name) for name in ALLOWANCES):
        post(f"contribution:{number}", "contribution.changed", id=number)
