"""What voters hand in, and what holds for every count: turnout, spread, places and the tie rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

ENOUGH = 5  # ballots: what fewer have said is never broken down


@dataclass(frozen=True, slots=True)
class Paper:
    """One ballot: a value for each item, and who it stands for; a team's counts for each head."""

    marks: Mapping[str, int]
    across: Mapping[str, int] = field(default_factory=dict)  # the second value, where there is one
    heads: int = 1
    way: str = "guest"
    at_home: bool = False
    abstained: bool = False

    @property
    def counts(self) -> bool:
        """Whether something was voted."""
        return bool(self.marks) and not self.abstained


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many people voted, abstained, and were there to vote; and how many ballots that is."""

    voted: int
    abstained: int
    present: int
    ballots: int
    paper: int = 0  # of those who voted or abstained

    @property
    def answered(self) -> int:
        """How many have handed something in, also a blank: the number that is told everywhere."""
        return self.voted + self.abstained

    @property
    def is_broken_down(self) -> bool:
        """Whether enough have voted to show how the votes were spread."""
        return self.ballots >= ENOUGH


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one item. Without a score it cannot be placed yet."""

    item: str
    score: float | None
    voters: int | None  # people who took a stand on it; None: the sums on paper do not tell
    ballots: int = 0  # how many the spread and the histogram are made of
    spread: float | None = None  # 0: all say the same; 1: half at each end
    histogram: Mapping[int, int] = field(default_factory=dict)  # value → people
    figures: Mapping[str, Any] = field(default_factory=dict)  # what only this way of voting has
    place: int | None = None
    lesser: float = 0.0  # the share of people on the side of the middle where fewest are

    @property
    def is_broken_down(self) -> bool:
        """Whether enough have spoken of it to show how the votes were spread."""
        return self.ballots >= ENOUGH


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the voters, counted by themselves."""

    name: str  # "room", "home", or a way of voting
    voted: int
    scores: Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Count:
    """The result of a round: its lines in order, who took part, and what else is to be said."""

    lines: Sequence[Line]
    turnout: Turnout
    parts: Sequence[Part] = ()
    special: Any = None

    def line(self, item: str) -> Line | None:
        """Return what became of an item."""
        return next((line for line in self.lines if line.item == item), None)


def turnout(papers: Iterable[Paper], present: int = 0) -> Turnout:
    """Count who took part; somebody who voted and left was there all the same."""
    papers = list(papers)
    voted = sum(paper.heads for paper in papers if paper.counts)
    abstained = sum(paper.heads for paper in papers if paper.abstained)
    ballots = sum(paper.counts for paper in papers)
    sheets = sum(p.heads for p in papers if p.way == "paper" and (p.counts or p.abstained))
    return Turnout(voted, abstained, max(present + sheets, voted + abstained), ballots, sheets)


def ballots_on(papers: Iterable[Paper], item: str) -> int:
    """Count the ballots that say something of an item."""
    return sum(paper.counts and item in paper.marks for paper in papers)


def histogram(papers: Iterable[Paper], item: str) -> Counter[int]:
    """Count the people behind each value of an item."""
    counted: Counter[int] = Counter()
    for paper in papers:
        if paper.counts and item in paper.marks:
            counted[paper.marks[item]] += paper.heads
    return counted


def mean(counted: Mapping[int, int]) -> float | None:
    """Return the mean of values that so many people gave; whole numbers make equals equal."""
    people = sum(counted.values())
    return sum(value * n for value, n in counted.items()) / people if people else None


def spread(counted: Mapping[int, int], low: int, high: int) -> float | None:
    """Tell how far apart people are: the variance as a share of the greatest that is possible."""
    people = sum(counted.values())
    if not people or high <= low:
        return None
    first = sum(value * n for value, n in counted.items())
    second = sum(value * value * n for value, n in counted.items())
    return 4 * (people * second - first * first) / (people * (high - low)) ** 2


def lesser(counted: Mapping[int, int], low: int, high: int) -> float:
    """Return the share of people on the side of a scale's middle where fewest are."""
    people = sum(counted.values())
    below = sum(n for value, n in counted.items() if 2 * value < low + high)
    above = sum(n for value, n in counted.items() if 2 * value > low + high)
    return min(below, above) / people if people else 0.0


def placed(lines: Iterable[Line]) -> list[Line]:
    """Put lines in order, the highest score first.

    Equal scores share a place, and stand in the order in which the items were voted on.
    """
    lines = list(lines)
    scores = [line.score for line in lines if line.score is not None]
    ordered = sorted(lines, key=lambda line: (line.score is None, -(line.score or 0)))
    return [replace(line, place=_place(line, scores)) for line in ordered]


def _place(line: Line, scores: Sequence[float]) -> int | None:
    if line.score is None:
        return None
    return 1 + sum(other > line.score for other in scores)
