"""What fits on a projector's page: sizes are in its own unit, --u in projector.css, 67.5 high."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

Item = TypeVar("Item")
# How much larger than usual what is shown may be, in per cent, where there is little of it.
SCALES = (145, 130, 115, 100)
WALL = 42.7  # of a page for cards, below a heading of two lines
ACROSS = {145: 2, 130: 3, 115: 3, 100: 4}  # cards side by side, as the style sheet has them
LETTERS = 20  # of a card on a line
LINE, AROUND, FOOT = 2.25, 2.6, 2.4  # of a card: a line, padding and gap, who wrote it or where
WIDTH, BESIDE, LETTER = 88.0, 3.8, 0.94  # of the page, what is beside a column's words, a letter
HEAD = 4.5  # of a column
MOST = 20  # cards of a page: more are a wall of words


def lines_of(text: str, letters: int) -> int:
    """Return how many lines a text takes."""
    return sum(max(1, -(-len(part) // letters)) for part in text.split("\n"))


def cut(blocks: Sequence[Sequence[Item]], costs: Sequence[float], room: float) -> list[list[Item]]:
    """Divide what stands below each other into pages."""
    pages: list[list[Item]] = []
    left = 0.0
    for block, cost in zip(blocks, costs, strict=True):
        if cost > left or not pages:
            pages.append([])
            left = room
        pages[-1] += block
        left -= cost
    return pages


def fits(pages: Sequence[Any], costs: Sequence[float], room: float) -> bool:
    """Tell whether all is on one page, and nothing higher than it: what is alone is cut nowhere."""
    return len(pages) <= 1 and max(costs, default=0) <= room


def on_walls(cards: Sequence[Any], feet: Sequence[bool]) -> tuple[int, list[list[Any]]]:
    """Lay cards out side by side; return how large they are, and those of each page.

    `feet`: which have a line below their words. Small is chosen only where large takes pages.
    """
    pages: list[list[Any]] = []
    for scale in SCALES:
        across, room = ACROSS[scale], WALL * 100 / scale
        costs = [_cost(card.body, LETTERS, foot) for card, foot in zip(cards, feet, strict=True)]
        firsts = range(0, len(cards), across)
        rows = [cards[first : first + across] for first in firsts]
        heights = [max(costs[first : first + across]) for first in firsts]
        most = MOST // across * across
        pages = [
            page[first : first + most]
            for page in cut(rows, heights, room)
            for first in range(0, len(page), most)
        ]
        if fits(pages, heights, room):
            return scale, pages
    return SCALES[-1], pages


def in_columns_of(
    cards: Sequence[Any], feet: Sequence[bool], columns: Sequence[str]
) -> list[list[Any]]:
    """Divide cards into pages on which no column is longer than there is room for."""
    letters = max(6, int((WIDTH / max(1, len(columns)) - BESIDE) / LETTER))
    pages: list[list[Any]] = []
    taken: dict[str, float] = {}
    for card, foot in zip(cards, feet, strict=True):
        cost = _cost(card.body, letters, foot)
        taken[card.column] = taken.get(card.column, HEAD) + cost
        if not pages or taken[card.column] > WALL or len(pages[-1]) >= MOST:
            pages.append([])
            taken = {card.column: HEAD + cost}
        pages[-1].append(card)
    return pages


def first_that_fit(items: Sequence[Item], costs: Sequence[float], room: float) -> Sequence[Item]:
    """Return as many of the first as there is room for, one at least."""
    return next(iter(cut([[item] for item in items], costs, room)), [])


def _cost(body: str, letters: int, foot: bool) -> float:
    return AROUND + LINE * lines_of(body, letters) + FOOT * foot
