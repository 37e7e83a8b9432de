"""Who answers alike, as a matter of numbers: the two main directions, and groups along them.

Apart from opinion.py, so that only a process that draws a map has numpy in memory.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from .papers import ENOUGH

Matrix = npt.NDArray[np.float64]
Labels = npt.NDArray[np.int64]
MOST_GROUPS = 5
ROUNDS = 50  # of k-means; it settles long before
STARTS = 8
APART = 0.25  # a silhouette below this is no structure


def positions(answers: Sequence[Sequence[int | None]]) -> list[tuple[float, float, int]]:
    """Place everybody by their answers to each statement (None: not given), and in a group."""
    points = _positions(_weighed(answers))
    labels = _grouped(points)
    return [(float(x), float(y), int(n)) for (x, y), n in zip(points, labels, strict=True)]


def _weighed(answers: Sequence[Sequence[int | None]]) -> Matrix:
    table = np.array(answers, dtype=np.float64)  # None is NaN
    known = ~np.isnan(table)
    sums = np.where(known, table, 0).sum(axis=0)
    means = sums / np.maximum(known.sum(axis=0), 1)
    centred: Matrix = np.where(known, table - means, 0)
    # Whoever answered little would else stand near the middle for that alone.
    weight = np.sqrt(table.shape[1] / np.maximum(known.sum(axis=1), 1))
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
