"""Full-text search in a town: what was typed becomes stems, and stems find contributions."""

from __future__ import annotations

import functools
import operator
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    String,
    bindparam,
    case,
    cast,
    column,
    func,
    literal,
    literal_column,
    or_,
    select,
    table,
)  # fmt: skip
from sqlalchemy.dialects.postgresql import TSQUERY

from ..core.stemming import Word, also, indexed, is_given_name, name_of, parts, words
from ..municipalities.reference import place_names
from .models import Contribution, ContributionText

C, TEXT = Contribution.__table__, ContributionText.__table__
MOST_TERMS = 8
# From so many letters on, a stem also finds the longer words that begin with it: sykkelparkering.
SHORTEST_BEGINNING = 4
# Of a word that half the town uses, the newest are searched: ranking all would cost seconds.
MOST_HITS = 1_000
# So often in a town's texts, a word alone finds more than are searched: those that begin with it
# are left out. The index would gather all of them first, whatever the limit.
COMMON = 4 * MOST_HITS
NO_COUNTS: Mapping[str, int] = {}
SHOWN = (C.c.hidden_at.is_(None), C.c.withdrawn_at.is_(None))


# Too short to tell a misspelt word from a name: Kari is not the quay.
SHORTEST_CORRECTED = 5
CAPITALISED = re.compile(r"(?<!\w)[^\W\d_a-zæøå][^\W\d_A-ZÆØÅ]+")


@dataclass(frozen=True, slots=True)
class Term:
    """A word that is searched for: as typed, its stems in our languages, and what is searched too.

    A compound is also found by its parts, wherever they stand in a text. A name is never put right.
    What was put right has no text when only its stem is known.
    """

    text: str
    stems: tuple[str, ...]
    parts: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    name: bool = False


def stems_of(named: str, place: str, body: str, lang: str) -> str:
    """Return what the index holds of a contribution; what names it counts twice."""
    return indexed(f"{named}\n{named}\n{place}\n{body}", lang)


def terms_of(typed: str) -> list[Term]:
    """Return the words that carry meaning in what somebody typed."""
    capitalised = {word.casefold() for word in CAPITALISED.findall(typed)}
    return [
        _term(
            word.text,
            tuple(dict.fromkeys((word.stem, *_english(word.text)))),
            name=word.text in capitalised or _is_name(word.text),
        )
        for word in words(typed, "nb")[:MOST_TERMS]
    ]


def unknown(terms: Iterable[Term], known: Iterable[str]) -> list[Word]:
    """Return the words that none of the town's texts has, with their Norwegian stems."""
    vocabulary = set(known)
    return [Word(term.text, term.stems[0]) for term in terms if not _is_known(term, vocabulary)]


def put_right(
    terms: Sequence[Term], right: Mapping[str, Word], *, names: bool = False
) -> list[Term]:
    """Put the probable words in the place of misspelt ones; names only when asked."""
    return [
        _term(right[term.stems[0]].text, (right[term.stems[0]].stem,))
        if term.stems[0] in right and (names or not term.name)
        else term
        for term in terms
    ]


def spelt(terms: Sequence[Term], texts: Iterable[str]) -> str:
    """Write words of which only the stem is known as the texts that they were found in do."""
    written = {word.stem: word.text for text in texts for word in reversed(words(text, "nb"))}
    stems = ((term.text, term.stems[0]) for term in terms)
    return " ".join(text or written.get(stem) or name_of(stem) for text, stem in stems)


def question(
    terms: Iterable[Term], town: int, dialect: str, counts: Mapping[str, int] = NO_COUNTS
) -> str:
    """Write what the database's index is asked: all words, each in any of its forms.

    `counts` says how often the town's texts have a stem, where that is known. Stems are letters and
    figures only, so nothing in them can be read as an operator.
    """
    if dialect == "postgresql":
        return " & ".join(f"({' | '.join(_in_tsquery(term, counts))})" for term in terms)
    asked = " AND ".join(f"({' OR '.join(_in_fts5(term, counts))})" for term in terms)
    return f'municipality_id : "{town}" AND stems : ({asked})'


