"""The words a town uses: counted as texts change, and what misspelt words are corrected to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import bindparam, func, select, text

from ..core.stemming import Word, correct
from ..extensions import db
from .models import SearchWord
from .search import Term, looked_up

WORD = SearchWord.__table__
COUNT = text(
    "INSERT INTO search_word (municipality_id, stem, count) VALUES (:town, :stem, :change)"
    " ON CONFLICT (municipality_id, stem) DO UPDATE SET count = search_word.count + excluded.count"
)
# A word that no text has any more must not be suggested: it may come from a hidden one.
FORGET = text(
    "DELETE FROM search_word WHERE municipality_id = :town AND stem = :stem AND count <= 0"
)
# Words that stand in the index by a synonym's stem are corrected to that, however short: ly, gat.
SHORTEST, MOST = 2, 50_000
KNOWN = select(WORD.c.stem, WORD.c.count).where(
    WORD.c.municipality_id == bindparam("town"), WORD.c.stem.in_(bindparam("stems", expanding=True))
)
NEAR = select(WORD.c.stem, WORD.c.count).where(
    WORD.c.municipality_id == bindparam("town"),
    func.length(WORD.c.stem) >= bindparam("shortest"),
    WORD.c.count > 0,
)
NEAREST = NEAR.limit(MOST)
BEGINNING = NEAR.where(
    func.substr(WORD.c.stem, 1, 1).in_(bindparam("letters", expanding=True))
).limit(MOST)


def recount(town: int, gone: str, come: str) -> None:
    """Take the stems of one text out of a town's vocabulary and put another's in."""
    changes = Counter(come.split())
    changes.subtract(Counter(gone.split()))
    add(town, changes)


def add(town: int, changes: Counter[str]) -> None:
    """Add to a town's vocabulary; always in the same order, so that two at once do not entangle."""
    rows: list[dict[str, Any]] = [
        {"town": town, "stem": stem, "change": change}
        for stem, change in sorted(changes.items())
        if change
    ]
    if rows:
        db.session.execute(COUNT, rows)
    fewer = [{"town": town, "stem": row["stem"]} for row in rows if row["change"] < 0]
    if fewer:
        db.session.execute(FORGET, fewer)


def used(town: int, terms: Sequence[Term]) -> dict[str, int]:
    """Return how often a town uses those words that it does use, by their stems."""
    found = db.session.execute(KNOWN, {"town": town, "stems": looked_up(terms)})
    return {row.stem: row[1] for row in found}


def corrected(
    town: int, strange: Collection[Word], *, beginning_alike: bool = False
) -> dict[str, Word]:
    """Return what misspelt words probably are, by their stems: the nearest that the town uses.

    With `beginning_alike` only words that begin alike are read: for each pause in typing.
    """
    if not strange:
        return {}
    asked: dict[str, Any] = {"town": town, "shortest": SHORTEST}
    if beginning_alike:
        asked["letters"] = sorted({word.stem[0] for word in strange})
    rows = db.session.execute(BEGINNING if beginning_alike else NEAREST, asked)
    vocabulary = {row.stem: row[1] for row in rows}
    begun = {word for word in strange if any(known.startswith(word.stem) for known in vocabulary)}
    right = {word.stem: correct(word, vocabulary) for word in strange if word not in begun}
    return {wrong: word for wrong, word in right.items() if word}
