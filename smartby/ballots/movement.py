"""How a second round differs from the first."""

from __future__ import annotations

from dataclasses import dataclass

from .papers import Count, Line


@dataclass(frozen=True, slots=True)
class Move:
    """How many places an item rose (or fell, below 0), and how its score changed."""

    places: int
    score: float
    before: float


def moves(before: Count, after: Count) -> dict[str, Move]:
    """Compare two rounds; items that had no place in both are left out.

    So are those that have a better place only because they share it: see `_rose`.
    """
    made = {}
    for line in after.lines:
        old = before.line(line.item)
        if old is None or old.score is None or line.score is None:
            continue
        places = (old.place or 0) - (line.place or 0)
        if places > 0 and not _rose(before, old, after, line):
            continue
        made[line.item] = Move(places, line.score - old.score, old.score)
    return made


def _rose(before: Count, old: Line, after: Count, line: Line) -> bool:
    """Tell whether a better place is a rise: it got more, or has fewer beside or above it now.

    A shared place is the best of those it stands for: what loses its last vote, or has none, may
    share a better one than it had, and has not risen.
    """
    if line.score is None or old.score is None:
        return False
    if line.score > old.score:
        return True
    return line.score != 0 and _lowest(after, line) < _lowest(before, old)


def _lowest(count: Count, line: Line) -> int:
    """Return the last of the places that those who share one take together."""
    return sum(each.score is not None and each.score >= (line.score or 0) for each in count.lines)
