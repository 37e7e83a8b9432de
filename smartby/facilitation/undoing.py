"""What a run was like before an order, so that the order can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from ..workshops.models import Activity
from .models import Run

TIMES = ("begun_at", "ends_at", "paused_at", "locked_at", "revealed_at", "ended_at")


def picture_of(run: Run, steps: Sequence[Activity]) -> dict[str, Any]:
    """Write down where a run is, with times as text."""
    return {
        "activity": run.activity_id,
        "steps": {
            str(step.id): {
                "minutes": step.minutes,
                **{name: _written(getattr(step, name)) for name in TIMES},
            }
            for step in steps
        },
    }


def restore(run: Run, steps: Sequence[Activity], picture: dict[str, Any]) -> None:
    """Put a run back to where it was; steps that have come since stay as they are."""
    run.activity_id, run.activity = picture["activity"], None
    for step in steps:
        was = picture["steps"].get(str(step.id))
        if was is None:
            continue
        step.minutes = was["minutes"]
        for name in TIMES:
            setattr(step, name, datetime.fromisoformat(was[name]) if was[name] else None)
        if step.id == picture["activity"]:
            run.activity = step
    run.workshop.minutes = sum(step.minutes for step in steps)


def _written(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
