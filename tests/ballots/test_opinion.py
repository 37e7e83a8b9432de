"""The map of opinions: groups of at least five, the same map for the same votes."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from smartby.ballots.opinion import OpinionMap, agreement, opinion_map
from smartby.ballots.papers import Paper
from tests.ballots.papers import ITEMS, papers, unhurried

STATEMENTS = [f"option:{number}" for number in range(1, 9)]
# All want trees; one side wants the parking gone, the other wants it kept.
LEFT = dict(zip(STATEMENTS, (1, 1, 1, 1, -1, -1, -1, 0), strict=True))
RIGHT = dict(zip(STATEMENTS, (1, -1, -1, -1, 1, 1, 1, 0), strict=True))


def town(left: int, right: int, seed: int = 1) -> list[Paper]:
    """Return two camps whose people differ a little from one another."""
    lot, made = Random(seed), []  # noqa: S311 - any lot will do
    for camp, many in ((LEFT, left), (RIGHT, right)):
        for _ in range(many):
            said = dict(camp)
            said[lot.choice(STATEMENTS[1:])] = 0
            del said[lot.choice([s for s in STATEMENTS[1:] if s in said])]
            made.append(Paper(said))
    return made


def drawn(handed_in: list[Paper]) -> OpinionMap:
    """Return the map that these ballots make."""
    found = opinion_map(STATEMENTS, handed_in)
    assert found is not None
    return found


def test_two_camps_are_found_with_what_unites_and_what_divides() -> None:
    found = drawn(town(12, 8))
    assert [group.people for group in found.groups] == [12, 8]
    assert found.unites[0] == "option:1"
    assert set(found.divides) == set(STATEMENTS[1:7])
    (ax, _ay), (bx, _by) = (group.at for group in found.groups)
    assert ax * bx < 0


def test_a_camp_of_four_is_no_group() -> None:
    found = drawn(town(12, 4))
    assert found.groups == []
    assert {number for _x, _y, number in found.points} == {-1}


def test_fewer_than_five_make_no_map() -> None:
    assert opinion_map(STATEMENTS, town(4, 0)) is None
    assert opinion_map(STATEMENTS, []) is None
    assert opinion_map(STATEMENTS[:1], town(9, 9)) is None


def test_whoever_answered_almost_nothing_is_not_on_the_map() -> None:
    silent = [Paper({"option:1": 1, "option:2": 1})] * 6
    assert len(drawn(town(9, 9) + silent).points) == 18


def test_all_of_one_mind_are_no_camps() -> None:
    found = drawn([Paper(LEFT)] * 20)
    assert found.groups == [] and found.divides == []
    assert found.unites == STATEMENTS[:7]


def test_without_groups_it_is_told_what_splits_the_room() -> None:
    half = [Paper({"option:1": 1, "option:2": value}) for value in (1, -1)] * 4
    found = opinion_map(["option:1", "option:2"], half[:7])
    assert found is not None and found.groups == []
    assert found.unites == ["option:1"] and found.divides == ["option:2"]


def test_few_answers_are_drawn_towards_a_half() -> None:
    assert agreement("a", []) == 0.5
    assert agreement("a", [Paper({"a": 1})]) == 2 / 3


@unhurried
@given(papers(-1, 1, ITEMS, 25), st.integers(0, 99))
def test_the_same_votes_make_the_same_map(handed_in: list[Paper], seed: int) -> None:
    mixed = list(handed_in)
    Random(seed).shuffle(mixed)  # noqa: S311 - any order will do
    assert opinion_map(ITEMS, handed_in) == opinion_map(ITEMS, mixed)


@unhurried
@given(st.integers(0, 25), st.integers(0, 25), st.integers(0, 99))
def test_no_group_is_smaller_than_five_ballots(left: int, right: int, seed: int) -> None:
    found = opinion_map(STATEMENTS, town(left, right, seed))
    if found is None:
        return
    numbers = [number for _x, _y, number in found.points]
    assert all(numbers.count(number) >= 5 for number in range(len(found.groups)))
    assert len(numbers) >= 5
    assert all(-1 <= x <= 1 and -1 <= y <= 1 for x, y, _number in found.points)
    assert not set(found.unites) & set(found.divides) or not found.groups
