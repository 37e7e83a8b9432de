"""Dates, numbers and names as Norwegians (and English readers) expect to see them."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache

from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal, format_percent

from smartby.core import clock

_BABEL = {"nb": "nb", "nn": "nn", "en": "en_GB", "se": "se"}
_WORDS: Mapping[str, Mapping[str, str]] = {
    "nb": {
        "now": "nå nettopp",
        "minute": "for 1 minutt siden",
        "minutes": "for {n} minutter siden",
        "today": "i dag {time}",
        "yesterday": "i går",
        "colon": ".",
    },
    "nn": {
        "now": "nett no",
        "minute": "for 1 minutt sidan",
        "minutes": "for {n} minutt sidan",
        "today": "i dag {time}",
        "yesterday": "i går",
        "colon": ".",
    },
    "en": {
        "now": "just now",
        "minute": "1 minute ago",
        "minutes": "{n} minutes ago",
        "today": "today {time}",
        "yesterday": "yesterday",
        "colon": ":",
    },
}


def _locale(lang: str) -> str:
    return _BABEL.get(lang, "nb")


def _words(lang: str) -> Mapping[str, str]:
    return _WORDS.get(lang, _WORDS["nb"])


def _oslo_day(moment: date) -> date:
    return clock.oslo(moment).date() if isinstance(moment, datetime) else moment


# Babel needs 20-60 microseconds a call and a page has hundreds: the same few days and
# numbers come again and again, so their texts are kept.
@lru_cache(maxsize=8192)
def _named(day_: date, lang: str, skeleton: str) -> str:
    return format_skeleton(skeleton, day_, locale=_locale(lang))


@lru_cache(maxsize=8192)
def _with_year(day_: date, lang: str, length: str) -> str:
    return format_date(day_, length, locale=_locale(lang))


def _this_year() -> int:
    return clock.oslo(clock.now()).year


def day(moment: date, lang: str) -> str:
    """Return "11. desember", with the year when it is another than this year."""
    when = _oslo_day(moment)
    if when.year == _this_year():
        return _named(when, lang, "MMMMd")
    return _with_year(when, lang, "long")


def short_day(moment: date, lang: str) -> str:
    """Return "11. des.", with the year when it is another than this year."""
    when = _oslo_day(moment)
    if when.year == _this_year():
        return _named(when, lang, "MMMd")
    return _with_year(when, lang, "medium")


def date_long(moment: date, lang: str) -> str:
    """Return "11. desember 2026"."""
    return _with_year(_oslo_day(moment), lang, "long")


def clock_time(moment: datetime, lang: str = "nb") -> str:
    """Return the Oslo time of day: "08.51", or "08:51" in English."""
    when = moment if moment.tzinfo is clock.OSLO else clock.oslo(moment)
    return f"{when.hour:02}{_words(lang)['colon']}{when.minute:02}"


@lru_cache(maxsize=8192)
def number(value: int | float, lang: str) -> str:
    """Return 1284 as "1 284" with a hard space, or "1,284" in English."""
    return format_decimal(value, locale=_locale(lang)).replace("-", "−")


@lru_cache(maxsize=2048)
def percent(share: float, lang: str) -> str:
    """Return a share of 0.12 as "12 %" with a hard space, or "12%" in English."""
    return format_percent(share, locale=_locale(lang))


@lru_cache(maxsize=8192)
def initials(name: str) -> str:
    """Return "KS" for Kari Solheim: the first letters of the first and the last name."""
    letters = [
        next((character for character in part if character.isalnum()), "") for part in name.split()
    ]
    found = [letter.upper() for letter in letters if letter]
    return "".join(found[:1] + found[1:][-1:]) or "?"


def relative(moment: datetime, now: datetime, lang: str) -> str:
    """Return how long ago something was, coarsely; a day when it is longer than yesterday."""
    words = _words(lang)
    seconds = (now - moment).total_seconds()
    if -60 < seconds < 60:
        return words["now"]
    if 0 < seconds < 3600:
        minutes = int(seconds // 60)
        return words["minute"] if minutes == 1 else words["minutes"].format(n=minutes)
    return _on_day(clock.oslo(moment), clock.oslo(now).date(), lang)


def _on_day(when: datetime, today: date, lang: str) -> str:
    words = _words(lang)
    if when.date() == today:
        return words["today"].format(time=clock_time(when, lang))
    if when.date() == today - timedelta(days=1):
        return words["yesterday"]
    if when.year == today.year:
        return _named(when.date(), lang, "MMMMd")
    return _with_year(when.date(), lang, "long")
