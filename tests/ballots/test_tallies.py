"""Counting dots, approvals and marks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartby.ballots import matrix, opinion, pairs, ranking, tallies
from smartby.ballots.papers import Line, Paper
from tests.ballots.papers import ITEMS, orders, papers, says, scores, unhurried

Method = Callable[[Sequence[str], Sequence[Paper]], list[Line]]
METHODS: dict[str, tuple[Method, st.SearchStrategy[list[Paper]]]] = {
    "dots": (lambda items, some: tallies.dots(items, some, 3), papers(1, 3)),
    "approvals": (tallies.approvals, papers(1, 1)),
    "scores": (lambda items, some: tallies.scores(items, some, 1, 5), papers(1, 5)),
    "ranking": (ranking.borda, orders()),
    "pairs": (pairs.wins, papers(-1, 1, ("card:1|card:2", "card:2|card:3", "card:4|card:1"))),
    "matrix": (matrix.quarters, papers(1, 5)),
    "statements": (opinion.agreements, papers(-1, 1)),
}


@pytest.mark.parametrize("name", METHODS)
@unhurried
@given(data=st.data(), seed=st.integers(0, 1000))
def test_the_order_in_which_ballots_come_changes_nothing(
    name: str, data: st.DataObject, seed: int
) -> None:
    method, some = METHODS[name]
    handed_in = data.draw(some)
    mixed = list(handed_in)
    Random(seed).shuffle(mixed)  # noqa: S311 - any order will do
    assert method(ITEMS, handed_in) == method(ITEMS, mixed)


@pytest.mark.parametrize("name", METHODS)
@unhurried
@given(data=st.data())
def test_every_item_has_a_line_and_better_ones_stand_above(name: str, data: st.DataObject) -> None:
    method, some = METHODS[name]
    lines = method(ITEMS, data.draw(some))
    assert sorted(line.item for line in lines) == sorted(ITEMS)
    known = [line.score for line in lines if line.score is not None]
    assert known == sorted(known, reverse=True)
    assert [line.score is None for line in lines] == sorted(line.score is None for line in lines)
    for line in lines:
        assert line.spread is None or 0 <= line.spread <= 1


@pytest.mark.parametrize("name", METHODS)
@unhurried
@given(data=st.data())
def test_a_team_of_three_counts_as_three_who_say_the_same(name: str, data: st.DataObject) -> None:
    method, some = METHODS[name]
    handed_in = data.draw(some)
    teams = [Paper(paper.marks, paper.across, heads=3 * paper.heads) for paper in handed_in]
    apart = [paper for paper in handed_in for _ in range(3)]
    # Only how many ballots it is of differs, by which it is told how the votes were spread.
    same = [replace(line, ballots=3 * line.ballots) for line in method(ITEMS, teams)]
    assert same == method(ITEMS, apart)


@pytest.mark.parametrize("name", METHODS)
def test_nothing_handed_in_is_no_winner(name: str) -> None:
    method, _some = METHODS[name]
    assert {line.voters for line in method(ITEMS, [])} == {0}
    assert method([], []) == []


@unhurried
@given(papers(1, 3))
def test_no_dot_is_lost(handed_in: list[Paper]) -> None:
    lines = tallies.dots(ITEMS, handed_in, 3)
    given_ = sum(sum(paper.marks.values()) * paper.heads for paper in handed_in)
    assert sum(line.score or 0 for line in lines) == given_


def test_dots_tell_how_many_stand_behind() -> None:
    lines = tallies.dots(["a", "b"], [says(a=3), says(a=1, b=2), says(b=1)], 3)
    assert [(line.item, line.score, line.voters) for line in lines] == [("a", 4, 2), ("b", 3, 2)]


def test_marks_are_a_mean_of_those_who_gave_one() -> None:
    lines = tallies.scores(["a", "b", "c"], [says(a=5, b=3), says(a=2), says(a=2, b=3)], 1, 5)
    assert scores(lines) == {"a": 3, "b": 3, "c": None}
    assert [line.place for line in lines] == [1, 1, None]
    assert lines[0].figures == {"lowest": 2, "highest": 5}


def test_the_matrix_needs_both_marks() -> None:
    handed_in = [
        Paper({"a": 5, "b": 2, "c": 4}, {"a": 1, "b": 5, "c": 0}),
        Paper({"a": 4, "b": 1}, {"a": 2, "b": 4}),
    ]
    a, b, c = matrix.quarters(["a", "b", "c"], handed_in)
    assert (a.item, a.score, a.figures["quarter"]) == ("a", 3, matrix.NOW)
    assert (a.figures["impact"], a.figures["effort"]) == (4.5, 1.5)
    assert (b.item, b.score, b.figures["quarter"]) == ("b", -3, matrix.LEAVE)
    assert (c.item, c.score, c.place) == ("c", None, None)


@pytest.mark.parametrize(
    ("impact", "effort", "found"),
    [(3, 3, matrix.NOW), (3, 3.01, matrix.PLAN), (2.99, 3, matrix.SOMETIME), (1, 5, matrix.LEAVE)],
)
def test_the_middle_counts_as_great_impact_and_little_effort(
    impact: float, effort: float, found: str
) -> None:
    assert matrix.quarter(impact, effort) == found
