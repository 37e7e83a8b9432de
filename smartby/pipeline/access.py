"""Who may move and answer; and what the stage allows."""

from __future__ import annotations

from typing import Any

from ..core.access import Person, Rule, blocked, rule
from ..municipalities.access import administrator, staff
from .graph import pipeline_seen


def stage_allows(what: str) -> Rule:
    """Build the predicate: the contribution's stage allows "edit", "support" or "comment"."""

    def test(person: Person, contribution: Any) -> bool:
        if contribution.withdrawn_at is not None or contribution.hidden_at is not None:
            return False
        known = getattr(contribution, f"allows_{what}", None)  # read with the lock
        if known is not None:
            return bool(known)
        stage = pipeline_seen(contribution.municipality_id).stage(contribution.stage_id)
        return stage is None or bool(getattr(stage, f"allows_{what}"))

    return Rule(test, f"the stage allows {what}")


rule("board.see", staff & ~blocked)
rule("moves.make", staff & ~blocked)
rule("owners.give", staff & ~blocked)
rule("answers.give", staff & ~blocked)
rule("pipeline.edit", administrator & ~blocked)
