"""What follows from moves and answers: ledger entries and live events."""

from __future__ import annotations

from ..accounts.models import User
from ..contributions.listeners import subject
from ..core.transaction import post, together_with
from ..extensions import db
from ..ledger.record import Decision, record
from ..municipalities.facts import TownOpened
from ..municipalities.models import Member, Unit
from .facts import Answered, StageMoved
from .shipped import install


@together_with(StageMoved)
def enter_move(fact: StageMoved) -> None:
    """Enter the move with its reason and the totals at that moment; tell pages and boards."""
    c = fact.contribution
    decision = Decision(
        "stage.moved",
        subject(c),
        title=c.title,
        from_value=fact.source.key if fact.source else "",
        to_value=fact.target.key,
        text=fact.reason,
        label=office(c.municipality_id, fact.by),
        details={"support": c.support_count, "comments": c.comment_count},
    )
    entry = record(c.municipality_id, decision, fact.by)
    db.session.flush()
    post(f"contribution:{c.id}", "stage.moved", id=c.id, entry=entry.id)
    post(f"board:{c.municipality_id}", "board.moved", id=c.id, entry=entry.id)


@together_with(Answered)
def enter_answer(fact: Answered) -> None:
    """Enter the answer; tell pages and boards."""
    c, answer = fact.contribution, fact.answer
    unit = db.session.get(Unit, answer.unit_id)
    decision = Decision(
        "answer.given",
        subject(c),
        title=c.title,
        to_value=unit.key if unit else "",
        text=answer.body,
        label=office(c.municipality_id, fact.by),
        details={"support": c.support_count, "comments": c.comment_count},
    )
    entry = record(c.municipality_id, decision, fact.by)
    db.session.flush()
    post(f"contribution:{c.id}", "answer.given", id=c.id, answer=answer.id, entry=entry.id)
    post(f"board:{c.municipality_id}", "board.changed", id=c.id)


def office(municipality_id: int, by: User) -> str:
    """Show an official by role and unit: "seksjonsleder, Vei og trafikk"."""
    query = db.select(Member).where(Member.municipality_id == municipality_id, Member.user_id == by.id)
    members = sorted(db.session.scalars(query), key=lambda m: (not m.title, m.role))
    if not members:
        return ""
    best = members[0]
    unit = best.unit.name_nb if best.unit else ""
    return ", ".join(part for part in (best.title or best.role, unit) if part)


@together_with(TownOpened)
def install_pipeline(fact: TownOpened) -> None:
    """Give a new town its own copy of the shipped pipeline."""
    install(fact.town.id)
