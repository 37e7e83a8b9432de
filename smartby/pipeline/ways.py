"""Ways into and out of stages: which stages nothing can reach or leave, and what would mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .graph import LINE_KINDS, Pipeline
from .models import Move, Stage

ENDS = ("won", "lost")  # kinds where a contribution may well stay


@dataclass(frozen=True, slots=True)
class Gap:
    """A stage that nothing can reach or leave, and the ways that would mend it."""

    stage: Stage
    unreachable: bool
    dead_end: bool
    mending: list[tuple[Stage, Stage]]

    @property
    def words(self) -> str:
        """The ways that would mend it, as they are shown: "Mottatt → Besluttes"."""
        return ", ".join(f"{source.name} → {target.name}" for source, target in self.mending)


def gaps(pipeline: Pipeline, moves: Iterable[Move]) -> list[Gap]:
    """Find the stages in use that the moves leave without a way in or out."""
    ways = [(move.from_id, move.to_id) for move in moves]
    reached = _reached(pipeline.first.id, ways)
    leaving = {source for source, _target in ways}
    found = []
    for stage in pipeline.shown:
        shut_in = stage.kind not in ENDS and stage.id not in leaving
        if stage.id not in reached or shut_in:
            found.append(_gap(pipeline, stage, stage.id not in reached, shut_in))
    return found


def before(pipeline: Pipeline, stage: Stage) -> Stage | None:
    """Return the stage from which one would come: the last before it where work is not done."""
    place = pipeline.shown.index(stage)
    work = [each for each in pipeline.shown[:place] if each.kind in ("open", "work")]
    return work[-1] if work else None


def after(pipeline: Pipeline, stage: Stage) -> Stage | None:
    """Return the stage to which one would go on; from beside the line, back to it."""
    if stage.kind in LINE_KINDS:
        goal = next((each for each in pipeline.line if each.kind == "won"), None)
        return pipeline.next_after(stage) or goal
    line = pipeline.line
    return line[1] if len(line) > 1 else line[0]


def _gap(pipeline: Pipeline, stage: Stage, unreachable: bool, shut_in: bool) -> Gap:
    mending = []
    source, target = before(pipeline, stage), after(pipeline, stage)
    if unreachable and source is not None:
        mending.append((source, stage))
    if shut_in and target is not None:
        mending.append((stage, target))
    return Gap(stage, unreachable, shut_in, mending)


def _reached(start: int, ways: list[tuple[int, int]]) -> set[int]:
    reached, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        fresh = {target for source, target in ways if source == here} - reached
        reached |= fresh
        waiting += fresh
    return reached
