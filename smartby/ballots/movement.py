"""How a second round differs from the first."""

from __future__ import annotations

from dataclasses import dataclass

from .papers import Count


@dataclass(frozen=True, slots=True)
class Move:
    """How many places an item rose (or fell, below 0), and how its score changed."""

    places: int
    score: float
    before: float


def moves(before: Count, after: Count) -> dict[str, Move]:
    """Compare two rounds; items that had no place in both are left out."""
    made = {}
    for line in after.lines:
        old = before.line(line.item)
        if old is None or old.score is None or line.score is None:
            continue
        places = (old.place or 0) - (line.place or 0)
        made[line.item] = Move(places, line.score - old.score, old.score)
    return made
