"""Formatting: as Norwegians write it, by the Oslo calendar, also in English."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine

from smartby.core import formatting

HARD = "\u00a0"


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]


@pytest.fixture(autouse=True)
def in_november_2026() -> Iterator[None]:
    with time_machine.travel(utc(2026, 11, 23, 12), tick=False):
        yield


@pytest.mark.parametrize(
    ("lang", "this_year", "short", "next_year", "short_next", "long"),
    [
        ("nb", "11. desember", "11. des.", "4. mars 2027", "4. mars 2027", "11. desember 2026"),
        ("nn", "11. desember", "11. des.", "4. mars 2027", "4. mars 2027", "11. desember 2026"),
        ("en", "11 December", "11 Dec", "4 March 2027", "4 Mar 2027", "11 December 2026"),
        ("xx", "11. desember", "11. des.", "4. mars 2027", "4. mars 2027", "11. desember 2026"),
    ],
)
def test_days(
    lang: str, this_year: str, short: str, next_year: str, short_next: str, long: str
) -> None:
    assert formatting.day(date(2026, 12, 11), lang) == this_year
    assert formatting.short_day(date(2026, 12, 11), lang) == short
    assert formatting.day(date(2027, 3, 4), lang) == next_year
    assert formatting.short_day(date(2027, 3, 4), lang) == short_next
    assert formatting.date_long(date(2026, 12, 11), lang) == long


def test_a_moment_has_the_day_it_has_in_oslo() -> None:
    assert formatting.day(utc(2026, 6, 1, 22, 30), "nb") == "2. juni"
    assert formatting.day(utc(2026, 12, 31, 23, 30), "nb") == "1. januar 2027"


@pytest.mark.parametrize(
    ("value", "lang", "expected"),
    [
        (1284, "nb", f"1{HARD}284"),
        (1284, "nn", f"1{HARD}284"),
        (1284, "en", "1,284"),
        (12, "nb", "12"),
        (1234567, "nb", f"1{HARD}234{HARD}567"),
        (2.5, "nb", "2,5"),
        (2.5, "en", "2.5"),
        (-3, "en", "−3"),
    ],
)
def test_number(value: float, lang: str, expected: str) -> None:
    assert formatting.number(value, lang) == expected


def test_clock_time() -> None:
    assert formatting.clock_time(utc(2026, 11, 23, 7, 51)) == "08.51"
    assert formatting.clock_time(utc(2026, 6, 1, 7, 5), "en") == "09:05"


def test_percent() -> None:
    assert formatting.percent(0.12, "nb") == f"12{HARD}%"
    assert formatting.percent(0.12, "en") == "12%"
    assert formatting.percent(1, "nn") == f"100{HARD}%"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Kari Solheim", "KS"),
        ("Kari Anne von Solheim", "KS"),
        ("ola", "O"),
        ("  Øyvind   Ås ", "ØÅ"),
        ("(Per) «Hansen»", "PH"),
        ("!!! ---", "?"),
        ("", "?"),
    ],
)
def test_initials(name: str, expected: str) -> None:
    assert formatting.initials(name) == expected


NOW = utc(2026, 11, 23, 12)


@pytest.mark.parametrize(
    ("moment", "nb", "nn", "en"),
    [
        (utc(2026, 11, 23, 11, 59, 30), "nå nettopp", "nett no", "just now"),
        (utc(2026, 11, 23, 12, 0, 30), "nå nettopp", "nett no", "just now"),
        (
            utc(2026, 11, 23, 11, 58, 30),
            "for 1 minutt siden",
            "for 1 minutt sidan",
            "1 minute ago",
        ),
        (
            utc(2026, 11, 23, 11, 57),
            "for 3 minutter siden",
            "for 3 minutt sidan",
            "3 minutes ago",
        ),
        (utc(2026, 11, 23, 7, 51), "i dag 08.51", "i dag 08.51", "today 08:51"),
        (utc(2026, 11, 22, 23, 30), "i dag 00.30", "i dag 00.30", "today 00:30"),
        (utc(2026, 11, 22, 22, 30), "i går", "i går", "yesterday"),
        (utc(2026, 11, 2, 9), "2. november", "2. november", "2 November"),
        (utc(2025, 11, 2, 9), "2. november 2025", "2. november 2025", "2 November 2025"),
        (utc(2026, 12, 2, 9), "2. desember", "2. desember", "2 December"),
    ],
)
def test_relative(moment: datetime, nb: str, nn: str, en: str) -> None:
    assert formatting.relative(moment, NOW, "nb") == nb
    assert formatting.relative(moment, NOW, "nn") == nn
    assert formatting.relative(moment, NOW, "en") == en
    assert formatting.relative(moment, NOW, "xx") == nb
