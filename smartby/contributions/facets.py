"""How many contributions a town shows under each filter: counted by delta as they change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from sqlalchemy import text

from ..extensions import db
from .models import Contribution

ALL, STAGE, PRINCIPLE, GOAL = "all", "stage", "principle", "goal"
Facet = tuple[str, int]
COUNT = text(
    "INSERT INTO facet_count (municipality_id, kind, facet, value, count)"
    " VALUES (:town, :kind, :facet, :value, :change)"
    " ON CONFLICT (municipality_id, kind, facet, value)"
    " DO UPDATE SET count = facet_count.count + excluded.count"
)


def is_shown(contribution: Contribution) -> bool:
    """Tell whether lists show it: what is hidden or withdrawn, they do not."""
    return contribution.hidden_at is None and contribution.withdrawn_at is None


def facets_of(contribution: Contribution) -> list[Facet]:
    """Return every filter that finds the contribution."""
    stage = [] if contribution.stage_id is None else [(STAGE, contribution.stage_id)]
    ties = [(PRINCIPLE, n) for n in contribution.principles] + [
        (GOAL, n) for n in contribution.goals
    ]
    return [(ALL, 0), *stage, *ties]


def recount(contribution: Contribution, gone: Iterable[Facet], come: Iterable[Facet]) -> None:
    """Count a contribution out under some filters and in under others; in a transaction."""
    changes = Counter(come)
    changes.subtract(Counter(gone))
    add(contribution.municipality_id, contribution.kind, changes)


def add(town: int, kind: str, changes: Counter[Facet]) -> None:
    """Add to a town's counts; always in the same order, so that two at once do not entangle."""
    rows: list[dict[str, Any]] = [
        {"town": town, "kind": kind, "facet": facet, "value": value, "change": change}
        for (facet, value), change in sorted(changes.items())
        if change
    ]
    if rows:
        db.session.execute(COUNT, rows)
