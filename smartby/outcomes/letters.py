"""Letters to those who asked to be named: owed from publishing, written by a job in portions."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import joinedload

from ..accounts.models import User
from ..core.formatting import date_long
from ..core.fragments import absolute
from ..core.mail import write_letter, write_portions
from ..extensions import db
from ..facilitation.models import Run
from ..municipalities.models import Municipality
from .models import Contributor, Outcome

AT_ONCE = 100  # people in one transaction: nobody waits long for the lane behind it
MADE_IN = Contributor.contribution_id == Outcome.contribution_id
OWED = (
    select(Outcome.run_id)
    .join(Contributor, MADE_IN)
    .where(Contributor.letter_owed)
    .distinct()
    .order_by(Outcome.run_id)
    .limit(50)
)
NEXT = (
    select(Contributor.user_id)
    .join(Outcome, MADE_IN)
    .where(Outcome.run_id == bindparam("run"), Contributor.letter_owed)
    .distinct()
    .order_by(Contributor.user_id)
    .limit(bindparam("limit"))
)
THEIRS = (
    select(Contributor, Outcome)
    .join(Outcome, MADE_IN)
    .options(joinedload(Contributor.user, innerjoin=True))
    .options(joinedload(Outcome.contribution, innerjoin=True))
    .where(
        Outcome.run_id == bindparam("run"),
        Contributor.user_id.in_(bindparam("people", expanding=True)),
        Contributor.letter_owed,
    )
    .order_by(Contributor.user_id, Outcome.contribution_id, Outcome.id)
    # Whoever takes the name away meanwhile waits, and two jobs write to nobody twice.
    .with_for_update(of=Contributor)
)
WRITTEN = (
    update(Contributor)
    .where(
        # What is published meanwhile is owed still.
        Contributor.contribution_id.in_(bindparam("made", expanding=True)),
        Contributor.user_id.in_(bindparam("people", expanding=True)),
    )
    .values(letter_owed=False)
    .execution_options(synchronize_session=False)
)


def write_to_contributors() -> int:
    """Write what is owed, each letter exactly once; return how many people are done with."""
    return sum(write_portions(_write_some, number) for number in db.session.scalars(OWED).all())


def _write_some(number: int) -> int:
    people = db.session.scalars(NEXT, {"run": number, "limit": AT_ONCE}).all()
    rows = db.session.execute(THEIRS, {"run": number, "people": people}).unique().all()
    run = db.session.get_one(Run, number)
    for user, theirs in groupby(rows, key=lambda row: row.Contributor.user):
        _write(run, user, [row.Outcome for row in theirs])
    made = sorted({row.Outcome.contribution_id for row in rows})
    db.session.execute(WRITTEN, {"made": made, "people": people})
    return len(people) if rows else 0


def _write(run: Run, person: User, made: Sequence[Outcome]) -> None:
    """Write one letter of all that a person had a part in, and that can still be read."""
    made = [each for each in made if _is_open(each)]
    if not made or person.email_confirmed_at is None:
        return
    town = db.session.get_one(Municipality, run.municipality_id)
    lang = person.language or town.language
    write_letter(
        person.email, "workshop_outcome", lang, name=person.name, town=town,
        workshop=run.workshop, day=date_long(run.closed_at or run.created_at, lang),
        made=[_told(town, each) for each in made],
        mine=absolute("my.index"),
    )  # fmt: skip


def _is_open(outcome: Outcome) -> bool:
    found = outcome.contribution
    return found.hidden_at is None and found.withdrawn_at is None


def _told(town: Municipality, outcome: Outcome) -> dict[str, Any]:
    found = outcome.contribution
    return {
        "called": outcome.called,
        "grouped": outcome.item.startswith("group:"),
        "kind": found.kind,
        "title": found.title,
        "address": absolute(f"{found.kind}s.show", town=town.slug, number=found.id),
        "leaving": absolute("outcomes.ask_leave", town=town.slug, number=found.id),
    }
