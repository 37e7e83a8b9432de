"""Reading stages and moves: a town's pipeline is small and read by every page, so it is read in one go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import g, has_request_context
from sqlalchemy import bindparam, select

from ..extensions import db
from .models import Answer, Move, Stage

STAGES = (
    select(Stage).where(Stage.municipality_id == bindparam("town")).order_by(Stage.position)
)
MOVES = select(Move).where(Move.municipality_id == bindparam("town")).order_by(Move.id)
LINE_KINDS = ("open", "work", "won")


@dataclass(frozen=True, slots=True)
class Pipeline:
    """A town's stages in order."""

    stages: list[Stage]

    @property
    def line(self) -> list[Stage]:
        """The stages that an idea passes when all goes well."""
        return [stage for stage in self.stages if stage.kind in LINE_KINDS and not stage.archived_at]

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


def pipeline_of(municipality_id: int) -> Pipeline:
    """Return the town's pipeline; within a request it is read once."""
    known: dict[int, Pipeline] = g.setdefault("pipelines", {}) if has_request_context() else {}
    if municipality_id not in known or db.session().writing:  # type: ignore[attr-defined]
        stages = list(db.session.scalars(STAGES, {"town": municipality_id}))
        known[municipality_id] = Pipeline(stages)
    return known[municipality_id]


def moves_of(municipality_id: int) -> list[Move]:
    """Return all moves of a town."""
    return list(db.session.scalars(MOVES, {"town": municipality_id}))


def moves_from(stage_id: int | None, municipality_id: int, roles: frozenset[str]) -> list[Move]:
    """Return the moves that these roles may make from a stage, in the pipeline's order."""
    pipeline = pipeline_of(municipality_id)
    order = {stage.id: stage.position for stage in pipeline.stages if not stage.archived_at}
    open_moves = [
        move
        for move in moves_of(municipality_id)
        if move.from_id == stage_id and move.to_id in order and may_take(move, roles)
    ]
    return sorted(open_moves, key=lambda move: order[move.to_id])


def may_take(move: Move, roles: frozenset[str]) -> bool:
    """Tell whether one of the roles may take this move; administrators may take all."""
    return move.role in roles or "administrator" in roles


def answers_of(contribution_id: int) -> list[Any]:
    """Return the official answers, newest first."""
    query = select(Answer).where(Answer.contribution_id == contribution_id)
    return list(db.session.scalars(query.order_by(Answer.id.desc())))


def stage_name(stage: Stage, lang: str) -> str:
    """Return a stage's name in a language."""
    return str(getattr(stage, f"name_{lang}", stage.name_nb))
