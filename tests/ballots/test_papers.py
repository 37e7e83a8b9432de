"""What holds for every count: turnout, spread, places, and what is never broken down."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from smartby.ballots.papers import Count, Line, Paper, placed, spread, turnout
from smartby.ballots.parts import parts_of
from smartby.ballots.tallies import approvals
from tests.ballots.papers import ITEMS, papers, says, unhurried


def test_turnout_counts_people_and_a_blank_is_no_vote() -> None:
    handed_in = [says(a=1), says(4, a=1), Paper({}), Paper({}, abstained=True, heads=2)]
    told = turnout(handed_in, present=20)
    assert (told.voted, told.abstained, told.present, told.ballots) == (5, 2, 20, 2)


def test_whoever_voted_and_left_was_there() -> None:
    assert turnout([says(3, a=1)], present=1).present == 3


def test_equals_share_a_place_and_keep_their_order() -> None:
    lines = [Line("a", 2, 1), Line("b", 5, 1), Line("c", None, 0), Line("d", 2, 1), Line("e", 1, 1)]
    assert [(line.item, line.place) for line in placed(lines)] == [
        ("b", 1), ("a", 2), ("d", 2), ("e", 4), ("c", None),
    ]  # fmt: skip


def test_spread_goes_from_all_alike_to_half_at_each_end() -> None:
    assert spread({3: 10}, 1, 5) == 0
    assert spread({1: 5, 5: 5}, 1, 5) == 1
    assert spread({}, 1, 5) is None
    # Ten people, evenly over five marks: variance 2, of the 4 that is possible.
    assert spread(dict.fromkeys(range(1, 6), 2), 1, 5) == 0.5


@unhurried
@given(st.dictionaries(st.integers(0, 9), st.integers(1, 50), min_size=1))
def test_spread_stays_between_none_and_all(counted: dict[int, int]) -> None:
    found = spread(counted, 0, 9)
    assert found is not None and 0 <= found <= 1


@unhurried
@given(papers(1, 1))
def test_the_room_and_the_homes_are_told_only_when_neither_is_fewer_than_five(
    handed_in: list[Paper],
) -> None:
    said = [paper for paper in handed_in if paper.counts]
    parts = parts_of(handed_in, lambda some: approvals(ITEMS, some))
    homes = sum(paper.at_home for paper in said)
    assert bool(parts) == (homes >= 5 and len(said) - homes >= 5)
    if parts:
        whole = {line.item: line.score for line in approvals(ITEMS, handed_in)}
        for item in ITEMS:
            assert sum(part.scores[item] or 0 for part in parts) == whole[item]


def test_fewer_than_five_ballots_are_not_broken_down() -> None:
    assert not turnout([says(5, a=1)] * 4).is_broken_down
    assert turnout([says(a=1)] * 5).is_broken_down


def test_a_count_finds_its_lines() -> None:
    count = Count([Line("a", 1, 1)], turnout([]))
    assert count.line("a") is not None and count.line("b") is None
