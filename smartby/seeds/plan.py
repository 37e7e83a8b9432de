"""What happens to an invented idea: how far it comes, and how many care."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from .invented import Invented, Inventor

SUPPORTS, MOST_SUPPORTS = 10, 200  # the mean of all ideas, and the most that one has
COMMENTS = 2
EVERY, DISCUSSION = 500, 60  # every 500th idea has a discussion of 60 comments
WAITING = 25.0  # mean days at a stage
# How far ideas come from the first stage, and how many of a hundred take each path.
PATHS = {
    (): 14,
    ("under_review",): 14,
    ("under_review", "exploring"): 11,
    ("under_review", "exploring", "piloting"): 8,
    ("under_review", "exploring", "piloting", "implementing"): 8,
    ("under_review", "exploring", "piloting", "implementing", "realised"): 12,
    ("under_review", "exploring", "implementing", "realised"): 10,
    ("under_review", "parked"): 8,
    ("under_review", "not_pursued"): 9,
    ("not_pursued",): 6,
}


@dataclass(frozen=True, slots=True)
class Planned:
    """An idea with its whole life, from its publication to the end of the invented past."""

    what: Invented
    at: datetime
    moves: list[tuple[datetime, str]]
    supports: int
    comments: int

    @property
    def until(self) -> datetime:
        """The last moment that is sure to be before the next one."""
        return self.moves[-1][0] if self.moves else self.at + timedelta(days=WAITING)


def plan(
    count: int, span: tuple[datetime, datetime], inventor: Inventor, dice: Random
) -> Iterator[Planned]:
    """Plan that many ideas, evenly over a span of time and in order."""
    paths, weights = list(PATHS), list(PATHS.values())
    start, end = span
    slot = (end - start) / max(count, 1)
    for number in range(count):
        moment = start + slot * (number + dice.random())
        path = dice.choices(paths, weights)[0]
        long = number % EVERY == EVERY - 1
        yield Planned(
            what=inventor.idea(),
            at=moment,
            moves=list(_moves(path, moment, end, dice)),
            supports=min(MOST_SUPPORTS, int(dice.expovariate(1 / SUPPORTS) + 0.5)),
            comments=DISCUSSION if long else int(dice.expovariate(1 / COMMENTS) + 0.5),
        )


def _moves(
    path: tuple[str, ...], moment: datetime, end: datetime, dice: Random
) -> Iterator[tuple[datetime, str]]:
    for stage in path:
        moment += timedelta(days=0.1 + dice.expovariate(1 / WAITING))
        if moment >= end:
            return
        yield moment, stage
