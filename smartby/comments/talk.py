"""A discussion on a page: which threads are shown, in what order, and where the rest is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from sqlalchemy import Row

from ..core.pagination import Cursor, encode
from .models import STANCES
from .queries import PAGE, SORTS, said_under
from .said import Reader, threads_html

BAR, GAP = 310, 2  # the box that the bar of stances is drawn in, and the space between its parts
ENOUGH = 5  # stances, before they are drawn as a bar


@dataclass(frozen=True, slots=True)
class Wish:
    """What of a discussion somebody wants to see."""

    sort: str = "new"
    after: Cursor | None = None
    comment: int | None = None  # the one that a link leads to

    @property
    def whole(self) -> bool:
        """Tell whether the page begins where the list begins, so that new ones belong there."""
        return self.after is None and self.comment is None


@dataclass(frozen=True, slots=True)
class Talk:
    """A page of a discussion before it is known who reads it."""

    wish: Wish
    rows: Sequence[Row[Any]]
    first: list[int]
    next: str  # where the rest begins, "" at the end

    @property
    def numbers(self) -> list[int]:
        """The numbers of all comments that are shown."""
        shown = set(self.first)
        return [row.id for row in self.rows if (row.root_id or row.id) in shown]

    def shows_all(self, count: int) -> bool:
        """Tell whether that many comments, those that were not deleted, are all on the page."""
        shown = set(self.first)
        here = (row for row in self.rows if (row.root_id or row.id) in shown)
        return sum(1 for row in here if row.deleted_at is None) >= count

    def html(self, reader: Reader) -> Markup:
        """Render the threads for a reader."""
        shown = set(self.numbers)
        rows = [row for row in self.rows if row.id in shown]
        threads = threads_html(rows, self.first, reader)
        return Markup("\n").join(threads)


def talk_about(contribution: int, wish: Wish) -> Talk:
    """Read a page of a discussion in one statement."""
    sort = wish.sort if wish.sort in SORTS else "new"
    rows = said_under(contribution, sort, wish.after, wish.comment)
    first = sorted((row for row in rows if row.root_id is None), key=_order(sort))
    last = first[PAGE - 1] if len(first) > PAGE else None
    value = last.useful_count if last is not None and sort == "best" else 0
    following = encode(Cursor(value, last.id)) if last is not None else ""
    return Talk(wish, rows, [row.id for row in first[:PAGE]], following)


def _order(sort: str) -> Any:
    if sort == "best":
        return lambda row: (-row.useful_count, -row.id)
    return lambda row: -row.id


@dataclass(frozen=True, slots=True)
class Part:
    """One stance in the bar: how many, and where it is drawn."""

    kind: str
    count: int
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class Stances:
    """How a discussion divides."""

    id: int
    parts: list[Part]

    @property
    def total(self) -> int:
        """How many comments take a stance."""
        return sum(part.count for part in self.parts)

    @property
    def few(self) -> bool:
        """Tell whether there are too few to draw: a bar of two says more than two people know."""
        return self.total < ENOUGH

    def count(self, kind: str) -> int:
        """Return how many take a stance."""
        return next(part.count for part in self.parts if part.kind == kind)


def stances_of(contribution: int, counts: Mapping[str, int]) -> Stances:
    """Lay out the bar of stances."""
    shown = [counts.get(kind, 0) for kind in STANCES]
    drawn = sum(1 for count in shown if count)
    room = BAR - GAP * max(0, drawn - 1)
    parts, x = [], 0
    for kind, count in zip(STANCES, shown, strict=True):
        width = max(1, round(room * count / sum(shown))) if count else 0
        parts.append(Part(kind, count, x, width))
        x += width + GAP if count else 0
    return Stances(contribution, parts)
