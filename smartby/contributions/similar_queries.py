"""Find what may resemble a text: few candidates by their rarest common stems, then ranked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from sqlalchemy import Integer, Row, Select, TextClause, bindparam, column, select, text

from ..core.stemming import Word, taken_apart, words
from ..extensions import db
from .models import Contribution, ContributionText
from .similar import Candidate, rank
from .vocabulary import corrected

ASKED = 12  # stems whose frequency is looked up
CHOSEN = 6  # the rarest of them, which candidates must share two of
FREQUENT = 2_000  # beyond this a stem tells nothing, and counting stops
CANDIDATES = 150
CORRECTED, STRANGE = 5, 3  # letters of a word that may be misspelt, and how many are looked at
LOOKED_AT = (
    4_000  # hits in all towns, newest first: what an installation full of ideas costs at most
)
HITS = 8
C, TEXT = Contribution.__table__, ContributionText.__table__
COLUMNS = (
    C.c.id, C.c.kind, C.c.title, C.c.lang, C.c.stage_id, C.c.support_count, C.c.municipality_id,
    C.c.withdrawn_at, C.c.hidden_at, TEXT.c.stems,
)  # fmt: skip
FOUND = {
    "sqlite": text("SELECT rowid AS id FROM contribution_fts WHERE contribution_fts MATCH :wanted"),
    "postgresql": text(
        "SELECT contribution_id AS id FROM contribution_text"
        " WHERE to_tsvector('simple', stems) @@ CAST(:wanted AS tsquery)"
    ),
}


def _in_town(found: TextClause) -> Select[Any]:
    # Capped before it is joined: a common pair of words is in tens of thousands of texts.
    every = found.columns(column("id", Integer)).subquery("every")
    hits = select(every.c.id).order_by(every.c.id.desc()).limit(LOOKED_AT).subquery("hits")
    return (
        select(*COLUMNS)
        .join(TEXT, TEXT.c.contribution_id == C.c.id)
        .join(hits, hits.c.id == C.c.id)
        .where(
            C.c.municipality_id == bindparam("town"),
            C.c.hidden_at.is_(None),
            C.c.withdrawn_at.is_(None),
            C.c.id != bindparam("without"),
        )
        .order_by(C.c.id.desc())
        .limit(CANDIDATES)
    )


IN_TOWN = {dialect: _in_town(found) for dialect, found in FOUND.items()}
COUNT = {
    dialect: " UNION ALL ".join(
        f"SELECT {n} AS place, count(*) AS found FROM"  # noqa: S608 - numbers and our own text
        f" (SELECT 1 FROM ({found.text.replace(':wanted', f':stem{n}')}) AS hits"
        f" LIMIT {FREQUENT}) AS counted"
        for n in range(ASKED)
    )
    for dialect, found in FOUND.items()
}
COUNTS = {dialect: text(sql) for dialect, sql in COUNT.items()}


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody is writing, and in which language."""

    title: str
    body: str
    lang: str


def similar_to(town: int, written: Written, *, without: int = 0) -> list[Row[Any]]:
    """Return the visible contributions of a town that resemble a text, the most alike first."""
    typed = f"{written.title}\n{written.body}"[:3000]
    wanted = list(dict.fromkeys(taken_apart(typed, written.lang)))
    if len(wanted) < 2:
        return []
    chosen, strange = _rarest(wanted[:ASKED])
    written_as = {word.stem: word.text for word in words(typed, written.lang)}
    wrong = [Word(written_as.get(stem, stem), stem) for stem in strange]
    right = {stem: word.stem for stem, word in corrected(town, wrong, beginning_alike=True).items()}
    rows = _candidates(town, [*chosen, *right.values()][:CHOSEN], without)
    known = {row.id: row for row in rows}
    candidates = [Candidate(row.id, row.title, row.stems.split()) for row in rows]
    title, body = (
        _put_right(text, written.lang, right)
        for text in (written.title or written.body[:120], written.body)
    )
    ranked = rank(title, body, candidates, written.lang, HITS)
    return [known[match.id] for match in ranked]


def _put_right(text: str, lang: str, right: Mapping[str, str]) -> str:
    """Write the words that are probably meant in the place of misspelt ones."""
    if not right:
        return text
    return " ".join(right.get(word.stem, word.text) for word in words(text, lang))


def _rarest(wanted: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the rarest of the stems that the texts have, and some of those that none has."""
    dialect = db.engine.dialect.name
    # The same number of values each time, so that the statement is the same.
    padded = [*wanted, *[wanted[0]] * (ASKED - len(wanted))]
    values = {f"stem{n}": _quoted(stem, dialect) for n, stem in enumerate(padded)}
    found = {row.place: row.found for row in db.session.execute(COUNTS[dialect], values)}
    known = [(found[n], stem) for n, stem in enumerate(wanted) if found[n]]
    strange = [stem for n, stem in enumerate(wanted) if not found[n] and len(stem) >= CORRECTED]
    return [stem for _count, stem in sorted(known)[:CHOSEN]], strange[:STRANGE]


def _candidates(town: int, chosen: Sequence[str], without: int) -> Sequence[Row[Any]]:
    if not chosen:
        return ()
    dialect = db.engine.dialect.name
    quoted = [_quoted(stem, dialect) for stem in chosen]
    both, either = (" AND ", " OR ") if dialect == "sqlite" else (" & ", " | ")
    pairs = [f"({a}{both}{b})" for a, b in combinations(quoted, 2)] or quoted
    values = {"town": town, "without": without, "wanted": either.join(pairs)}
    return db.session.execute(IN_TOWN[dialect], values).all()


def _quoted(stem: str, dialect: str) -> str:
    # A stem is letters and digits only (core/stemming.py): nothing in it can end the quotes.
    return f'"{stem}"' if dialect == "sqlite" else f"'{stem}'"
