"""How a card came when it was not written on its author's own phone, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from .models import COUNTED, PAPER, PROXY, TEAM

WAYS: Mapping[str, Any] = {
    PROXY: _l("skrevet for en uten telefon"),
    PAPER: _l("fra papir"),
    TEAM: _l("fra flere sammen"),
    COUNTED: _l("fra flere sammen"),
}


def way_in_words(way: str) -> str:
    """Say how a card came; "" when its author wrote it alone."""
    return str(WAYS.get(way, ""))


def with_way(texts: Sequence[str], ways: Sequence[str]) -> list[tuple[str, str]]:
    """Return texts with how each came; of some that were kept long ago that is not known."""
    return list(zip_longest(texts, ways[: len(texts)], fillvalue=""))


def with_ways(
    heading: Sequence[str], rows: Sequence[list[Any]], ways: Iterable[str]
) -> list[list[Any]]:
    """Return a table whose last column says how each row's card came, where some came otherwise."""
    told = [str(_("Kom inn")), *map(way_in_words, ways)]
    return beside([list(heading), *rows], told, at=len(heading))


def beside(table: Sequence[list[Any]], column: Sequence[str], *, at: int) -> list[list[Any]]:
    """Put a column into a table, its heading first; one that nothing stands in is left out."""
    if not any(column[1:]):
        return list(table)
    return [[*row[:at], cell, *row[at:]] for row, cell in zip(table, column, strict=True)]
