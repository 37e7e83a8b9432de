"""What follows from facts about contributions: ledger entries and live events."""

from __future__ import annotations

from ..core.transaction import post, together_with
from ..ledger.record import Decision, record
from .facts import Edited, Hidden, Published, Withdrawn
from .models import Contribution


def subject(contribution: Contribution) -> str:
    """Name a contribution in the ledger."""
    return f"contribution:{contribution.id}"


@together_with(Published)
def enter_publication(fact: Published) -> None:
    """Enter it in the ledger and tell the town's lists and board."""
    c = fact.contribution
    decision = Decision(f"{c.kind}.published", subject(c), title=c.title, to_value=c.code)
    record(c.municipality_id, decision, fact.by)
    post(f"town:{c.municipality_id}", "contribution.published", id=c.id)


@together_with(Edited)
def tell_of_edit(fact: Edited) -> None:
    """Tell open pages; an edit is no decision, its versions are kept beside it."""
    c = fact.contribution
    post(f"contribution:{c.id}", "contribution.edited", id=c.id)


@together_with(Withdrawn)
def enter_withdrawal(fact: Withdrawn) -> None:
    """Enter it in the ledger with its reason."""
    c = fact.contribution
    decision = Decision(f"{c.kind}.withdrawn", subject(c), title=c.title, text=fact.reason)
    record(c.municipality_id, decision, fact.by)
    post(f"contribution:{c.id}", "contribution.changed", id=c.id)


@together_with(Hidden)
def enter_hiding(fact: Hidden) -> None:
    """Enter it in the ledger; the title of what is hidden is not repeated in public."""
    c = fact.contribution
    what = "hidden" if c.hidden_at else "restored"
    record(c.municipality_id, Decision(f"{c.kind}.{what}", subject(c), text=fact.reason), fact.by)
    post(f"contribution:{c.id}", "contribution.changed", id=c.id)
