"""Counting impact against effort: two means for each item, and the quarter it falls in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from .papers import Line, Paper, lesser, mean, placed, spread

LOW, HIGH = 1, 5
MIDDLE = (LOW + HIGH) / 2
NOW, PLAN, SOMETIME, LEAVE = "now", "plan", "sometime", "leave"


def quarters(items: Sequence[str], papers: Sequence[Paper]) -> list[Line]:
    """Place items by impact minus effort; only those who said both are counted."""
    return placed(_line(item, papers) for item in items)


def quarter(impact: float, effort: float) -> str:
    """Name a quarter; what lies on the middle counts as great impact and as little effort."""
    if impact >= MIDDLE:
        return NOW if effort <= MIDDLE else PLAN
    return SOMETIME if effort <= MIDDLE else LEAVE


def _line(item: str, papers: Sequence[Paper]) -> Line:
    said = [paper for paper in papers if paper.counts and _both(paper, item)]
    impacts, efforts = _counted(item, said, 0), _counted(item, said, 1)
    impact, effort = mean(impacts), mean(efforts)
    if impact is None or effort is None:
        return Line(item, None, 0)
    # As far apart as they are on the one of the two that they agree least on.
    apart = max(spread(marks, LOW, HIGH) or 0 for marks in (impacts, efforts))
    fewest = max(lesser(marks, LOW, HIGH) for marks in (impacts, efforts))
    people = sum(paper.heads for paper in said)
    # The difference of the sums, so that equals are equal whatever the means are rounded to.
    total = sum(v * n for v, n in impacts.items()) - sum(v * n for v, n in efforts.items())
    figures = {"impact": impact, "effort": effort, "quarter": quarter(impact, effort)}
    return Line(item, total / people, people, len(said), apart, impacts, figures, lesser=fewest)


def _both(paper: Paper, item: str) -> bool:
    return bool(paper.marks.get(item)) and bool(paper.across.get(item))


def _counted(item: str, papers: Sequence[Paper], second: int) -> Counter[int]:
    counted: Counter[int] = Counter()
    for paper in papers:
        counted[(paper.across if second else paper.marks)[item]] += paper.heads
    return counted
