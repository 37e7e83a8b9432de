"""Reading the list of challenges: those that take ideas first, then those that have closed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import Row, Select, and_, bindparam, or_, select

from ..accounts.models import User
from ..contributions import search
from ..contributions.listing import PAGE
from ..contributions.models import Contribution
from ..contributions.vocabulary import corrected, used
from ..core import keyset
from ..core.clock import now, oslo
from ..core.formatting import clock_time, day
from ..core.fragments import language
from ..core.keyset import Way
from ..core.pagination import Cursor, encode
from ..extensions import db
from .models import Challenge, state_of

C, ASKED, PERSON = Contribution.__table__, Challenge.__table__, User.__table__
OWN = (
    C.c.id, C.c.title, C.c.excerpt, C.c.lang, C.c.support_count, C.c.published_at, C.c.author_id,
)  # fmt: skip
CALL = (
    ASKED.c.question, ASKED.c.opens_at, ASKED.c.closes_at, ASKED.c.idea_count, ASKED.c.unit_id,
)  # fmt: skip
ASKS = PERSON.c.name.label("author")
MOST_OPEN = 50
MOMENT: Any = bindparam("moment")


@dataclass(frozen=True, slots=True)
class Found:
    """A page: what is open (on the first page), what is closed, or what was searched for."""

    open: Sequence[Row[Any]] = ()
    coming: Sequence[Row[Any]] = ()
    closed: Sequence[Row[Any]] = ()
    hits: Sequence[Row[Any]] = ()
    previous: str = ""
    following: str = ""
    meant: str = ""
    offered: str = ""  # what may be meant, when nothing was found


def read_list(town: int, q: str, way: Way, cursor: Cursor | None) -> Found:
    """Read a page of the list, or of what was searched for in it."""
    asked: dict[str, Any] = {"town": town, "moment": now(), "limit": PAGE + 1}
    if cursor is not None:
        value = cursor.value if q else datetime.fromtimestamp(cursor.value, UTC)
        asked |= {"value": value, "last": cursor.id}
    if q:
        return _search(town, q, way, asked)
    rows = _execute(_statement("closed", way), asked)
    page, previous, following = _cut(rows, way, lambda row: float(row.published_at.timestamp()))
    return Found(
        open=_standing("open", way, asked),
        coming=_standing("coming", way, asked),
        closed=page,
        previous=previous,
        following=following,
    )


def when(row: Any) -> str:
    """Say in words from when, or until when, a challenge takes ideas; days are Oslo's."""
    state, lang = state_of(row, now()), language()
    if state == "coming":
        return str(_("Åpner %(day)s", day=day(row.opens_at, lang)))
    if row.closes_at is None:
        return str(_("Åpen uten frist"))
    last = day(row.closes_at, lang)
    if state == "closed":
        return str(_("Stengte %(day)s", day=last))
    left = (oslo(row.closes_at).date() - oslo(now()).date()).days
    if left == 0:
        return str(_("Åpen til i dag klokka %(time)s", time=clock_time(row.closes_at, lang)))
    if left == 1:
        return str(_("Åpen til i morgen, %(day)s", day=last))
    told = ngettext(
        "Åpen til %(day)s, %(num)d dag igjen",
        "Åpen til %(day)s, %(num)d dager igjen",
        left,
        day=last,
    )
    return str(told)


def _standing(which: str, way: Way, asked: dict[str, Any]) -> Sequence[Row[Any]]:
    """Read what has not closed; it stands on the first page only."""
    if way is not Way.FIRST:
        return []
    return _execute(_statement(which, Way.FIRST), asked | {"limit": MOST_OPEN})


def _search(town: int, q: str, way: Way, asked: dict[str, Any]) -> Found:
    typed = search.terms_of(q)
    if not typed:
        return Found()
    counts = used(town, typed)
    right = corrected(town, search.unknown(typed, counts))
    terms = search.put_right(typed, right)
    rows = _hits(terms, counts, way, asked)
    page, previous, following = _cut(rows, way, lambda row: float(row.rank))
    offered = ""
    if not page and (names := search.put_right(typed, right, names=True)) != terms:
        rows = _hits(names, counts, Way.FIRST, asked)
        offered = search.spelt(names, _texts(rows)) if rows else ""
    meant = search.spelt(terms, _texts(page)) if terms != typed and page else ""
    return Found(hits=page, previous=previous, following=following, meant=meant, offered=offered)


def _hits(
    terms: Sequence[search.Term], counts: Mapping[str, int], way: Way, asked: dict[str, Any]
) -> Sequence[Row[Any]]:
    dialect = db.engine.dialect.name
    words = search.asked_for(terms, asked["town"], dialect, counts)
    return _execute(_statement(dialect, way, len(terms)), asked | words)


def _texts(rows: Sequence[Row[Any]]) -> Iterator[str]:
    return (f"{row.question} {row.title} {row.excerpt}" for row in rows)


@lru_cache
def _statement(which: str, way: Way, words: int = 0) -> Select[Any]:
    """Build a statement: a state, or the dialect in which so many words are searched for."""
    if which in ("open", "coming", "closed"):
        standing = or_(ASKED.c.closes_at.is_(None), ASKED.c.closes_at > MOMENT)
        begun = or_(ASKED.c.opens_at.is_(None), ASKED.c.opens_at <= MOMENT)
        states = {
            "open": and_(standing, begun),
            "coming": and_(standing, ASKED.c.opens_at > MOMENT),
            "closed": ASKED.c.closes_at <= MOMENT,
        }
        here = (C.c.municipality_id == bindparam("town"), C.c.kind == "challenge", *search.SHOWN)
        query = select(*OWN, *CALL, ASKS).join(ASKED, ASKED.c.id == C.c.id)
        query = query.join(PERSON, PERSON.c.id == C.c.author_id)
        query = query.where(*here, states[which])
        return _paged(query, C.c.published_at, C.c.id, way)
    found = search.ranked(search.hits(which, "challenge", OWN).cte("hits"), words, which)
    query = select(*found.c, *CALL, ASKS).join(ASKED, ASKED.c.id == found.c.id)
    query = query.join(PERSON, PERSON.c.id == found.c.author_id)
    return _paged(query, found.c.rank, found.c.id, way)


def _paged(query: Select[Any], sort: Any, key: Any, way: Way) -> Select[Any]:
    page: Select[Any] = keyset.page(query, sort, key, way)
    return page


def _execute(statement: Select[Any], asked: dict[str, Any]) -> Sequence[Row[Any]]:
    return db.session.execute(statement, asked).all()


def _cut(
    rows: Sequence[Row[Any]], way: Way, value: Callable[[Any], float]
) -> tuple[Sequence[Row[Any]], str, str]:
    page, back, on = keyset.cut(rows, PAGE, way)
    ends = [encode(Cursor(value(row), row.id)) for row in (*page[:1], *page[-1:])]
    return page, ends[0] if back else "", ends[-1] if on else ""
