"""How many ballots fit on a sheet of A4, by the room that their words take."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .sheets import lines_of

# In pixels of CSS, as ballots.css draws a ballot that is printed: see the end of that file.
TALL, WIDE = 1040, 716  # of a sheet within its margins
AROUND = 42  # what surrounds a ballot on both sides: its padding and its dashed line
LETTER, LINE = 7.8, 22  # of what stands on a ballot: how wide, how high
LARGER = 1.36  # how much larger its question is
GAPS = 36  # between its parts
BOX, ROOM, MARK = 28, 80, 22  # what one writes in: a box, room for a number, or one of some marks
BESIDE, ABOVE = 16, 13  # what lies between a title and that, and between two titles
RULE = 60  # letters of what one is to do
NARROWEST = 6  # letters: no word is broken further


def copies_of(head: Sequence[str], titles: Iterable[str], mark: int, rule: int = RULE) -> int:
    """Return 4, 2 or 1, as many as a sheet has room for; 0 when a ballot takes more than one."""
    titles = list(titles)
    half = _height(head, titles, mark, rule, WIDE / 2 - AROUND)
    if half <= TALL:
        return 4 if half <= TALL / 2 else 2
    return 1 if _height(head, titles, mark, rule, WIDE - AROUND) <= TALL else 0


def _height(
    head: Sequence[str], titles: Sequence[str], mark: int, rule: int, width: float
) -> float:
    where, what = head
    above = lines_of(where, _letters(width)) + lines_of("x" * rule, _letters(width))
    asked = lines_of(what, _letters(width / LARGER)) * LARGER
    beside = _letters(width - BESIDE - mark)
    rows = (ABOVE + max(BOX, LINE * lines_of(title, beside)) for title in titles)
    return AROUND + GAPS + LINE * (above + asked) + sum(rows)


def _letters(width: float) -> int:
    return max(NARROWEST, int(width / LETTER))
