"""Erasing what is personal: texts, salts and keys go, the hashes stay, an entry tells of it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select, update

from ..accounts.models import User
from ..extensions import db
from .models import LedgerEntry, LedgerPerson
from .record import Decision, hold_chain, pseudonym, record


def erase_person(user: User, *, by: User | None = None) -> int:
    """Make somebody nobody in every chain; return how many entries lost a text.

    What an official wrote in office stays, it is the town's; a citizen's own words go. Call it in
    the transaction that deletes the account, before the account itself goes.
    """
    query = select(LedgerPerson.municipality_id).where(LedgerPerson.user_id == user.id)
    return sum(_erase_in(chain, user, by) for chain in db.session.scalars(query).all())


def erase_subject(municipality_id: int, subject: str, *, by: User | None = None) -> int:
    """Erase every text and title about a subject; return how many entries lost one."""
    hold_chain(municipality_id)
    found = _with_texts(
        LedgerEntry.municipality_id == municipality_id, LedgerEntry.subject == subject
    )
    if found:
        _wipe(municipality_id, found)
        details: dict[str, int | str] = {"entries": _listed(found)}
        record(municipality_id, Decision("content.erased", subject, details=details), by)
    return len(found)


def _erase_in(chain: int, user: User, by: User | None) -> int:
    hold_chain(chain)  # nothing by this person may be entered while we look for what they wrote
    own = LedgerEntry.actor_id == user.id
    found = _with_texts(LedgerEntry.municipality_id == chain, own, LedgerEntry.actor_label == "")
    name = pseudonym(chain, user)
    _wipe(chain, found)
    details: dict[str, int | str] = {"entries": _listed(found), "person": name}
    other = by if by is not None and by.id != user.id else None
    record(chain, Decision("person.erased", f"person:{name}", details=details), other)
    db.session.execute(
        update(LedgerEntry).where(LedgerEntry.municipality_id == chain, own).values(actor_id=None)
    )
    db.session.execute(
        delete(LedgerPerson).where(
            LedgerPerson.municipality_id == chain, LedgerPerson.user_id == user.id
        )
    )
    return len(found)


def _with_texts(*conditions: object) -> Sequence[int]:
    query = select(LedgerEntry.seq).where(*conditions, LedgerEntry.salt.is_not(None))  # type: ignore[arg-type]
    return db.session.scalars(query.order_by(LedgerEntry.seq)).all()


def _wipe(chain: int, numbers: Sequence[int]) -> None:
    for start in range(0, len(numbers), 500):
        db.session.execute(
            update(LedgerEntry)
            .where(
                LedgerEntry.municipality_id == chain,
                LedgerEntry.seq.in_(numbers[start : start + 500]),
            )
            .values(text=None, title=None, salt=None)
        )


def _listed(numbers: Sequence[int]) -> str:
    return ",".join(map(str, numbers))
