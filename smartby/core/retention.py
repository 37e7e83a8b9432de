"""What the core keeps only for a while: events for catching up, and keys of what was sent twice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import Delete, bindparam, delete, select, tuple_

from ..extensions import db
from .clock import now
from .models import Idempotency, Outbox, Stream
from .transaction import perform

DAYS = timedelta(days=7)
LONGEST = 10_000  # events of one stream
AT_ONCE = 2_000  # rows in one transaction: nobody waits long for the lane behind it
STREAM, OUTBOX, KEYS = Stream.__table__, Outbox.__table__, Idempotency.__table__

OLD_EVENTS = delete(Outbox).where(
    tuple_(OUTBOX.c.stream, OUTBOX.c.seq).in_(
        select(OUTBOX.c.stream, OUTBOX.c.seq)
        .where(OUTBOX.c.created_at < bindparam("before"))
        .order_by(OUTBOX.c.created_at)
        .limit(AT_ONCE)
    )
)
OLD_KEYS = delete(Idempotency).where(
    tuple_(KEYS.c.actor, KEYS.c.key).in_(
        select(KEYS.c.actor, KEYS.c.key)
        .where(KEYS.c.created_at < bindparam("before"))
        .order_by(KEYS.c.created_at)
        .limit(AT_ONCE)
    )
)
LONG_STREAMS = (
    select(OUTBOX.c.stream, STREAM.c.seq)
    .join(STREAM, STREAM.c.name == OUTBOX.c.stream)
    .where(OUTBOX.c.seq == STREAM.c.seq - LONGEST)
)
BEYOND = delete(Outbox).where(
    OUTBOX.c.stream == bindparam("name"),
    OUTBOX.c.seq <= bindparam("last"),
    OUTBOX.c.seq > bindparam("first"),
)


def trim() -> int:
    """Delete events and keys that nobody can need any more; return how many rows went."""
    before = {"before": now() - DAYS}
    gone = in_portions(OLD_EVENTS, before) + in_portions(OLD_KEYS, before)
    for name, seq in db.session.execute(LONG_STREAMS).all():
        gone += _shorten(name, seq - LONGEST)
    return gone


def in_portions(statement: Delete, values: dict[str, Any]) -> int:
    """Run a delete that is limited to some rows until there are none left."""
    total = 0
    while gone := perform(_rows, statement, values):
        total += gone
    return total


def _rows(statement: Delete, values: dict[str, Any]) -> int:
    done = db.session.execute(statement, values, execution_options={"synchronize_session": False})
    return int(done.rowcount)  # type: ignore[attr-defined]


def _shorten(name: str, last: int) -> int:
    total = 0
    # From the oldest on: a stream must never have a hole in the middle.
    for first in range(_oldest(name) - 1, last, AT_ONCE):
        values = {"name": name, "first": first, "last": min(first + AT_ONCE, last)}
        total += perform(_rows, BEYOND, values)
    return total


def _oldest(name: str) -> int:
    query = select(db.func.min(OUTBOX.c.seq)).where(OUTBOX.c.stream == name)
    return int(db.session.scalar(query) or 0)
