"""What a reader asks a list for: every part of the address is checked before it is used."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from ..core.errors import Invalid
from ..core.keyset import Way
from ..core.numbers import LARGEST
from ..core.pagination import Cursor, decode
from ..core.text import clean
from .listing import PAGE, Sort

LONGEST = 200
MOST_VALUES = 20
Args = MultiDict[str, str]


def typed(args: Args) -> str:
    """Return the words that are searched for, on one line."""
    try:
        words = clean(args.get("q", ""))
    except ValueError:
        raise Invalid(_("Søket har tegn som vi ikke kan lese. Skriv det på nytt.")) from None
    if len(words) > LONGEST:
        raise Invalid(_("Søket er for langt. Bruk noen få ord."))
    return words


def order(args: Args, default: Sort) -> Sort:
    """Return the order that is asked for: one of ours or nothing."""
    asked = args.get("sort") or default
    try:
        return Sort(asked)
    except ValueError:
        raise Invalid(_("Lista kan ikke sorteres slik.")) from None


def numbers(args: Args, name: str, allowed: Collection[int]) -> tuple[int, ...]:
    """Return the numbers that a filter asks for."""
    asked = [value for value in args.getlist(name) if value]
    found = {number(value) for value in asked}
    if len(asked) > MOST_VALUES or not found <= set(allowed):
        raise Invalid(_("Filteret finnes ikke."))
    return tuple(sorted(found))


def number(text: str) -> int:
    """Read a row's number as an address may say it."""
    if not (text.isascii() and text.isdecimal() and len(text) <= 10 and 0 < int(text) <= LARGEST):
        raise Invalid(_("Filteret finnes ikke."))
    return int(text)


def place(args: Args) -> tuple[Way, Cursor | None]:
    """Return which page is asked for; pages have one size, whatever an address says."""
    if args.get("limit", str(PAGE)) != str(PAGE):
        raise Invalid(_("En side har %(count)s treff.", count=PAGE))
    after, before = decode(args.get("after")), decode(args.get("before"))
    if after and before:
        raise Invalid
    if before:
        return Way.BEFORE, before
    return (Way.AFTER, after) if after else (Way.FIRST, None)


def without_defaults(values: dict[str, Any]) -> dict[str, Any]:
    """Return what an address must say: nothing empty."""
    return {name: value for name, value in values.items() if value}
