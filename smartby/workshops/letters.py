"""Letters to all who signed up: owed when something is decided, written by a job in portions."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import joinedload

from ..accounts.models import User
from ..core.formatting import clock_time, day
from ..core.fragments import absolute
from ..core.mail import write_letter, write_portions
from ..core.transaction import announce, lock
from ..extensions import db
from ..municipalities.models import Municipality
from .facts import LetterOwed
from .models import SignUp, Workshop, WorkshopLetter

AT_ONCE = 100  # mails in one transaction: nobody waits long for the lane behind it
OWED = select(WorkshopLetter.id).order_by(WorkshopLetter.id).limit(50)
NEXT = (
    select(SignUp)
    .options(joinedload(SignUp.user))
    .where(
        SignUp.workshop_id == bindparam("workshop"),
        SignUp.user_id > bindparam("last"),
        # Whoever signed up later has seen how things stand.
        SignUp.created_at <= bindparam("until"),
        SignUp.seated.in_(bindparam("seated", expanding=True)),
    )
    .order_by(SignUp.user_id)
    .limit(bindparam("limit"))
)


def owe_letter(workshop: Workshop, name: str, *, seated_only: bool = False) -> None:
    """Owe everybody who signed up until now a letter; the workshop's row must be locked."""
    owed = WorkshopLetter(workshop_id=workshop.id, name=name, seated_only=seated_only)
    db.session.add(owed)
    announce(LetterOwed(workshop))


def forget_letters(workshop: Workshop) -> None:
    """Write no more of what was owed: it is no longer so. What was written, was written."""
    db.session.execute(delete(WorkshopLetter).where(WorkshopLetter.workshop_id == workshop.id))


def write_letters() -> int:
    """Write what is owed, each mail exactly once; return how many were written."""
    return sum(write_portions(_write_some, number) for number in db.session.scalars(OWED).all())


def write_to(person: User, letter: str, workshop: Workshop, **values: Any) -> None:
    """Write one person a letter about a workshop, in their language."""
    town = db.session.get_one(Municipality, workshop.municipality_id)
    lang = person.language or town.language
    write_letter(
        person.email, letter, lang, workshop=workshop, name=person.name, town=town.name,
        day=day(workshop.starts_at, lang), time=clock_time(workshop.starts_at, lang),
        address=absolute("workshops.show", town=town.slug, number=workshop.id),
        others=absolute("workshops.index", town=town.slug), **values,
    )  # fmt: skip


def _write_some(number: int) -> int:
    letter = _locked(number)
    if letter is None:
        return 0
    workshop = db.session.get_one(Workshop, letter.workshop_id)
    asked = {
        "workshop": workshop.id, "last": letter.last_id, "until": letter.created_at,
        "seated": [True] if letter.seated_only else [True, False], "limit": AT_ONCE,
    }  # fmt: skip
    people = db.session.scalars(NEXT, asked).all()
    for each in people:
        write_to(each.user, letter.name, workshop, reason=workshop.cancel_reason)
        letter.last_id = each.user_id
    if len(people) < AT_ONCE:
        db.session.delete(letter)
    return len(people)


def _locked(number: int) -> WorkshopLetter | None:
    """Return a letter that nobody else writes meanwhile; None when it is done or taken back."""
    letter = db.session.get(WorkshopLetter, number)
    if letter is None:
        return None
    lock(db.session.get_one(Workshop, letter.workshop_id))
    # Read again: another worker may have come further, or to the end, while this one waited.
    fresh: WorkshopLetter | None = db.session.scalars(
        select(WorkshopLetter).where(WorkshopLetter.id == number),
        execution_options={"populate_existing": True},
    ).one_or_none()
    return fresh
