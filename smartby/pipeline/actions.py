"""Moving contributions along the town's graph, and answering; advance() alone writes a stage."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import bindparam, select

from ..accounts.models import User
from ..contributions.listeners import subject
from ..contributions.models import Contribution
from ..core.access import require
from ..core.clock import end_of_day_oslo, now, oslo
from ..core.errors import Conflict, Invalid, Refused
from ..core.formatting import relative
from ..core.fragments import language
from ..core.markdown import render
from ..core.transaction import announce, lock
from ..extensions import db
from ..ledger.queries import last_of_type
from ..ledger.reading import Entry
from ..municipalities.models import Member, Unit
from .facts import Answered, StageMoved
from .models import Answer, Move, Stage
from .queries import may_take, moves_of, needs_reason, pipeline_of

SHORTEST_REASON = 10
# Held until the move is done, so that the stage cannot be archived under a card on its way there.
HOLD_STAGE = (
    select(Stage.archived_at).where(Stage.id == bindparam("stage")).with_for_update(read=True)
)


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

    Raises Conflict when somebody moved it first, Refused or Invalid when the graph forbids it.
    """
    lock(contribution)
    require("moves.make", contribution, by)
    pipeline = pipeline_of(contribution.municipality_id)
    source, target = pipeline.stage(contribution.stage_id), pipeline.stage(to_id)
    if contribution.stage_id != seen_id:
        return _already(contribution, to_id)
    if target is None or db.session.scalar(HOLD_STAGE, {"stage": target.id}) is not None:
        raise Invalid(_("Dette steget finnes ikke."), field="to")
    if contribution.withdrawn_at is not None:
        raise Refused(_("Dette er trukket tilbake og kan ikke flyttes."))
    _check(_declared(contribution, target), target, reason, by)
    contribution.stage_id = target.id
    contribution.stage_since = now()
    contribution.due_at = due(target)
    announce(StageMoved(contribution, source, target, reason.strip(), by))
    return contribution


def give_answer(
    contribution: Contribution, *, unit_id: int, body: str, lang: str, by: User
) -> Answer:
    """Give an official answer signed by a unit; earlier answers stay."""
    lock(contribution)
    require("answers.give", contribution, by)
    answer = answer_from(contribution, unit_id=unit_id, body=body, lang=lang, by=by)
    contribution.answer_count += 1
    db.session.add(answer)
    db.session.flush()
    announce(Answered(contribution, answer, by))
    return answer


def answer_from(
    contribution: Contribution, *, unit_id: int, body: str, lang: str, by: User
) -> Answer:
    """Write an answer and its signature without giving it; Invalid for a unit that cannot sign."""
    unit = db.session.get(Unit, unit_id)
    if unit is None or unit.municipality_id != contribution.municipality_id or unit.archived_at:
        raise Invalid(_("Velg en enhet."), field="unit")
    return Answer(
        municipality_id=contribution.municipality_id,
        contribution_id=contribution.id,
        unit=unit,
        signed_by=by,
        signer_title=_title(contribution.municipality_id, by),
        body=body,
        body_html=str(render(body)),
        lang=lang,
    )


def no_way(source: str, target: str) -> str:
    """Say that the town moves nothing straight from one stage to another, and what to do."""
    words = _(
        "Løpet har ingen flytting rett fra %(source)s til %(target)s. Flytt kortet til et av"
        " stegene i menyen, eller be en administrator legge til flyttingen under «Endre løpet».",
        source=source,
        target=target,
    )
    return str(words)


def moved_before(contribution: Contribution, by: User) -> str:
    """Return who moved it where it stands, when that was somebody else; "" when it was `by`."""
    last = last_of_type(subject(contribution), "stage.moved")
    if last is None or last.actor_id == by.id:
        return ""
    return last.actor or str(_("Noen"))


def due(stage: Stage) -> datetime | None:
    """Return when the town promises the next word: the end of a day in Oslo, or None."""
    if not stage.target_days:
        return None
    return end_of_day_oslo(oslo(now()).date() + timedelta(days=stage.target_days))


def _already(contribution: Contribution, to_id: int) -> Contribution:
    """Let what was wanted be done already, by whomever; else tell who moved it elsewhere."""
    if contribution.stage_id == to_id:
        return contribution
    last = last_of_type(subject(contribution), "stage.moved")
    raise Conflict(_who_came_first(last), stage=contribution.stage_id)


def _who_came_first(last: Entry | None) -> str:
    if last is None:
        return str(_("Kortet er flyttet. Din flytting ble ikke lagret."))
    words = _(
        "%(who)s flyttet kortet til %(stage)s %(when)s. Din flytting ble ikke lagret.",
        who=last.actor or _("Noen"),
        stage=last.to_name,
        when=_ago(last.ts),
    )
    return str(words)


def _ago(moment: datetime) -> str:
    seconds = max(1, int((now() - moment).total_seconds()))
    if seconds < 60:
        return str(ngettext("for %(num)d sekund siden", "for %(num)d sekunder siden", seconds))
    return relative(moment, now(), language())


def _declared(contribution: Contribution, target: Stage) -> Move:
    for move in moves_of(contribution.municipality_id):
        if move.from_id == contribution.stage_id and move.to_id == target.id:
            return move
    source = pipeline_of(contribution.municipality_id).stage(contribution.stage_id)
    raise Refused(no_way(source.name if source else "", target.name))


def _check(move: Move, target: Stage, reason: str, by: User) -> None:
    if not may_take(move, by.roles_in(move.municipality_id)):
        raise Refused(_("Bare en administrator kan gjøre denne flyttingen."))
    if needs_reason(move, target) and len(reason.strip()) < SHORTEST_REASON:
        raise Invalid(_("Skriv en begrunnelse som alle kan lese. Minst 10 tegn."), field="reason")


def _title(municipality_id: int, by: User) -> str:
    query = select(Member).where(
        Member.municipality_id == municipality_id, Member.user_id == by.id, Member.title != ""
    )
    member = db.session.scalars(query.limit(1)).first()
    return member.title if member else ""
