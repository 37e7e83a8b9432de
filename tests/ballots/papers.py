"""Ballots as tests write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from smartby.ballots.papers import Line, Paper

ITEMS = ("card:1", "card:2", "card:3", "card:4")

# How long it takes says nothing about what is tested.
unhurried = settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])


def order(items: Sequence[str], people: int = 1) -> Paper:
    """Return a ballot that ranks items, best first, of so many people."""
    return Paper({item: place for place, item in enumerate(items, start=1)}, heads=people)


def says(people: int = 1, **marks: int) -> Paper:
    """Return a ballot with these marks, of so many people."""
    return Paper(dict(marks), heads=people)


def scores(lines: Sequence[Line]) -> dict[str, float | None]:
    """Return what each item got."""
    return {line.item: line.score for line in lines}


def papers(
    low: int, high: int, items: Sequence[str] = ITEMS, most: int = 25
) -> st.SearchStrategy[list[Paper]]:
    """Draw ballots with marks between two values."""
    marks = st.dictionaries(st.sampled_from(items), st.integers(low, high))
    return st.lists(st.builds(_paper, marks, st.integers(1, 4), st.booleans()), max_size=most)


def orders(items: Sequence[str] = ITEMS) -> st.SearchStrategy[list[Paper]]:
    """Draw rankings, some of them only of some items."""
    ranked = st.permutations(items).flatmap(
        lambda all_: st.integers(0, len(items)).map(lambda many: list(all_)[:many])
    )
    return st.lists(st.builds(order, ranked, st.integers(1, 4)), max_size=20)


def _paper(marks: Mapping[str, int], heads: int, at_home: bool) -> Paper:
    return Paper(marks, heads=heads, at_home=at_home)
