"""A stack of ballots on paper: which round it goes into, and what is counted of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ..facilitation.play import play_of
from ..workshops.kinds import MARKS
from ..workshops.models import Activity
from .counting import Counting
from .items import titles_of
from .models import Round
from .queries import rounds_of

SECOND = "~"  # behind an item: the second of two values


@dataclass(frozen=True, slots=True)
class Stack:
    """So many sheets, and how many of them say what of each item (or of its second value).

    `listed`: how many of them are from people without a phone who are counted in the room already.
    """

    people: int
    counts: Mapping[str, Sequence[int]] = field(default_factory=dict)
    listed: int = 0


def round_for_paper(activity: Activity | None) -> Round | None:
    """Return the round that ballots on paper go into; None when there is none, or it was shown."""
    kind = play_of(activity) if activity is not None else None
    if activity is None or not isinstance(kind, Counting) or not kind.on_paper:
        return None
    rounds = rounds_of(activity)
    return rounds[-1] if rounds and rounds[-1].revealed_at is None else None


def columns_of(activity: Activity, round_: Round) -> list[int]:
    """Return the marks that are counted one by one; [] where one number says it."""
    kind = play_of(activity)
    marks = isinstance(kind, Counting) and kind.on_paper == MARKS
    return list(range(round_.least, round_.most + 1)) if marks else []


def lines_on(activity: Activity, round_: Round) -> dict[str, str]:
    """Return what is counted, a line each; what was hidden since is not among it."""
    kind, titles = play_of(activity), titles_of(round_.items)
    return kind.paper_lines(titles) if isinstance(kind, Counting) else titles
