"""The one clock: aware UTC inside, Oslo time where people read it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")
_offset = timedelta()
_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def set_offset(seconds: float) -> None:
    """Shift the clock, so that a drill can run two instances that disagree."""
    global _offset  # the offset is the process's, set once at start
    _offset = timedelta(seconds=seconds)


def now() -> datetime:
    """Return the present moment in UTC, or the one that is being told of."""
    return _told.get() or datetime.now(UTC) + _offset


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Tell of another moment: what is done meanwhile, here and nowhere else, is dated so.

    Only for planting a past that never was: the demo's.
    """
    token = _told.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _told.reset(token)


def oslo(moment: datetime) -> datetime:
    """Return the same moment on an Oslo wall clock; refuse a time without a zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(OSLO)


def from_oslo(local: datetime) -> datetime:
    """Return the UTC moment of an Oslo wall-clock time.

    A time that comes twice (autumn) means the first; one that never comes (spring) is
    moved forward by the hour that the clocks skip, as people mean it.
    """
    if local.tzinfo is not None:
        raise ValueError("an Oslo wall-clock time carries no time zone")
    # fold=0 has both meanings in PEP 495: the first of two, and the old offset in a gap.
    return local.replace(tzinfo=OSLO, fold=0).astimezone(UTC)


def comes_in_oslo(local: datetime) -> bool:
    """Tell whether an Oslo wall clock ever shows this time: in spring an hour is skipped."""
    return oslo(from_oslo(local)).replace(tzinfo=None) == local


def end_of_day_oslo(day: date) -> datetime:
    """Return the UTC moment of the last second of a day in Oslo, for deadlines."""
    return from_oslo(datetime.combine(day, time(23, 59, 59)))
