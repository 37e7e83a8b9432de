"""What the projectors show of a vote, a page at a time: long lists are not made small."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ..cards.piles import Slip
from ..facilitation.fitting import SCALES, cut, fits, lines_of
from ..facilitation.progress import progress_for
from ..facilitation.ways import WAYS
from ..workshops.models import Activity
from .items import Option

# Heights are in the projector's own unit (--u in projector.css), of which its page has 67.5.
ROOM = 42.7  # of a page for a result, below the heading and above what is said of it
LISTED = 33.0  # of a page for what is voted on, below how many have
NEWS, FORMER = 5.0, 8.5  # what is told above it of a round that is on, and of one before
LINE = 2.5  # of a title
CARD = 3.0  # what surrounds a title that is voted on
WIDE, HALF, THIRD = 64, 28, 22  # letters of a title on a line, by how many stand side by side
LISTS = 3  # columns of what is voted on
NOTES = 3  # cards of a group below its name, where all is on one page with them
NOTE, NOTED, NOTE_LETTERS = 1.9, 0.7, 26  # a line of one, what surrounds them, letters on a line
NOTE_MOST = 48  # letters of one


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: lines of a result or titles, and whether what else the kind draws stands there."""

    rows: Sequence[Any] = field(default_factory=list)
    more: bool = True
    across: int = 1  # in how many columns
    notes: int = 0  # of each row, where rows have some
    scale: int = 100  # how large it is drawn, in per cent


def listed(options: Sequence[Option], room: float) -> list[Sheet]:
    """Lay out what is voted on: groups with as many of their cards as one page has room for.

    It is as large as it can be without taking more pages; cards come before size.
    """
    pages: list[Sheet] = []
    for few in range(NOTES, -1, -1):
        for scale in SCALES:
            letters = letters_at(THIRD, scale)
            costs = costs_of([option.title for option in options], letters=letters, beside=CARD)
            heights = [
                cost + _notes_of(option, few, scale)
                for cost, option in zip(costs, options, strict=True)
            ]
            large = room * 100 / scale
            pages = in_rows(options, heights, large, across=LISTS)
            if fits(pages, heights, large):
                return [replace(page, notes=few, scale=scale) for page in pages]
    return pages


def letters_at(letters: int, scale: int) -> int:
    """Return how many letters a line takes when they are larger."""
    return letters * 100 // scale


def _notes_of(option: Option, few: int, scale: int) -> float:
    """Return how high the first cards of a group are, or what says how a card came."""
    if option.way in WAYS:
        return NOTE
    shown = option.cards[:few]
    letters = letters_at(NOTE_LETTERS, scale)
    lines = sum(lines_of(_noted(slip), letters) for slip in shown)
    return NOTED + NOTE * (lines + (len(option.cards) > few)) if shown else 0.0


def _noted(slip: Slip) -> str:
    return slip.body[:NOTE_MOST] + (" " * NOTE_LETTERS if slip.way in WAYS else "")


def in_columns(
    rows: Sequence[Any], costs: Sequence[float], room: float, *, across: int = 1
) -> list[Sheet]:
    """Divide rows into pages that are read downwards, one column after the other."""
    columns = cut([[row] for row in rows], costs, room)
    pages = [columns[first : first + across] for first in range(0, len(columns), across)]
    return [Sheet([row for column in page for row in column], across=across) for page in pages]


def in_rows(
    rows: Sequence[Any], costs: Sequence[float], room: float, *, across: int
) -> list[Sheet]:
    """Divide rows into pages that are read across: the highest of those side by side counts."""
    firsts = range(0, len(rows), across)
    beside = [list(rows[first : first + across]) for first in firsts]
    highest = [max(costs[first : first + across]) for first in firsts]
    return [Sheet(page, across=across) for page in cut(beside, highest, room)]


def costs_of(titles: Iterable[str], *, letters: int, beside: float) -> list[float]:
    """Return how high each row is: its title's lines, and what stands below them."""
    return [beside + LINE * lines_of(title, letters) for title in titles]


def begin_anew(activity: Activity) -> None:
    """Let the projectors begin at the first page: what they show is another list now."""
    progress_for(activity).page = 0
