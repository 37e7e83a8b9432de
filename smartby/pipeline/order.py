"""The order of cards in a lane: the earliest promise first, so that what is late comes before all.

Cards without a promise come after those that have one, the newest first. Nothing here asks what
time it is, so that a page that begins after a card begins at the same place tomorrow.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select

from ..contributions.models import Contribution
from ..core.pagination import Cursor

C = Contribution.__table__.c
MICROSECONDS = 10**17  # more than any moment has
NUMBERS = 10**10


def promised(lane: Select[Any]) -> Select[Any]:
    """Narrow a lane to the cards with a deadline, the earliest first, then the oldest."""
    return lane.where(C.due_at.is_not(None)).order_by(C.due_at, C.id)


def unpromised(lane: Select[Any]) -> Select[Any]:
    """Narrow a lane to the cards that nobody waits for by a date, the newest first."""
    return lane.where(C.due_at.is_(None)).order_by(C.stage_since.desc(), C.id.desc())


def end_of(row: Row[Any]) -> Cursor:
    """Return where a page ends; below zero among the cards without a deadline."""
    if row.due_at is not None:
        return Cursor(row.due_at.timestamp(), row.id)
    return Cursor(-row.stage_since.timestamp(), row.id)


def is_promised(end: Cursor | None) -> bool:
    """Tell whether cards with a deadline may follow."""
    return end is None or end.value > 0


def beyond(end: Cursor) -> ColumnElement[bool]:
    """Build the condition for what follows in the same part of the lane."""
    moment = datetime.fromtimestamp(abs(end.value), UTC)
    if end.value > 0:
        return (C.due_at > moment) | ((C.due_at == moment) & (C.id > end.id))
    return (C.stage_since < moment) | ((C.stage_since == moment) & (C.id < end.id))


def rank(row: Row[Any]) -> str:
    """Return a card's place as text that sorts, by which cards that arrive find their place."""
    if row.due_at is not None:
        return f"0-{_microseconds(row.due_at):017}-{row.id:010}"
    since = _microseconds(row.stage_since) if row.stage_since else 0
    return f"1-{MICROSECONDS - since:017}-{NUMBERS - row.id:010}"


def in_order(rows: Iterable[Row[Any]]) -> list[Row[Any]]:
    """Sort cards as they stand in a lane."""
    return sorted(rows, key=rank)


def _microseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1_000_000)
