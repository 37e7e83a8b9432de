"""Two at a time: who is asked what, and when there is enough to say who wins."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from smartby.ballots.pairs import COMPARED, next_pair, pairs_for, split, wins
from smartby.ballots.papers import Paper
from tests.ballots.papers import ITEMS, scores, unhurried


@unhurried
@given(st.text(min_size=1, max_size=20))
def test_everybody_meets_every_pair_once_in_an_order_of_their_own(voter: str) -> None:
    asked: dict[str, int] = {}
    while pair := next_pair(voter, ITEMS, asked):
        asked[pair] = 1
    assert len(asked) == 6
    assert len({frozenset(split(pair)) for pair in asked}) == 6
    assert list(asked) == pairs_for(voter, ITEMS)


def test_the_lot_spreads_the_first_pair_and_the_sides() -> None:
    first = [pairs_for(f"p:{number}", ITEMS)[0] for number in range(300)]
    assert len(set(first)) == 12
    assert min(first.count(pair) for pair in set(first)) > 8


def test_who_wins_more_stands_above_and_a_draw_is_half() -> None:
    pair = {"a|b": 1}
    lines = wins(["a", "b"], [Paper(pair)] * 6 + [Paper({"b|a": 1})] * 2 + [Paper({"a|b": 0})] * 2)
    assert scores(lines) == {"a": 0.7, "b": 0.3}
    assert lines[0].figures == {"compared": 10, "rate": 0.7} and lines[0].voters == 10


def test_too_few_comparisons_give_no_place() -> None:
    lines = wins(["a", "b", "c"], [Paper({"a|b": 1})] * (COMPARED - 1) + [Paper({"a|c": -1})])
    places = {line.item: line.place for line in lines}
    assert places == {"a": 1, "b": None, "c": None}
    assert {line.item: line.figures["compared"] for line in lines} == {"a": 8, "b": 7, "c": 1}


def test_a_pair_of_something_that_is_gone_counts_for_what_is_left() -> None:
    assert wins(["a"], [Paper({"a|gone": 1})])[0].figures["rate"] == 1