def asked_for(
    terms: Sequence[Term], town: int, dialect: str, counts: Mapping[str, int] = NO_COUNTS
) -> dict[str, str]:
    """Return what `hits` and `ranked` are bound to."""
    bound = {"words": question(terms, town, dialect, counts)}
    for n, term in enumerate(terms):
        first, last = term.stems[0], term.stems[-1]
        bound |= {f"word{n}": f" {first} ", f"other{n}": f" {last} ", f"begun{n}": f" {first}"}
    return bound


def looked_up(terms: Iterable[Term]) -> list[str]:
    """Return the stems to look up in the town's vocabulary before `unknown` can tell."""
    return [stem for term in terms for stem in (*term.stems, *term.parts, *term.also)]


def hits(dialect: str, kind: str, columns: tuple[Any, ...], *filters: Any) -> Select[Any]:
    """Build the statement for the newest contributions of a kind that match bound :words."""
    query = _in_postgresql(columns) if dialect == "postgresql" else _in_sqlite(columns)
    return query.where(C.c.kind == kind, *SHOWN, *filters).limit(MOST_HITS)


def ranked(found: CTE, words: int, dialect: str) -> CTE:
    """Add to hits how much each is about the words that are bound."""
    joined = found.join(TEXT, TEXT.c.contribution_id == found.c.id)
    return select(*found.c, _rank(words, dialect).label("rank")).select_from(joined).cte("ranked")


# What a word is worth where it stands; each counts once, where it is worth most.
IN_TITLE, BEGINS_IN_TITLE, IN_TEXT = 4, 3, 1


def _rank(count: int, dialect: str) -> ColumnElement[int]:
    """Build how much a text is about bound words, `count` of them.

    Whole words before words that only begin so, titles before texts. Nothing is asked of the index:
    how rare a word is would have to be counted over all that has it.
    """
    inside = func.instr if dialect == "sqlite" else func.strpos
    title, whole = (literal(" ") + text + " " for text in (TEXT.c.title_stems, TEXT.c.stems))
    worths = (
        case(
            (_any(inside, title, f"word{n}", f"other{n}"), IN_TITLE),
            (_any(inside, title, f"begun{n}"), BEGINS_IN_TITLE),
            (_any(inside, whole, f"word{n}", f"other{n}"), IN_TEXT),
            else_=0,
        )
        for n in range(count)
    )
    return functools.reduce(operator.add, worths)


def _any(inside: Any, text: Any, *names: str) -> ColumnElement[bool]:
    return or_(*(inside(text, bindparam(name, type_=String)) > 0 for name in names))


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
        .cte()  # without a name: a statement may search several times
        .prefix_with("MATERIALIZED")
    )
    joined = matched.join(C, C.c.id == matched.c.contribution_id)
    return select(*columns).select_from(joined).order_by(matched.c.contribution_id.desc())


def _term(text: str, stems: tuple[str, ...], *, name: bool = False) -> Term:
    return Term(text, stems, parts(stems[0]), also(stems[0]), name)


def _is_name(word: str) -> bool:
    return len(word) < SHORTEST_CORRECTED or is_given_name(word) or word in place_names()


def _is_known(term: Term, vocabulary: set[str]) -> bool:
    in_parts = term.parts and vocabulary.issuperset(term.parts)
    return bool(in_parts) or not vocabulary.isdisjoint((*term.stems, *term.also))


def _english(text: str) -> tuple[str, ...]:
    return tuple(word.stem for word in words(text, "en"))


def _begins(stem: str, term: Term, counts: Mapping[str, int]) -> bool:
    """Tell whether words that begin with a stem are searched too."""
    common = any(counts.get(each, 0) >= COMMON for each in term.stems)
    return len(stem) >= SHORTEST_BEGINNING and not common


def _in_fts5(term: Term, counts: Mapping[str, int]) -> Iterator[str]:
    for stem in (*term.stems, *term.also):
        yield f'"{stem}" *' if _begins(stem, term, counts) else f'"{stem}"'
    if term.parts:
        yield "(" + " AND ".join(f'"{part}"' for part in term.parts) + ")"


def _in_tsquery(term: Term, counts: Mapping[str, int]) -> Iterator[str]:
    for stem in (*term.stems, *term.also):
        yield f"'{stem}':*" if _begins(stem, term, counts) else f"'{stem}'"
    if term.parts:
        yield "(" + " & ".join(f"'{part}'" for part in term.parts) + ")"
