"""Where items lie in a picture of impact and effort: nobody hides anybody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .papers import Line

LEFT, BOTTOM, STEP = 20, 200, 50  # where the lowest marks are in the picture, and how far a mark is
RADIUS = 8
LETTER = 5.5  # how wide one is
MOST = 6  # numbers that a spot names


@dataclass(frozen=True, slots=True)
class Spot:
    """One or several items by their numbers in the list, and where they lie."""

    numbers: tuple[int, ...]
    x: float
    y: float

    @property
    def label(self) -> str:
        """The numbers: "3, 4"; of very many the first, and how many more."""
        named = ", ".join(map(str, self.numbers[:MOST]))
        more = len(self.numbers) - MOST
        return f"{named} +{more}" if more > 0 else named

    @property
    def half(self) -> float:
        """Half its width."""
        return max(RADIUS, LETTER * len(self.label) / 2 + 3)

    def inside(self) -> Spot:
        """Return it moved so that all of it is in the picture."""
        x = min(max(self.x, LEFT + self.half), LEFT + 4 * STEP - self.half)
        return Spot(self.numbers, x, min(max(self.y, RADIUS), BOTTOM - RADIUS))

    def touches(self, other: Spot) -> bool:
        """Tell whether one would hide a part of the other."""
        beside = abs(self.x - other.x) >= self.half + other.half
        return not beside and abs(self.y - other.y) < 2 * RADIUS

    def joined(self, other: Spot) -> Spot:
        """Return both as one, where the middle of them is."""
        mine, theirs = len(self.numbers), len(other.numbers)
        x = (self.x * mine + other.x * theirs) / (mine + theirs)
        y = (self.y * mine + other.y * theirs) / (mine + theirs)
        return Spot(tuple(sorted(self.numbers + other.numbers)), x, y).inside()


def spots(lines: Iterable[Line]) -> list[Spot]:
    """Return the spots of lines that have a place; each has a number of its own, also of equals."""
    found: list[Spot] = []
    for number, line in enumerate(lines, start=1):
        x = LEFT + STEP * (line.figures["effort"] - 1)
        y = BOTTOM - STEP * (line.figures["impact"] - 1)
        made = Spot((number,), x, y).inside()
        # Whoever grows may touch somebody else.
        while near := next((other for other in found if other.touches(made)), None):
            found.remove(near)
            made = near.joined(made)
        found.append(made)
    return sorted(found, key=lambda spot: spot.numbers)
