"""Streams as the rooms see them: who may follow which, and how an event becomes fragments."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypedDict

from flask_babel import force_locale
from sqlalchemy import bindparam, select

from ..extensions import db
from .access import Person
from .lanes import is_away
from .models import Outbox, Stream

log = logging.getLogger(__name__)

CATCH_UP_LIMIT = 500
STREAM, OUTBOX = Stream.__table__, Outbox.__table__
HEAD = select(STREAM.c.seq).where(STREAM.c.name == bindparam("stream"))
HEADS = select(STREAM.c.name, STREAM.c.seq).where(
    STREAM.c.name.in_(bindparam("streams", expanding=True))
)
BEYOND = (
    select(OUTBOX.c.seq, OUTBOX.c.type, OUTBOX.c.payload)
    .where(OUTBOX.c.stream == bindparam("stream"), OUTBOX.c.seq > bindparam("after"))
    .order_by(OUTBOX.c.seq)
    .limit(CATCH_UP_LIMIT)
)


class Op(TypedDict, total=False):
    """One change to a page: append, replace, remove, set, sort, press, waiting or refresh."""

    op: str
    target: str
    html: str
    into: str
    value: str
    place: str
    force: bool  # also where somebody is typing: what they typed is kept elsewhere
    once: bool  # what is already on the page stays as it is
    moves: bool  # what stands elsewhere on the page is taken from there
    tags: list[str]


class Batch(TypedDict):
    """What a client applies in one go: the numbers it covers and the operations that are left."""

    stream: str
    first: int
    seq: int
    ops: list[Op]


@dataclass(frozen=True, slots=True)
class Event:
    """A numbered row of the outbox."""

    seq: int
    type: str
    payload: Mapping[str, Any]


Show = Callable[..., Iterable[Op]]
Audience = Callable[[Person, str], bool]
_shows: dict[str, Show] = {}
_audiences: dict[str, Audience] = {}
NEWEST: set[str] = set()  # event types of which the newest says all that the older ones did
TOTALS: set[str] = set()  # those of them that may also wait a little: numbers that grow


def shows(type_: str, *, newest: bool = False, totals: bool = False) -> Callable[[Show], Show]:
    """Register how events of a type become operations; the payload comes as keywords.

    `newest`: the last of them is enough. `totals`: so it is, and it may come a little later.
    """

    def register(show: Show) -> Show:
        _shows[type_] = show
        if totals:
            TOTALS.add(type_)
        if newest or totals:
            NEWEST.add(type_)
        return show

    return register


def audience(prefix: str) -> Callable[[Audience], Audience]:
    """Register who may follow streams named `prefix:<rest>`; the test gets person and rest."""

    def register(test: Audience) -> Audience:
        _audiences[prefix] = test
        return test

    return register


def may_follow(person: Person, stream: str) -> bool:
    """Tell whether this person belongs to the stream's audience (unknown streams have none)."""
    prefix, _, rest = stream.partition(":")
    test = _audiences.get(prefix)
    return bool(test and len(stream) <= 80 and test(person, rest))


def head(stream: str) -> int:
    """Return the number of the stream's newest event, 0 when there is none."""
    return db.session.execute(HEAD, {"stream": stream}).scalar() or 0


def heads(streams: Iterable[str]) -> dict[str, int]:
    """Return the newest numbers of many streams in one query."""
    names = sorted(streams)
    rows = db.session.execute(HEADS, {"streams": names}).all()
    return dict.fromkeys(names, 0) | {row.name: row.seq for row in rows}


def followed(numbers: Mapping[str, int]) -> str:
    """Write streams and the numbers a page was rendered at, for its data-streams attribute.

    Read the numbers before the rows that the page shows: what comes between is then applied twice,
    which does no harm.
    """
    return " ".join(f"{name}@{number}" for name, number in numbers.items())


def events(stream: str, after: int) -> list[Event]:
    """Return up to CATCH_UP_LIMIT events beyond a number, in order.

    What this session has read so far, for another stream, may be older than they are: it is read
    anew when they are shown.
    """
    db.session.expire_all()
    rows = db.session.execute(BEYOND, {"stream": stream, "after": after}).all()
    return [Event(*row) for row in rows]


def batch(stream: str, rows: list[Event], lang: str, answered: str = "") -> Batch:
    """Turn events into the operations that bring a page up to date, in one language.

    What the tab that is `answered` did itself is left out: the answer to that showed it.
    """
    ops: list[Op] = []
    with force_locale(lang):
        for row in _newest_totals(rows):
            if not answered or row.payload.get("by") != answered:
                ops += _ops(row)
    return {"stream": stream, "first": rows[0].seq, "seq": rows[-1].seq, "ops": _coalesced(ops)}


def _newest_totals(rows: list[Event]) -> Iterable[Event]:
    last = {row.type: row.seq for row in rows if row.type in NEWEST}
    return [row for row in rows if row.type not in NEWEST or last[row.type] == row.seq]


def _ops(row: Event) -> list[Op]:
    show = _shows.get(row.type)
    if show is None:
        return []
    try:
        return list(show(**row.payload))
    except Exception as error:
        if is_away(error):
            raise  # nothing is left out: it is told when the database is back
        # The stream must go on: the page fetches itself anew instead of this fragment.
        log.exception("event %s could not be shown", row.type)
        return [{"op": "refresh"}]


def _coalesced(ops: list[Op]) -> list[Op]:
    # A later replacement of the same target makes the earlier one pointless.
    last = {
        (op["op"], op["target"]): place
        for place, op in enumerate(ops)
        if op["op"] in ("replace", "set")
    }
    return [
        op
        for place, op in enumerate(ops)
        if op["op"] not in ("replace", "set") or last[op["op"], op["target"]] == place
    ]
