"""A town's stages in order: small and needed by every page, so it is read at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter
from typing import Any

from flask import g, has_request_context
from sqlalchemy import bindparam, select

from ..core.recall import recall
from ..extensions import db
from .models import Stage

STAGES = (
    select(Stage)
    .where(Stage.municipality_id == bindparam("town"))
    .order_by(Stage.position, Stage.id)
)
SAID = attrgetter(
    "id", "position", "kind", "name_nb", "name_nn", "name_en", "allows_support", "archived_at"
)
LINE_KINDS = ("open", "work", "won")


@dataclass(frozen=True, slots=True)
class Pipeline:
    """A town's stages in order."""

    stages: list[Stage]
    stamp: int = field(init=False)  # another when a stage is called or allows something else

    def __post_init__(self) -> None:
        object.__setattr__(self, "stamp", hash(tuple(map(SAID, self.stages))))

    @property
    def line(self) -> list[Stage]:
        """The stages that an idea passes when all goes well."""
        return [
            stage for stage in self.stages if stage.kind in LINE_KINDS and not stage.archived_at
        ]

    @property
    def shown(self) -> list[Stage]:
        """The stages in use, in order."""
        return [stage for stage in self.stages if not stage.archived_at]

    def stage(self, stage_id: int | None) -> Stage | None:
        """Return a stage by id."""
        return next((stage for stage in self.stages if stage.id == stage_id), None)

    def by_key(self, key: str) -> Stage | None:
        """Return a stage by key."""
        return next((stage for stage in self.stages if stage.key == key), None)

    @property
    def first(self) -> Stage:
        """The stage where a published contribution begins."""
        return self.line[0]

    def next_after(self, stage: Stage) -> Stage | None:
        """Return the stage that comes next on the line; None at its end and beside it."""
        line = self.line
        if stage not in line:
            return None
        place = line.index(stage) + 1
        return line[place] if place < len(line) else None


@dataclass(frozen=True, slots=True)
class Seen:
    """A stage as readers see it: it has the model's names."""

    id: int
    key: str
    position: int
    name_nb: str
    name_nn: str
    name_en: str
    kind: str
    colour: str
    target_days: int | None
    advised_most: int | None
    allows_edit: bool
    allows_support: bool
    allows_comment: bool
    archived_at: datetime | None

    name = Stage.name


COLUMNS = [Stage.__table__.c[name] for name in Seen.__dataclass_fields__]
ROWS = (
    select(*COLUMNS)
    .where(Stage.municipality_id == bindparam("town"))
    .order_by(Stage.position, Stage.id)
)


def pipeline_seen(municipality_id: int) -> Pipeline:
    """Return the town's pipeline for reading only: its stages are no models."""

    def read() -> Pipeline:
        rows = db.session.execute(ROWS, {"town": municipality_id})
        stages: Any = [Seen(*row) for row in rows]  # they answer to all that a reader asks
        return Pipeline(stages)

    return recall(("pipeline", municipality_id), read)


def pipeline_of(municipality_id: int) -> Pipeline:
    """Return the town's pipeline; within a request it is read once."""
    known: dict[int, Pipeline] = g.setdefault("pipelines", {}) if has_request_context() else {}
    if municipality_id not in known or db.session().writing:  # type: ignore[attr-defined]
        stages = list(db.session.scalars(STAGES, {"town": municipality_id}))
        known[municipality_id] = Pipeline(stages)
    return known[municipality_id]
