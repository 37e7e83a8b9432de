"""The map of opinions: who thinks alike about statements, what unites people and what divides.

Statements are agreed with (1), disagreed with (-1) or passed (0). As in Polis: what somebody did
not answer is taken as the mean, the two directions in which people differ most are drawn (PCA),
and people are gathered in groups (k-means; as many groups as the silhouette speaks for). The same
votes always give the same map, in whatever order they came.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .papers import ENOUGH, Line, Paper, ballots_on, histogram, placed, spread

Matrix = npt.NDArray[np.float64]
Labels = npt.NDArray[np.int64]
MOST_GROUPS = 5
ROUNDS = 50  # of k-means; it settles long before
STARTS = 8
APART = 0.25  # a silhouette below this is no structure
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

    # Across, up, and the group counted from 0; -1 without groups.
    points: Sequence[tuple[float, float, int]]
    groups: Sequence[Group]
    unites: Sequence[str]
    divides: Sequence[str]


def opinion_map(statements: Sequence[str], papers: Sequence[Paper]) -> OpinionMap | None:
    """Draw the map; None when too few have answered."""
    said = _those_who_answered(statements, papers)
    if len(said) < ENOUGH or len(statements) < 2:
        return None
    points = _positions(_answers(statements, said))
    labels = _grouped(points)
    count = int(labels.max()) + 1
    groups = [_group(statements, said, points, labels, number) for number in range(count)]
    drawn = [(_rounded(x), _rounded(y), int(n)) for (x, y), n in zip(points, labels, strict=True)]
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
    apart = spread({v: given[v] for v in (AGREE, DISAGREE)}, DISAGREE, AGREE)
    people, ballots = sum(given.values()), ballots_on(papers, item)
    return Line(item, score, people, ballots, apart, given, {"sure": sure})


def _those_who_answered(statements: Sequence[str], papers: Sequence[Paper]) -> list[Paper]:
    needed = min(ANSWERED, (len(statements) + 1) // 2)
    known = set(statements)
    said = [paper for paper in papers if paper.counts and len(known & paper.marks.keys()) >= needed]
    # A fixed order of equals: the map must not depend on who came first.
    return sorted(said, key=lambda paper: [paper.marks.get(item, 9) for item in statements])


def _answers(statements: Sequence[str], said: Sequence[Paper]) -> Matrix:
    rows = [[paper.marks.get(item, np.nan) for item in statements] for paper in said]
    table = np.array(rows, dtype=np.float64)
    known = ~np.isnan(table)
    sums = np.where(known, table, 0).sum(axis=0)
    means = sums / np.maximum(known.sum(axis=0), 1)
    centred: Matrix = np.where(known, table - means, 0)
    # Whoever answered little would else stand near the middle for that alone.
    weight = np.sqrt(len(statements) / np.maximum(known.sum(axis=1), 1))
    weighed: Matrix = centred * weight[:, None]
    return weighed


def _positions(table: Matrix) -> Matrix:
    _, _, ways = np.linalg.svd(table, full_matrices=False)
    ways = ways[:2]
    if len(ways) < 2:
        ways = np.vstack([ways, np.zeros_like(ways[0])])
    # The sign of a direction is arbitrary: the statement that weighs most points right, or up.
    heaviest = np.argmax(np.round(np.abs(ways), 9), axis=1)
    ways = ways * np.where(ways[np.arange(2), heaviest] < 0, -1, 1)[:, None]
    points: Matrix = np.round(table @ ways.T, 9)
    longest = max(float(np.abs(points).max()), 1e-9)
    shrunk: Matrix = points / longest
    return shrunk


def _grouped(points: Matrix) -> Labels:
    best, found = APART, np.full(len(points), -1, dtype=np.int64)
    for count in range(2, min(MOST_GROUPS, len(points) // ENOUGH) + 1):
        labels = _k_means(points, count)
        clear = _silhouette(points, labels, count)
        if np.bincount(labels, minlength=count).min() >= ENOUGH and clear > best + 1e-9:
            best, found = clear, labels
    return _numbered(points, found)


def _numbered(points: Matrix, labels: Labels) -> Labels:
    # The largest group is the first; of equally large ones that which stands furthest left.
    present = [n for n in np.unique(labels) if n >= 0]
    order = sorted(
        present, key=lambda n: (-int((labels == n).sum()), *points[labels == n].mean(axis=0))
    )
    places = {int(old): new for new, old in enumerate(order)}
    return np.array([places.get(int(n), -1) for n in labels], dtype=np.int64)


def _k_means(points: Matrix, count: int) -> Labels:
    lot = np.random.default_rng(20190613)
    tries = [_settle(points, _seeded(points, count, lot)) for _ in range(STARTS)]
    return min(tries, key=lambda made: round(made[1], 9))[0]


def _seeded(points: Matrix, count: int, lot: np.random.Generator) -> Matrix:
    # k-means++: the next centre is drawn far from those there are.
    centres = [points[lot.integers(len(points))]]
    while len(centres) < count:
        far = np.min(_distances(points, np.array(centres)) ** 2, axis=1)
        total = far.sum()
        chances = far / total if total > 0 else None
        centres.append(points[lot.choice(len(points), p=chances)])
    return np.array(centres)


def _settle(points: Matrix, centres: Matrix) -> tuple[Labels, float]:
    labels = np.argmin(_distances(points, centres), axis=1)
    for _ in range(ROUNDS):
        centres = np.array([
            points[labels == n].mean(axis=0) if (labels == n).any() else centres[n]
            for n in range(len(centres))
        ])  # fmt: skip
        again = np.argmin(_distances(points, centres), axis=1)
        if (again == labels).all():
            break
        labels = again
    inside = _distances(points, centres)[np.arange(len(points)), labels]
    return labels.astype(np.int64), float((inside**2).sum())


def _silhouette(points: Matrix, labels: Labels, count: int) -> float:
    # Simplified: distances to the centres instead of between all, which 2,000 people would feel.
    if len(np.unique(labels)) < count:
        return 0.0
    centres = np.array([points[labels == n].mean(axis=0) for n in range(count)])
    far = _distances(points, centres)
    own = far[np.arange(len(points)), labels]
    far[np.arange(len(points)), labels] = np.inf
    nearest = far.min(axis=1)
    return float(np.mean((nearest - own) / np.maximum(np.maximum(nearest, own), 1e-9)))


def _distances(points: Matrix, centres: Matrix) -> Matrix:
    apart: Matrix = np.sqrt(((points[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2))
    return apart


def _rounded(number: np.float64) -> float:
    return round(float(number), 2) + 0.0  # never -0.0


def _group(
    statements: Sequence[str], said: Sequence[Paper], points: Matrix, labels: Labels, number: int
) -> Group:
    inside = labels == number
    members = [paper for paper, belongs in zip(said, inside, strict=True) if belongs]
    across, up = points[inside].mean(axis=0)
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
