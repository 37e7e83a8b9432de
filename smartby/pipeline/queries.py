"""Reading moves, answers and units; the stages are in graph.py."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from ..core.fragments import language
from ..extensions import db
from ..municipalities.models import Member, Unit
from .graph import LINE_KINDS, Pipeline, pipeline_of, pipeline_seen
from .models import Answer, Move, Stage

__all__ = [
    "LINE_KINDS", "Pipeline", "answers_of", "may_take", "moves_from", "moves_of", "names_of",
    "needs_reason", "pipeline_of", "pipeline_seen", "stage_name", "unit_name", "unit_of",
    "units_of",
]  # fmt: skip

MOVES = select(Move).where(Move.municipality_id == bindparam("town")).order_by(Move.id)
ANSWERS = (
    select(Answer)
    .where(Answer.contribution_id == bindparam("contribution"))
    .options(joinedload(Answer.unit), joinedload(Answer.signed_by))
    .order_by(Answer.id.desc())
)
UNITS = (
    select(Unit)
    .where(Unit.municipality_id == bindparam("town"), Unit.archived_at.is_(None))
    .order_by(Unit.name_nb)
)


def moves_of(municipality_id: int) -> list[Move]:
    """Return all moves of a town."""
    return list(db.session.scalars(MOVES, {"town": municipality_id}))


def moves_from(stage_id: int | None, municipality_id: int, roles: frozenset[str]) -> list[Move]:
    """Return the moves that these roles may make from a stage, in the pipeline's order."""
    pipeline = pipeline_of(municipality_id)
    order = {stage.id: place for place, stage in enumerate(pipeline.shown)}
    open_moves = [
        move
        for move in moves_of(municipality_id)
        if move.from_id == stage_id and move.to_id in order and may_take(move, roles)
    ]
    return sorted(open_moves, key=lambda move: order[move.to_id])


def may_take(move: Move, roles: frozenset[str]) -> bool:
    """Tell whether one of the roles may take this move; administrators may take all."""
    return move.role in roles or "administrator" in roles


def needs_reason(move: Move, target: Stage) -> bool:
    """Tell whether the move must be explained to everybody; a no must always be."""
    return move.reason_required or target.kind == "lost"


def answers_of(contribution_id: int) -> list[Any]:
    """Return the official answers with unit and signer, newest first."""
    return list(db.session.scalars(ANSWERS, {"contribution": contribution_id}))


def units_of(municipality_id: int) -> list[Unit]:
    """Return the units that may sign answers."""
    return list(db.session.scalars(UNITS, {"town": municipality_id}))


def unit_of(municipality_id: int, user_id: int) -> int | None:
    """Return the unit that an official works in."""
    query = select(Member.unit_id).where(
        Member.municipality_id == municipality_id,
        Member.user_id == user_id,
        Member.unit_id.is_not(None),
    )
    return db.session.scalars(query.limit(1)).first()


def unit_name(unit: Unit) -> str:
    """Return a unit's name in the page's language."""
    return str(getattr(unit, f"name_{language()}", "") or unit.name_nb)


def stage_name(stage: Stage, lang: str) -> str:
    """Return a stage's name in a language."""
    return str(getattr(stage, f"name_{lang}", "") or stage.name_nb)


def names_of(row: Stage | Unit, prefix: str) -> dict[str, int | str]:
    """Return a stage's or unit's names as details of an entry: what it was called then."""
    return {f"{prefix}_{lang}": str(getattr(row, f"name_{lang}")) for lang in ("nb", "nn", "en")}
