"""The map of opinions: who thinks alike about statements, what unites people and what divides.

Statements are agreed with (1), disagreed with (-1) or passed (0). As in Polis: what somebody did
not answer is taken as the mean, the two directions in which people differ most are drawn (PCA),
and people are gathered in groups (k-means; as many groups as the silhouette speaks for). The same
votes always give the same map, in whatever order they came.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from .papers import ENOUGH, Line, Paper, ballots_on, histogram, lesser, placed, spread

Place = tuple[float, float, int]  # across, up, and the group counted from 0; -1 without groups
ANSWERED = 3  # statements one must have answered to stand on the map, or half of them if fewer
AGREE, DISAGREE, PASS = 1, -1, 0


@dataclass(frozen=True, slots=True)
class Group:
    """People who answer alike: how many, where they stand, and how they answer each statement."""

    people: int
    at: tuple[float, float]
    agree: Mapping[str, float]  # statement → share that agrees, drawn towards a half by few
    told: Mapping[str, float]  # the share as it is, where at least five have answered


@dataclass(frozen=True, slots=True)
class OpinionMap:
    """Where everybody stands, from -1 to 1 both ways, and the groups if there are clear ones."""

    points: Sequence[Place]
    groups: Sequence[Group]
    unites: Sequence[str]
    divides: Sequence[str]


def opinion_map(statements: Sequence[str], papers: Sequence[Paper]) -> OpinionMap | None:
    """Draw the map; None when too few have answered."""
    said = _those_who_answered(statements, papers)
    if len(said) < ENOUGH or len(statements) < 2:
        return None
    # It brings numpy along, a tenth of a process's memory; most never draw a map.
    from .positions import positions

    places = positions([[paper.marks.get(item) for item in statements] for paper in said])
    count = max(number for _x, _y, number in places) + 1
    groups = [_group(statements, said, places, number) for number in range(count)]
    drawn = [(_rounded(x), _rounded(y), number) for x, y, number in places]
    return OpinionMap(
        drawn, groups, _uniting(statements, said, groups), _dividing(statements, said, groups)
    )


def agreements(statements: Sequence[str], papers: Sequence[Paper]) -> list[Line]:
    """Place statements by the share that agrees, of those who agree or disagree."""
    return placed(_agreed(item, papers) for item in statements)


def agreement(statement: str, papers: Sequence[Paper]) -> float:
    """Return the share that agrees, of those who do not pass; drawn towards a half when few do."""
    given = histogram(papers, statement)
    return (given[AGREE] + 1) / (given[AGREE] + given[DISAGREE] + 2)


def _agreed(item: str, papers: Sequence[Paper]) -> Line:
    given = histogram(papers, item)
    sure = given[AGREE] + given[DISAGREE]
    score = given[AGREE] / sure if sure else None
    sides = {v: given[v] for v in (AGREE, DISAGREE)}
    apart, fewest = spread(sides, DISAGREE, AGREE), lesser(sides, DISAGREE, AGREE)
    people, ballots = sum(given.values()), ballots_on(papers, item)
    return Line(item, score, people, ballots, apart, given, {"sure": sure}, lesser=fewest)


def _those_who_answered(statements: Sequence[str], papers: Sequence[Paper]) -> list[Paper]:
    needed = min(ANSWERED, (len(statements) + 1) // 2)
    known = set(statements)
    said = [paper for paper in papers if paper.counts and len(known & paper.marks.keys()) >= needed]
    # A fixed order of equals: the map must not depend on who came first.
    return sorted(said, key=lambda paper: [paper.marks.get(item, 9) for item in statements])


def _rounded(number: float) -> float:
    return round(number, 2) + 0.0  # never -0.0


def _group(
    statements: Sequence[str], said: Sequence[Paper], places: Sequence[Place], number: int
) -> Group:
    inside = [place for place in places if place[2] == number]
    members = [paper for paper, place in zip(said, places, strict=True) if place[2] == number]
    across, up = (fmean(place[way] for place in inside) for way in (0, 1))
    shares = {item: agreement(item, members) for item in statements}
    told = {
        line.item: line.score
        for line in agreements(statements, members)
        if line.is_broken_down and line.score is not None
    }
    people = sum(paper.heads for paper in members)
    return Group(people, (_rounded(across), _rounded(up)), shares, told)


def _uniting(
    statements: Sequence[str], said: Sequence[Paper], groups: Sequence[Group]
) -> list[str]:
    """Return what more than 60 per cent in every group agree with, or disagree with."""
    least = {item: _least_in_common(item, said, groups) for item in statements}
    agreed = [item for item in statements if least[item] > 0.6]
    return sorted(agreed, key=lambda item: -least[item])


def _least_in_common(item: str, said: Sequence[Paper], groups: Sequence[Group]) -> float:
    shares = [group.agree[item] for group in groups] or [agreement(item, said)]
    return max(min(shares), min(1 - share for share in shares))


def _dividing(
    statements: Sequence[str], said: Sequence[Paper], groups: Sequence[Group]
) -> list[str]:
    """Return what groups answer differently, or without groups what splits people in two."""
    apart = {item: _apart(item, said, groups) for item in statements}
    return sorted((s for s in statements if apart[s] >= 0.4), key=lambda item: -apart[item])


def _apart(item: str, said: Sequence[Paper], groups: Sequence[Group]) -> float:
    if groups:
        shares = [group.agree[item] for group in groups]
        return max(shares) - min(shares)
    return 1 - abs(2 * agreement(item, said) - 1) if _answered(item, said) else 0.0


def _answered(item: str, said: Sequence[Paper]) -> int:
    given = histogram(said, item)
    return given[AGREE] + given[DISAGREE]
