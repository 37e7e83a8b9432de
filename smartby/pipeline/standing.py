"""Where a contribution stands on the line, what comes next, and by when: data for the ribbon and the promise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ..contributions.listeners import subject
from ..contributions.models import Contribution
from ..core.clock import now
from ..ledger.queries import timeline
from .models import Stage
from .queries import pipeline_of


@dataclass(frozen=True, slots=True)
class Step:
    """One stage as this contribution meets it; `step` is done, now, next, later or stopped."""

    stage: Stage
    step: str
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """The line of one contribution."""

    id: int
    steps: list[Step]
    stage: Stage
    next: Stage | None
    due_at: datetime | None
    since: datetime | None
    days_left: int | None
    share: float | None  # how much of the time has gone, 0 to 1

    @property
    def late(self) -> bool:
        """Tell whether the promise has passed."""
        return self.days_left is not None and self.days_left < 0


def standing(contribution: Contribution) -> Standing:
    """Work out where a contribution stands, from its row and the ledger."""
    pipeline = pipeline_of(contribution.municipality_id)
    stage = pipeline.stage(contribution.stage_id) or pipeline.first
    arrived = _arrivals(contribution, pipeline.first.key)
    return Standing(
        id=contribution.id,
        steps=_steps(pipeline.line, stage, arrived, pipeline.next_after(stage)),
        stage=stage,
        next=pipeline.next_after(stage),
        due_at=contribution.due_at,
        since=contribution.stage_since,
        days_left=_days_left(contribution.due_at),
        share=_share(contribution.stage_since, contribution.due_at),
    )


def _arrivals(contribution: Contribution, first: str) -> dict[str, datetime]:
    rows = reversed(timeline(subject(contribution)))
    arrived = {row.to_value: row.ts for row in rows if row.type == "stage.moved"}
    return {first: contribution.published_at} | arrived


def _steps(
    line: list[Stage], stage: Stage, arrived: dict[str, datetime], following: Stage | None
) -> list[Step]:
    if stage not in line:
        passed = [Step(s, "done", arrived[s.key]) for s in line if s.key in arrived]
        return [*passed, Step(stage, "stopped", arrived.get(stage.key))]
    place = line.index(stage)
    return [
        Step(s, _word(at, place, s is following), arrived.get(s.key) if at <= place else None)
        for at, s in enumerate(line)
    ]


def _word(at: int, place: int, is_next: bool) -> str:
    if at == place:
        return "now"
    if at < place:
        return "done"
    return "next" if is_next else "later"


def _days_left(due: datetime | None) -> int | None:
    return None if due is None else (due - now()).days


def _share(since: datetime | None, due: datetime | None) -> float | None:
    if since is None or due is None or due <= since:
        return None
    return min(1.0, max(0.0, (now() - since) / (due - since)))
