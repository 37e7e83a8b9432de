"""Read every text anew into the search index: after the words that search knows were changed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, bindparam, select, update

from ..core.transaction import perform
from ..extensions import db
from . import vocabulary
from .models import Contribution, ContributionText
from .search import stems_of

C, TEXT = Contribution.__table__, ContributionText.__table__
BATCH = 500
NEXT: Select[Any] = (
    select(
        C.c.id, C.c.municipality_id, C.c.title, C.c.place, C.c.lang, C.c.hidden_at,
        C.c.withdrawn_at, TEXT.c.body, TEXT.c.stems,
    )
    .join(TEXT, TEXT.c.contribution_id == C.c.id)
    .where(C.c.id > bindparam("after"))
    .order_by(C.c.id)
    .limit(BATCH)
    .with_for_update()
)  # fmt: skip
WRITE = (
    update(TEXT)  # type: ignore[arg-type]
    .where(TEXT.c.contribution_id == bindparam("number"))
    .values(stems=bindparam("new"))
)


def rebuild() -> int:
    """Read all texts anew, a batch in each transaction; return how many are found otherwise now."""
    changed, last = 0, 0
    while True:
        found, last = perform(_read_batch, last)
        changed += found
        if not last:
            return changed


def _read_batch(after: int) -> tuple[int, int]:
    rows = db.session.execute(NEXT, {"after": after}).all()
    changes = []
    for row in rows:
        new = stems_of(row.title, row.place, row.body, row.lang)
        if new == row.stems:
            continue
        changes.append({"number": row.id, "new": new})
        if row.hidden_at is None and row.withdrawn_at is None:
            vocabulary.recount(row.municipality_id, row.stems, new)
    if changes:
        db.session.execute(WRITE, changes)
    return len(changes), rows[-1].id if rows else 0
