"""What the projectors show of a vote, a page at a time: long lists are not made small."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..facilitation.progress import progress_for
from ..workshops.models import Activity

ROOM = 20  # of a page, in lines of text as high as a title's
WIDE, HALF = 64, 32  # letters of a title on a line, in one column and in two


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: lines of a result or titles, and whether what else the kind draws stands there."""

    rows: Sequence[Any] = field(default_factory=list)
    more: bool = True


def sheets_of(rows: Sequence[Any], costs: Sequence[int], *, apart: bool) -> list[Sheet]:
    """Divide rows into pages; `apart`: what else the kind draws has the first page to itself."""
    cut: list[list[Any]] = []
    left = 0
    for row, cost in zip(rows, costs, strict=True):
        if cost > left:
            cut.append([])
            left = ROOM
        cut[-1].append(row)
        left -= cost
    if apart:
        return [Sheet(), *(Sheet(some, more=False) for some in cut)]
    return [Sheet(some) for some in cut] or [Sheet()]


def costs_of(titles: Iterable[str], *, across: int, beside: int) -> list[int]:
    """Return how much room each row takes: its title's lines, and what stands beside them."""
    return [beside + max(1, -(-len(title) // across)) for title in titles]


def begin_anew(activity: Activity) -> None:
    """Let the projectors begin at the first page: what they show is another list now."""
    progress_for(activity).page = 0
