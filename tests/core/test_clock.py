"""The clock: one present moment, and Oslo's two odd nights."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from smartby.core import clock


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]


def wall(text: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(fold=fold)


def test_now_is_aware_and_can_be_shifted() -> None:
    with time_machine.travel(utc(2026, 3, 1, 12), tick=False):
        assert clock.now() == utc(2026, 3, 1, 12)
        clock.set_offset(-300)
        try:
            assert clock.now() == utc(2026, 3, 1, 11, 55)
        finally:
            clock.set_offset(0)
        assert clock.now().utcoffset() == timedelta()


@pytest.mark.parametrize(
    ("moment", "local"),
    [
        (utc(2026, 10, 24, 23, 59), "2026-10-25T01:59:00+02:00"),
        (utc(2026, 10, 25, 0, 30), "2026-10-25T02:30:00+02:00"),
        (utc(2026, 10, 25, 1, 30), "2026-10-25T02:30:00+01:00"),
        (utc(2027, 3, 28, 0, 59), "2027-03-28T01:59:00+01:00"),
        (utc(2027, 3, 28, 1, 0), "2027-03-28T03:00:00+02:00"),
    ],
)
def test_oslo(moment: datetime, local: str) -> None:
    assert clock.oslo(moment).isoformat() == local


@pytest.mark.parametrize(
    ("local", "moment"),
    [
        (wall("2026-07-01 12:00"), utc(2026, 7, 1, 10)),
        (wall("2026-12-01 12:00"), utc(2026, 12, 1, 11)),
        (wall("2026-10-25 02:30"), utc(2026, 10, 25, 0, 30)),
        (wall("2026-10-25 02:30", fold=1), utc(2026, 10, 25, 0, 30)),
        (wall("2026-10-25 03:00"), utc(2026, 10, 25, 2, 0)),
        (wall("2027-03-28 01:59"), utc(2027, 3, 28, 0, 59)),
        (wall("2027-03-28 02:30"), utc(2027, 3, 28, 1, 30)),
        (wall("2027-03-28 03:00"), utc(2027, 3, 28, 1, 0)),
    ],
)
def test_from_oslo(local: datetime, moment: datetime) -> None:
    assert clock.from_oslo(local) == moment


def test_a_time_that_never_comes_is_moved_forward() -> None:
    moment = clock.from_oslo(wall("2027-03-28 02:30"))
    assert clock.oslo(moment).isoformat() == "2027-03-28T03:30:00+02:00"


@pytest.mark.parametrize(
    ("day", "moment"),
    [
        (date(2026, 10, 24), utc(2026, 10, 24, 21, 59, 59)),
        (date(2026, 10, 25), utc(2026, 10, 25, 22, 59, 59)),
        (date(2027, 3, 27), utc(2027, 3, 27, 22, 59, 59)),
        (date(2027, 3, 28), utc(2027, 3, 28, 21, 59, 59)),
    ],
)
def test_end_of_day(day: date, moment: datetime) -> None:
    assert clock.end_of_day_oslo(day) == moment


def test_mixed_up_times_are_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        clock.oslo(wall("2026-01-01 00:00"))
    with pytest.raises(ValueError, match="zone"):
        clock.from_oslo(utc(2026, 1, 1))


def test_another_moment_is_told_of_only_inside() -> None:
    then = utc(2025, 5, 17, 10)
    with pytest.raises(LookupError), clock.at(then):
        assert clock.now() == then
        raise LookupError
    assert clock.now() != then
