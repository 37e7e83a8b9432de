"""Read every text anew into the search index: after the words that search knows were changed."""

from __future__ import annotations

from sqlalchemy import bindparam, select
from sqlalchemy.orm import contains_eager

from ..core.transaction import perform
from ..extensions import db
from . import vocabulary
from .actions import index
from .facets import is_shown
from .models import Contribution, ContributionText

BATCH = 500
NEXT = (
    select(Contribution)
    .join(ContributionText)
    .options(contains_eager(Contribution.text))
    .where(Contribution.id > bindparam("after"))
    .order_by(Contribution.id)
    .limit(BATCH)
    .with_for_update()
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
    rows = db.session.scalars(NEXT, {"after": after}).all()
    return sum(map(_read_anew, rows)), rows[-1].id if rows else 0


def _read_anew(contribution: Contribution) -> bool:
    text = contribution.text
    before = (text.stems, text.title_stems)
    index(contribution)
    if is_shown(contribution):
        vocabulary.recount(text.municipality_id, before[0], text.stems)
    return before != (text.stems, text.title_stems)
