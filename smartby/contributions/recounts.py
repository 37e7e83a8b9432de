"""Recount what lists and search count by delta: for `flask check`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import bindparam, select, text

from ..extensions import db
from .models import Contribution, ContributionText, SearchWord

C, TEXT, WORD = Contribution.__table__, ContributionText.__table__, SearchWord.__table__
BATCH = 2_000
COUNTED = (
    "SELECT c.municipality_id, c.kind, '{facet}' AS facet, {value} AS value, count(*) AS n"
    " FROM contribution c {join} WHERE c.hidden_at IS NULL AND c.withdrawn_at IS NULL"
    " AND {value} IS NOT NULL GROUP BY c.municipality_id, c.kind, {value}"
)
TIES = "JOIN contribution_{facet} t ON t.contribution_id = c.id"
FACETS = " UNION ALL ".join(
    (
        COUNTED.format(facet="all", value="c.id * 0", join=""),
        COUNTED.format(facet="stage", value="c.stage_id", join=""),
        *(
            COUNTED.format(facet=facet, value=f"t.{facet}_id", join=TIES.format(facet=facet))
            for facet in ("principle", "goal")
        ),
    )
)
STORED = text("SELECT municipality_id, kind, facet, value, count FROM facet_count WHERE count <> 0")
SHOWN = (
    select(C.c.id, C.c.municipality_id, TEXT.c.stems)
    .join(TEXT, TEXT.c.contribution_id == C.c.id)
    .where(C.c.id > bindparam("after"), C.c.hidden_at.is_(None), C.c.withdrawn_at.is_(None))
    .order_by(C.c.id)
    .limit(BATCH)
)
VOCABULARY = select(WORD.c.stem, WORD.c.count).where(WORD.c.municipality_id == bindparam("town"))


def wrong_facets() -> Iterator[str]:
    """Say which filters' counts differ from the contributions that there are."""
    stored = {tuple(row[:4]): row[4] for row in _rows(STORED)}
    right = {tuple(row[:4]): row[4] for row in _rows(text(FACETS))}
    for key in sorted(stored.keys() | right.keys()):
        if stored.get(key, 0) != right.get(key, 0):
            town, kind, facet, value = key
            what = f"{kind}s of municipality {town} under {facet} {value}"
            yield f"{what}: {stored.get(key, 0)} counted, there are {right.get(key, 0)}"


def wrong_words() -> Iterator[str]:
    """Say which words of a town's vocabulary occur otherwise in its texts."""
    right: dict[int, Counter[str]] = defaultdict(Counter)
    after = 0
    while rows := db.session.execute(SHOWN, {"after": after}).all():
        for row in rows:
            right[row.municipality_id].update(row.stems.split())
        after = rows[-1].id
    towns = set(right) | set(db.session.scalars(select(WORD.c.municipality_id).distinct()))
    for town in sorted(towns):
        stored = dict(map(tuple, db.session.execute(VOCABULARY, {"town": town})))
        for stem in sorted(stored.keys() | right[town].keys()):
            if stored.get(stem, 0) != right[town][stem]:
                what = f"word {stem} of municipality {town}"
                yield f"{what}: {stored.get(stem, 0)} counted, there are {right[town][stem]}"


def _rows(statement: Any) -> Any:
    return db.session.execute(statement).all()
