"""Counting dots, approvals and marks on a scale."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import ceil

from .papers import Line, Paper, ballots_on, histogram, lesser, mean, placed, spread


def dots(items: Sequence[str], papers: Sequence[Paper], most: int) -> list[Line]:
    """Add up dots; `most` is how many one person may give one item.

    Whoever gave an item none has also said something: the spread counts them.
    """
    people = sum(paper.heads for paper in papers if paper.counts)
    return placed(_dots(item, papers, people, most) for item in items)


def _dots(item: str, papers: Sequence[Paper], people: int, most: int) -> Line:
    given = histogram(papers, item)
    behind = sum(given.values())
    everybody = given + Counter({0: people - behind})
    total = sum(value * n for value, n in given.items())
    apart = spread(everybody, 0, max(most, *given, 1)) if people else None
    ballots = sum(paper.counts for paper in papers)
    known = None if _is_unknown(papers, item, most) else behind
    return Line(item, total, known, ballots, apart, given)


def _is_unknown(papers: Sequence[Paper], item: str, most: int) -> bool:
    """Tell whether dots on paper may be from fewer people than sheets: only their sum is known."""
    sheets = [paper for paper in papers if paper.way == "paper"]
    given = sum(paper.marks.get(item, 0) for paper in sheets)
    return ceil(given / most) < min(given, len(sheets))


def approvals(items: Sequence[str], papers: Sequence[Paper]) -> list[Line]:
    """Count for each item the people who approve of it."""
    return dots(items, papers, 1)


def scores(items: Sequence[str], papers: Sequence[Paper], low: int, high: int) -> list[Line]:
    """Take the mean of the marks each item was given; an item without marks has no place."""
    return placed(_scored(item, papers, low, high) for item in items)


def _scored(item: str, papers: Sequence[Paper], low: int, high: int) -> Line:
    given = histogram(papers, item)
    figures = {"lowest": min(given), "highest": max(given)} if given else {}
    apart, ballots = spread(given, low, high), ballots_on(papers, item)
    return Line(
        item, mean(given), sum(given.values()), ballots, apart, given, figures,
        lesser=lesser(given, low, high),
    )  # fmt: skip
