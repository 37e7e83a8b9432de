"""Comparing two at a time: which pair is next, and how often each item wins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from hashlib import sha256
from itertools import combinations

from .papers import Line, Paper, placed

BETWEEN = "|"
COMPARED = 8  # times an item must have been compared before it is given a place


def pair_key(one: str, other: str) -> str:
    """Name a pair; a mark of 1 on it says the first, -1 the second, 0 that one cannot choose."""
    return f"{one}{BETWEEN}{other}"


def split(pair: str) -> tuple[str, str]:
    """Return the two items of a pair."""
    one, _, other = pair.partition(BETWEEN)
    return one, other


def pairs_for(voter: str, items: Sequence[str]) -> list[str]:
    """Return all pairs in a voter's own order, and with the sides changed by lot.

    The lot is drawn from the voter's mark, so that it falls the same way each time.
    """
    made = [_turned(voter, one, other) for one, other in combinations(items, 2)]
    return sorted(made, key=lambda pair: _lot(voter, pair))


def next_pair(voter: str, items: Sequence[str], done: Collection[str]) -> str | None:
    """Return the pair that a voter is asked about next."""
    return next((pair for pair in pairs_for(voter, items) if pair not in done), None)


def wins(items: Sequence[str], papers: Sequence[Paper]) -> list[Line]:
    """Give each item the share of its comparisons that it won; a draw is half a win."""
    won: Counter[str] = Counter()
    compared: Counter[str] = Counter()
    for item, doubled, heads in _outcomes(papers):
        won[item] += doubled * heads
        compared[item] += heads
    return placed(_line(item, won[item], compared[item], papers) for item in items)


def _outcomes(papers: Sequence[Paper]) -> Iterator[tuple[str, int, int]]:
    for paper in papers:
        for pair, value in paper.marks.items() if paper.counts else ():
            one, other = split(pair)
            yield one, 1 + value, paper.heads
            yield other, 1 - value, paper.heads


def _line(item: str, doubled: int, compared: int, papers: Sequence[Paper]) -> Line:
    rate = doubled / (2 * compared) if compared else None
    figures = {"compared": compared, "rate": rate}
    score = rate if compared >= COMPARED else None
    met = [paper for paper in papers if paper.counts and any(item in split(p) for p in paper.marks)]
    people = sum(paper.heads for paper in met)
    apart = None if rate is None else 4 * rate * (1 - rate)
    return Line(item, score, people, len(met), apart, {}, figures)


def _turned(voter: str, one: str, other: str) -> str:
    swap = _lot(voter, f"{one}~{other}")[0] & 1
    return pair_key(other, one) if swap else pair_key(one, other)


def _lot(voter: str, text: str) -> bytes:
    return sha256(f"{voter}\n{text}".encode()).digest()
