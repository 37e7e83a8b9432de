"""Borda and Condorcet, with examples that others have worked out before us."""

from __future__ import annotations

from hypothesis import given

from smartby.ballots.papers import Paper
from smartby.ballots.ranking import Duels, borda, duels
from tests.ballots.papers import ITEMS, order, orders, scores, unhurried

# The capital of Tennessee, the textbook's example: people want it near.
TENNESSEE = [
    order(["Memphis", "Nashville", "Chattanooga", "Knoxville"], 42),
    order(["Nashville", "Chattanooga", "Knoxville", "Memphis"], 26),
    order(["Chattanooga", "Knoxville", "Nashville", "Memphis"], 15),
    order(["Knoxville", "Chattanooga", "Nashville", "Memphis"], 17),
]
CITIES = ["Memphis", "Nashville", "Chattanooga", "Knoxville"]


def test_the_capital_of_tennessee() -> None:
    lines = borda(CITIES, TENNESSEE)
    assert [(line.item, line.score) for line in lines] == [
        ("Nashville", 194), ("Chattanooga", 173), ("Memphis", 126), ("Knoxville", 107),
    ]  # fmt: skip
    assert duels(CITIES, TENNESSEE) == Duels("Nashville", in_a_circle=False)


def test_condorcets_circle_has_no_winner() -> None:
    circle = [order("abc"), order("bca"), order("cab")]
    assert duels("abc", circle) == Duels(None, in_a_circle=True)
    assert set(scores(borda("abc", circle)).values()) == {3}
    assert {line.place for line in borda("abc", circle)} == {1}


def test_borda_can_pass_over_what_most_put_first_and_that_is_told() -> None:
    # Three of five put a first; b is second with them, and first with the other two.
    split = [order("abc", 3), order("bca", 2)]
    assert borda("abc", split)[0].item == "b"
    assert duels("abc", split).winner == "a"


def test_what_is_not_ranked_shares_the_points_that_are_left() -> None:
    assert scores(borda("abcd", [order("a")])) == {"a": 3, "b": 1, "c": 1, "d": 1}


def test_a_draw_is_neither_a_winner_nor_a_circle() -> None:
    assert duels("ab", [order("ab"), order("ba")]) == Duels(None, in_a_circle=False)
    assert duels("abc", []) == Duels(None, in_a_circle=False)


@unhurried
@given(orders())
def test_every_ballot_weighs_the_same(handed_in: list[Paper]) -> None:
    people = sum(paper.heads for paper in handed_in if paper.counts)
    points = sum(line.score or 0 for line in borda(ITEMS, handed_in))
    assert points == people * 6  # 3 + 2 + 1 + 0


@unhurried
@given(orders())
def test_who_beats_all_is_never_last_by_borda(handed_in: list[Paper]) -> None:
    winner = duels(ITEMS, handed_in).winner
    if winner is not None:
        lines = borda(ITEMS, handed_in)
        worst = min(line.score or 0 for line in lines)
        assert scores(lines)[winner] != worst or len({line.score for line in lines}) == 1
