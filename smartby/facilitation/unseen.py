"""What the room has not seen: told before a workshop is closed, shown when those who lead say so.

Whoever leads sees no more of it than others: they see it by showing it.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..accounts.models import User
from ..core.access import require
from ..core.errors import NotFound
from ..core.transaction import lock
from ..workshops.models import Activity
from ..workshops.queries import steps_of
from .models import Run
from .play import Play, play_of
from .streams import tell_leaders


@dataclass(frozen=True, slots=True)
class Unseen:
    """An activity in which something was not shown, or is still open, in words."""

    activity: Activity
    kind: Play
    unseen: str
    unfinished: str


def unseen_in(run: Run) -> list[Unseen]:
    """Return the activities in which something was not shown, or is still open, in order."""
    found = [_looked_at(step) for step in steps_of(run.workshop) if step.begun_at is not None]
    return [each for each in found if each.unseen or each.unfinished]


def left_open(run: Run) -> Activity | None:
    """Return the vote that was left last while a round was open in it; None when there is none."""
    left = [step for step in steps_of(run.workshop) if step.ended_at and play_of(step).is_vote]
    left.sort(key=lambda step: str(step.ended_at), reverse=True)
    return next((step for step in left if play_of(step).unfinished(step)), None)


def not_begun(run: Run) -> int:
    """Count the activities that have not been begun."""
    return sum(step.begun_at is None for step in steps_of(run.workshop))


def unveil(run: Run, number: int, *, by: User) -> Activity:
    """Show the room what it has not seen of an activity, also when the workshop is over."""
    lock(run)
    require("facilitation.drive", run, by)
    step = next((each for each in steps_of(run.workshop) if each.id == number), None)
    if step is None or step.begun_at is None:
        raise NotFound
    play_of(step).unveil(run, step)
    # What has been seen is not taken back, and an order that was given before must know of it.
    run.undo = None
    run.rev += 1
    tell_leaders(run)
    return step


def _looked_at(step: Activity) -> Unseen:
    kind = play_of(step)
    return Unseen(step, kind, kind.unseen(step), kind.unfinished(step))
