"""Counting rankings by Borda's method, and telling whether one item beats every other.

Borda (1781): the last of n places gives 0 points, the first n - 1. Items that somebody did not
rank share the points of the places that were left, so that every ballot weighs the same. Condorcet
(1785): an item that most people rank above each other item, one by one, if there is such an item.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .papers import Line, Paper, ballots_on, histogram, lesser, placed, spread


@dataclass(frozen=True, slots=True)
class Duels:
    """Who wins when items are compared two by two."""

    winner: str | None  # beats every other item
    in_a_circle: bool  # nobody does, though every duel was decided


def borda(items: Sequence[str], papers: Sequence[Paper]) -> list[Line]:
    """Give points by place; a paper's marks are the places it gave, 1 for the best."""
    points = dict.fromkeys(items, 0)  # doubled, so that they stay whole
    for paper in papers:
        for item, given in _points(items, paper).items():
            points[item] += given * paper.heads
    people = sum(paper.heads for paper in papers if paper.counts)
    return placed(_line(item, points[item], papers, len(items), people) for item in items)


def duels(items: Sequence[str], papers: Sequence[Paper]) -> Duels:
    """Compare all items two by two."""
    orders = [(_order(items, paper), paper.heads) for paper in papers if paper.counts]
    table = {
        (one, other): sum(heads * _prefers(order, one, other) for order, heads in orders)
        for one in items
        for other in items
        if one != other
    }
    beats = {
        one: {b for (a, b), margin in table.items() if a == one and margin > 0} for one in items
    }
    winner = next((one for one in items if orders and len(beats[one]) == len(items) - 1), None)
    decided = bool(orders) and all(margin != 0 for margin in table.values())
    return Duels(winner, winner is None and decided and len(items) > 2)


def _order(items: Sequence[str], paper: Paper) -> list[str]:
    ranked = [item for item in items if item in paper.marks]
    return sorted(ranked, key=lambda item: paper.marks[item])


def _points(items: Sequence[str], paper: Paper) -> dict[str, int]:
    if not paper.counts:
        return {}
    order = _order(items, paper)
    rest = len(items) - len(order) - 1
    return dict.fromkeys(items, rest) | {
        item: 2 * (len(items) - place) for place, item in enumerate(order, start=1)
    }


def _prefers(order: Sequence[str], one: str, other: str) -> int:
    # Whoever ranks only one of two likes that one better; who ranks neither has not said.
    last = len(order)
    places = [order.index(item) if item in order else last for item in (one, other)]
    return (places[0] < places[1]) - (places[0] > places[1])


def _line(item: str, doubled: int, papers: Sequence[Paper], items: int, people: int) -> Line:
    given = histogram(papers, item)
    figures = {"first": given.get(1, 0)}
    score = doubled / 2 if people else None
    apart, ballots = spread(given, 1, items), ballots_on(papers, item)
    return Line(
        item, score, sum(given.values()), ballots, apart, given, figures,
        lesser=lesser(given, 1, items),
    )  # fmt: skip
