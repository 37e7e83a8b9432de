"""Moving contributions along the town's graph, and answering them; advance() alone writes a stage."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask_babel import gettext as _

from ..accounts.models import User
from ..contributions.models import Contribution
from ..core.access import require
from ..core.clock import now
from ..core.errors import Conflict, Invalid, Refused
from ..core.markdown import render
from ..core.transaction import announce, lock
from ..extensions import db
from ..municipalities.models import Member
from .facts import Answered, StageMoved
from .models import Answer, Move, Stage
from .queries import may_take, moves_of, pipeline_of


def enter_pipeline(contribution: Contribution) -> None:
    """Put a new contribution at the beginning of the town's pipeline."""
    first = pipeline_of(contribution.municipality_id).first
    contribution.stage_id = first.id
    contribution.stage_since = now()
    contribution.due_at = due(first)


def advance(
    contribution: Contribution, *, to_id: int, seen_id: int, reason: str, by: User
) -> Contribution:
    """Move a contribution from the stage that `by` saw to another, along a declared move.

    Raises Conflict when somebody moved it first, Refused or Invalid when the graph does not allow it.
    """
    lock(contribution)
    require("moves.make", contribution, by)
    pipeline = pipeline_of(contribution.municipality_id)
    source, target = pipeline.stage(contribution.stage_id), pipeline.stage(to_id)
    if contribution.stage_id != seen_id:
        raise Conflict(_("Noen flyttet kortet før deg."), stage_id=contribution.stage_id)
    if source is None or target is None:
        raise Invalid(_("Dette steget finnes ikke."))
    move = _declared(contribution, target)
    _check(move, target, reason, by.roles_in(contribution.municipality_id))
    contribution.stage_id = target.id
    contribution.stage_since = now()
    contribution.due_at = due(target)
    announce(StageMoved(contribution, source, target, reason, by))
    return contribution


def give_answer(contribution: Contribution, *, unit_id: int, body: str, lang: str, by: User) -> Answer:
    """Give an official answer signed by a unit; earlier answers stay."""
    lock(contribution)
    require("answers.give", contribution, by)
    contribution.answer_count += 1
    answer = Answer(
        municipality_id=contribution.municipality_id,
        contribution_id=contribution.id,
        unit_id=unit_id,
        signed_by=by,
        signer_title=_title(contribution.municipality_id, by),
        body=body,
        body_html=str(render(body)),
        lang=lang,
    )
    db.session.add(answer)
    db.session.flush()
    announce(Answered(contribution, answer, by))
    return answer


def due(stage: Stage) -> datetime | None:
    """Return when the town has promised the next word from a stage; None where it promises nothing."""
    return now() + timedelta(days=stage.target_days) if stage.target_days else None


def _declared(contribution: Contribution, target: Stage) -> Move:
    for move in moves_of(contribution.municipality_id):
        if move.from_id == contribution.stage_id and move.to_id == target.id:
            return move
    raise Refused(_("Løpet har ingen vei dit fra steget ideen står på."))


def _check(move: Move, target: Stage, reason: str, roles: frozenset[str]) -> None:
    if not may_take(move, roles):
        raise Refused(_("Bare en administrator kan gjøre denne flyttingen."))
    if (move.reason_required or target.kind == "lost") and len(reason.strip()) < 10:
        raise Invalid(_("Skriv en begrunnelse som alle kan lese. Minst 10 tegn."), field="reason")


def _title(municipality_id: int, by: User) -> str:
    query = db.select(Member).where(
        Member.municipality_id == municipality_id, Member.user_id == by.id, Member.title != ""
    )
    member = db.session.scalars(query.limit(1)).first()
    return member.title if member else ""
