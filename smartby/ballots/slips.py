"""How many ballots fit on a sheet of A4, by the room that their words take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..facilitation.fitting import lines_of

# In pixels of CSS, as ballots.css draws a ballot that is printed: see the end of that file.
TALL, WIDE = 1040, 716  # of a sheet within its margins
AROUND = 42  # what surrounds a ballot on both sides: its padding and its dashed line
LETTER, LINE = 7.8, 22  # of what stands on a ballot: how wide, how high
LARGER = 1.36  # how much larger its question is
GAPS = 36  # between its parts
BOX, ROOM, MARK = 28, 80, 22  # what one writes in: a box, room for a number, or one of some marks
AXIS = 30  # a row of marks below a title, and the gap above it
BESIDE, ABOVE = 16, 13  # what lies between a title and that, and between two titles
RULE = 60  # letters of what one is to do
NARROWEST = 6  # letters: no word is broken further


@dataclass(frozen=True, slots=True)
class Mark:
    """What one marks on a ballot, by the room it takes, and how long it is what one is to do."""

    beside: int = ROOM
    below: int = 0
    rule: int = RULE


def copies_of(head: Sequence[str], titles: Sequence[str], mark: Mark, ends: int = 0) -> int:
    """Return 4, 2 or 1, as many as a sheet has room for; 0 when a ballot takes more than one.

    `ends`: how many letters the names of a scale's ends take.
    """
    half = _height(head, titles, mark, ends, WIDE / 2 - AROUND)
    if half <= TALL:
        return 4 if half <= TALL / 2 else 2
    return 1 if _height(head, titles, mark, ends, WIDE - AROUND) <= TALL else 0


def _height(
    head: Sequence[str], titles: Sequence[str], mark: Mark, ends: int, width: float
) -> float:
    where, what = head
    rule = "x" * (mark.rule + ends)
    above = lines_of(where, _letters(width)) + lines_of(rule, _letters(width))
    asked = lines_of(what, _letters(width / LARGER)) * LARGER
    beside = _letters(width - BESIDE - mark.beside)
    rows = (ABOVE + max(BOX, LINE * lines_of(title, beside)) + mark.below for title in titles)
    return AROUND + GAPS + LINE * (above + asked) + sum(rows)


def _letters(width: float) -> int:
    return max(NARROWEST, int(width / LETTER))
