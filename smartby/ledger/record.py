"""Writing the chain: canonical, salted, under pseudonym; always in the deciding transaction."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from sqlalchemy import bindparam, select, update

from ..accounts.models import User
from ..core.clock import now
from ..core.transaction import current
from ..extensions import db
from .canonical import (
    FORMAT,
    GENESIS,
    body_hash,
    canonical,
    entry_hash,
    person_hash,
    stamp,
    title_hash,
)
from .models import LedgerEntry, LedgerHead, LedgerPerson

HEAD = LedgerHead.__table__
LOCK = (
    update(HEAD)  # type: ignore[arg-type]
    .where(HEAD.c.municipality_id == bindparam("chain"))
    .values(seq=HEAD.c.seq + 1)
    .returning(HEAD.c.seq, HEAD.c.hash)
)
STORE = (
    update(HEAD)  # type: ignore[arg-type]
    .where(HEAD.c.municipality_id == bindparam("chain"))
    .values(hash=bindparam("newest"))
)
HOLD = (
    update(HEAD)  # type: ignore[arg-type]
    .where(HEAD.c.municipality_id == bindparam("chain"))
    .values(seq=HEAD.c.seq)
)
PERSON = select(LedgerPerson.key).where(
    LedgerPerson.municipality_id == bindparam("chain"), LedgerPerson.user_id == bindparam("user")
)


@dataclass(frozen=True, slots=True)
class Decision:
    """What is entered; `details` are integers and strings only, and never personal."""

    type: str
    subject: str
    title: str = ""
    from_value: str = ""
    to_value: str = ""
    text: str = ""
    label: str = ""  # how an official in office is shown: role and unit
    details: dict[str, int | str] | None = None


def open_chain(municipality_id: int) -> None:
    """Begin a municipality's chain."""
    db.session.add(LedgerHead(municipality_id=municipality_id, hash=GENESIS))
    db.session.flush()


def hold_chain(municipality_id: int) -> None:
    """Keep others from entering anything in the chain until this transaction ends."""
    db.session.execute(HOLD, {"chain": municipality_id})


def record(municipality_id: int, decision: Decision, by: User | None) -> LedgerEntry:
    """Enter a decision at the end of the chain, in the open transaction, last of all row locks."""
    current()  # a decision without its transaction would be a claim without its deed
    db.session.flush()
    seq, previous = db.session.execute(LOCK, {"chain": municipality_id}).one()
    entry = _beside(municipality_id, seq, decision, by)
    seal(entry, pseudonym(municipality_id, by), decision.details or {}, previous)
    db.session.add(entry)
    db.session.execute(STORE, {"chain": municipality_id, "newest": entry.hash})
    return entry


def seal(entry: LedgerEntry, actor: str, details: dict[str, int | str], previous: str) -> None:
    """Write an entry the one way it is hashed, and hash it."""
    entry.entry = canonical(
        {
            "v": FORMAT,
            "chain": entry.municipality_id,
            "seq": entry.seq,
            "ts": stamp(entry.ts),
            "type": entry.type,
            "subject": entry.subject,
            "from": entry.from_value,
            "to": entry.to_value,
            "actor": actor,
            "office": entry.actor_label,
            "body": body_hash(entry.salt, entry.text),
            "title": title_hash(entry.salt, entry.title),
            "details": details,
            "prev": previous,
        }
    )
    entry.hash = entry_hash(entry.entry)


def _beside(municipality_id: int, seq: int, decision: Decision, by: User | None) -> LedgerEntry:
    return LedgerEntry(
        municipality_id=municipality_id,
        seq=seq,
        ts=now().replace(microsecond=0),  # the chain counts whole seconds, so the column does too
        type=decision.type,
        subject=decision.subject,
        from_value=decision.from_value,
        to_value=decision.to_value,
        salt=secrets.token_hex(16) if decision.text or decision.title else None,
        text=decision.text or None,
        title=decision.title or None,
        actor_id=by.id if by else None,
        actor_label=decision.label,
    )


def pseudonym(municipality_id: int, by: User | None) -> str:
    """Name a person within one chain; the random key for it is made at the first entry."""
    if by is None:
        return ""
    key = db.session.execute(PERSON, {"chain": municipality_id, "user": by.id}).scalar()
    if key is None:
        key = secrets.token_hex(32)
        db.session.add(LedgerPerson(municipality_id=municipality_id, user_id=by.id, key=key))
    return person_hash(key, municipality_id, by.id)
