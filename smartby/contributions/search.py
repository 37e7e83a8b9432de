"""Full-text search in a town: what was typed becomes stems, and stems find contributions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, bindparam, cast, column, func, literal_column, select, table
from sqlalchemy.dialects.postgresql import TSQUERY

from ..core.stemming import words
from .models import Contribution, ContributionText

C, TEXT = Contribution.__table__, ContributionText.__table__
MOST_TERMS = 8
# From so many letters on, a stem also finds the longer words that begin with it: sykkelparkering.
SHORTEST_BEGINNING = 4
# Of a word that half the town uses, the newest are searched: ranking all would cost seconds.
MOST_HITS = 1_000
SHOWN = (C.c.hidden_at.is_(None), C.c.withdrawn_at.is_(None))


@dataclass(frozen=True, slots=True)
class Term:
    """A word that is searched for: as typed, and the stems that it has in our languages."""

    text: str
    stems: tuple[str, ...]


def terms_of(typed: str) -> list[Term]:
    """Return the words that carry meaning in what somebody typed."""
    return [
        Term(word.text, tuple(dict.fromkeys((word.stem, *_english(word.text)))))
        for word in words(typed, "nb")[:MOST_TERMS]
    ]


def unknown(terms: Iterable[Term], known: Iterable[str]) -> list[str]:
    """Return the Norwegian stems of the words that none of the town's texts has."""
    vocabulary = set(known)
    return [term.stems[0] for term in terms if vocabulary.isdisjoint(term.stems)]


def put_right(terms: Sequence[Term], right: Mapping[str, str]) -> list[Term]:
    """Put the words that are probably meant in the place of misspelt ones."""
    return [
        Term(right[term.stems[0]], (right[term.stems[0]],)) if term.stems[0] in right else term
        for term in terms
    ]


def spelt(terms: Sequence[Term], texts: Iterable[str]) -> str:
    """Write words that were put right as the texts that they were found in write them."""
    written = {word.stem: word.text for text in texts for word in reversed(words(text, "nb"))}
    return " ".join(written.get(term.text, term.text) for term in terms)


def question(terms: Iterable[Term], town: int, dialect: str) -> str:
    """Write what the database's index is asked: all words, each in any of its forms.

    Stems are letters and figures only, so nothing in them can be read as an operator.
    """
    if dialect == "postgresql":
        return " & ".join(f"({' | '.join(map(_lexeme, term.stems))})" for term in terms)
    asked = " AND ".join(f"({' OR '.join(map(_phrase, term.stems))})" for term in terms)
    return f'municipality_id : "{town}" AND stems : ({asked})'


def hits(dialect: str, kind: str, columns: tuple[Any, ...], *filters: Any) -> Select[Any]:
    """Build the statement for the newest contributions of a kind that match bound :words."""
    query = _in_postgresql(columns) if dialect == "postgresql" else _in_sqlite(columns)
    return query.where(C.c.kind == kind, *SHOWN, *filters).limit(MOST_HITS)


def _in_sqlite(columns: tuple[Any, ...]) -> Select[Any]:
    index = table("contribution_fts", column("rowid"))
    matches = literal_column("contribution_fts").op("MATCH")(bindparam("words"))
    joined = index.join(C, C.c.id == index.c.rowid)
    return select(*columns).select_from(joined).where(matches).order_by(index.c.rowid.desc())


def _in_postgresql(columns: tuple[Any, ...]) -> Select[Any]:
    vector = func.to_tsvector(literal_column("'simple'"), TEXT.c.stems)
    matches = vector.op("@@")(cast(bindparam("words"), TSQUERY))
    # A wall: else the planner may begin at the filters and make each text's vector anew to compare.
    matched = (
        select(TEXT.c.contribution_id)
        .where(matches, TEXT.c.municipality_id == bindparam("town"))
        .cte("matched")
        .prefix_with("MATERIALIZED")
    )
    joined = matched.join(C, C.c.id == matched.c.contribution_id)
    return select(*columns).select_from(joined).order_by(matched.c.contribution_id.desc())


def _english(text: str) -> tuple[str, ...]:
    return tuple(word.stem for word in words(text, "en"))


def _phrase(stem: str) -> str:
    return f'"{stem}" *' if len(stem) >= SHORTEST_BEGINNING else f'"{stem}"'


def _lexeme(stem: str) -> str:
    return f"'{stem}':*" if len(stem) >= SHORTEST_BEGINNING else f"'{stem}'"
