"""What follows from facts about contributions: ledger entries and live events."""

from __future__ import annotations

from ..core.transaction import post, together_with
from ..ledger.record import Decision, record
from . import facets, vocabulary
from .facts import Edited, Hidden, Published, Withdrawn
from .letters import write_of_hiding
from .models import Contribution


def subject(contribution: Contribution) -> str:
    """Name a contribution in the ledger."""
    return f"contribution:{contribution.id}"


@together_with(Published)
def enter_publication(fact: Published) -> None:
    """Enter it in the ledger and tell the town's lists and board."""
    c = fact.contribution
    decision = Decision(
        f"{c.kind}.published", subject(c), title=c.title, to_value=c.code,
        details={"source": c.source} if c.source else None,
    )  # fmt: skip
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


@together_with(Hidden)
def tell_author(fact: Hidden) -> None:
    """Tell its author by mail, once: the act itself does nothing the second time."""
    write_of_hiding(fact)


# Counts come after the ledger, whose head is the town's lock: no two transactions meet there.


@together_with(Published)
def count_in(fact: Published) -> None:
    """Let it be found: by filters and by its words."""
    _count(fact.contribution, shown=True)


@together_with(Edited)
def count_anew(fact: Edited) -> None:
    """Let it be found by what it says now, if it is shown at all."""
    c, before = fact.contribution, fact.before
    if facets.is_shown(c):
        facets.recount(c, before.facets, facets.facets_of(c))
        vocabulary.recount(c.municipality_id, before.stems, c.text.stems)


@together_with(Withdrawn)
def count_out(fact: Withdrawn) -> None:
    """Let it be found no more."""
    if fact.contribution.hidden_at is None:
        _count(fact.contribution, shown=False)


@together_with(Hidden)
def count_out_or_in(fact: Hidden) -> None:
    """Let it be found no more while it is hidden."""
    if fact.contribution.withdrawn_at is None:
        _count(fact.contribution, shown=fact.contribution.hidden_at is None)


def _count(c: Contribution, *, shown: bool) -> None:
    found, stems = facets.facets_of(c), c.text.stems
    facets.recount(c, *(((), found) if shown else (found, ())))
    vocabulary.recount(c.municipality_id, *(("", stems) if shown else (stems, "")))
