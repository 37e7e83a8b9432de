"""What follows from moves and answers: ledger entries and live events."""

from __future__ import annotations

from ..accounts.models import User
from ..contributions.facts import Hidden, Published, Withdrawn
from ..contributions.listeners import subject
from ..contributions.models import Contribution
from ..core.transaction import post, together_with
from ..extensions import db
from ..ledger.record import Decision, record
from ..municipalities.facts import RoleTaken, TownOpened
from ..municipalities.models import Member, Unit
from .facts import Answered, OwnerGiven, PipelineChanged, StageMoved
from .owners import leave_all
from .queries import names_of
from .shipped import install

# What a role is called in the record, which is written in the town's own words.
ROLES = {"facilitator": "verkstedleder"}


@together_with(StageMoved)
def enter_move(fact: StageMoved) -> None:
    """Enter the move with its reason and the totals at that moment; tell pages and boards."""
    c = fact.contribution
    member = _office_of(c.municipality_id, fact.by)
    details = _totals(c) | names_of(fact.target, "to")
    details |= names_of(fact.source, "from") if fact.source else {}
    details |= names_of(member.unit, "unit") if member and member.unit else {}
    decision = Decision(
        "stage.moved",
        subject(c),
        title=c.title,
        from_value=fact.source.key if fact.source else "",
        to_value=fact.target.key,
        text=fact.reason,
        label=_label(member),
        details=details,
    )
    entry = record(c.municipality_id, decision, fact.by)
    db.session.flush()
    post(f"contribution:{c.id}", "stage.moved", id=c.id, entry=entry.id)
    post(f"board:{c.municipality_id}", "board.moved", id=c.id, entry=entry.id)
    post(f"board:{c.municipality_id}", "board.counted", town=c.municipality_id)


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
        details=_totals(c) | (names_of(unit, "to") if unit else {}),
    )
    entry = record(c.municipality_id, decision, fact.by)
    db.session.flush()
    post(f"contribution:{c.id}", "answer.given", id=c.id, answer=answer.id, entry=entry.id)
    post(f"board:{c.municipality_id}", "board.changed", id=c.id)


@together_with(OwnerGiven)
def show_owner(fact: OwnerGiven) -> None:
    """Show on the boards who looks after it; it is no decision, and no entry."""
    _tell_board(fact.contribution)


@together_with(RoleTaken)
def leave_cards(fact: RoleTaken) -> None:
    """Leave the cards of whoever left the office without an owner."""
    if leave_all(fact.town.id, fact.user.id):
        post(f"board:{fact.town.id}", "board.anew")


@together_with(Withdrawn)
def take_off(fact: Withdrawn) -> None:
    """Take what is withdrawn off the boards."""
    _tell_board(fact.contribution)


@together_with(Hidden)
def take_off_or_put_back(fact: Hidden) -> None:
    """Take what is hidden off the boards, or put it back."""
    _tell_board(fact.contribution)


def _tell_board(c: Contribution) -> None:
    post(f"board:{c.municipality_id}", "board.changed", id=c.id)
    post(f"board:{c.municipality_id}", "board.counted", town=c.municipality_id)


@together_with(Published)
def count_new(fact: Published) -> None:
    """Count it in the first lane (the card itself is told of by whoever publishes)."""
    town = fact.contribution.municipality_id
    post(f"board:{town}", "board.counted", town=town)


@together_with(PipelineChanged)
def enter_change(fact: PipelineChanged) -> None:
    """Enter what was changed in the pipeline; boards are read anew."""
    town = fact.town
    details: dict[str, int | str] = {f"what_{lang}": text for lang, text in fact.what.items()}
    decision = Decision(
        "pipeline.changed",
        f"municipality:{town.id}",
        to_value=fact.stage.key if fact.stage else "",
        label=office(town.id, fact.by),
        details=details,
    )
    record(town.id, decision, fact.by)
    post(f"board:{town.id}", "board.anew")


def office(municipality_id: int, by: User) -> str:
    """Show an official by role and unit: "seksjonsleder, Vei og trafikk"; "" for a citizen."""
    return _label(_office_of(municipality_id, by))


def _office_of(municipality_id: int, by: User) -> Member | None:
    query = db.select(Member).where(
        Member.municipality_id == municipality_id, Member.user_id == by.id, Member.role != "citizen"
    )
    members = sorted(db.session.scalars(query), key=lambda m: (not m.title, m.role))
    return members[0] if members else None


def _label(member: Member | None) -> str:
    if member is None:
        return ""
    unit = member.unit.name_nb if member.unit else ""
    role = member.title or ROLES.get(member.role, member.role)
    return ", ".join(part for part in (role, unit) if part)


def _totals(c: Contribution) -> dict[str, int | str]:
    return {"kind": c.kind, "support": c.support_count, "comments": c.comment_count}


@together_with(TownOpened)
def install_pipeline(fact: TownOpened) -> None:
    """Give a new town its own copy of the shipped pipeline."""
    install(fact.town.id)
