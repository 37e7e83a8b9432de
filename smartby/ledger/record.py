"""Writing the chain: canonical entries, salted text, pseudonyms; always in the deciding transaction."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update

from ..accounts.models import User
from ..core.clock import now
from ..core.transaction import current
from ..extensions import db
from .models import LedgerEntry, LedgerHead, LedgerPerson

FORMAT = 1
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
PERSON = select(LedgerPerson.key).where(
    LedgerPerson.municipality_id == bindparam("chain"), LedgerPerson.user_id == bindparam("user")
)


@dataclass(frozen=True, slots=True)
class Decision:
    """What is entered in the ledger; `details` are integers and strings only."""

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
    db.session.add(LedgerHead(municipality_id=municipality_id))
    db.session.flush()


def record(municipality_id: int, decision: Decision, by: User | None) -> LedgerEntry:
    """Enter a decision at the end of the chain, in the open transaction, last of all row locks."""
    current()  # a decision without its transaction would be a claim without its deed
    db.session.flush()
    seq, previous = db.session.execute(LOCK, {"chain": municipality_id}).one()
    moment = now()
    salt = secrets.token_hex(16) if decision.text else None
    text = canonical(
        {
            "v": FORMAT,
            "chain": municipality_id,
            "seq": seq,
            "ts": stamp(moment),
            "type": decision.type,
            "subject": decision.subject,
            "from": decision.from_value,
            "to": decision.to_value,
            "actor": pseudonym(municipality_id, by),
            "body": body_hash(salt, decision.text),
            "title": title_hash(decision.title),
            "details": decision.details or {},
            "prev": previous,
        }
    )
    entry = LedgerEntry(
        municipality_id=municipality_id,
        seq=seq,
        ts=moment,
        type=decision.type,
        subject=decision.subject,
        from_value=decision.from_value,
        to_value=decision.to_value,
        entry=text,
        hash=entry_hash(text),
        salt=salt,
        text=decision.text or None,
        actor_id=by.id if by else None,
        actor_label=decision.label,
        title=decision.title,
    )
    db.session.add(entry)
    db.session.execute(STORE, {"chain": municipality_id, "newest": entry.hash})
    return entry


def canonical(content: dict[str, Any]) -> str:
    """Write an entry the one way it is hashed: sorted ASCII JSON without spaces."""
    return json.dumps(content, sort_keys=True, ensure_ascii=True, separators=(",", ":"))


def entry_hash(text: str) -> str:
    """Hash an entry: SHA-256 over a zero byte and the canonical text (RFC 6962's leaf)."""
    return hashlib.sha256(b"\x00" + text.encode("ascii")).hexdigest()


def body_hash(salt: str | None, text: str | None) -> str:
    """Hash a salted text; "" where there is none. Without salt and text the hash says nothing."""
    if not salt or text is None:
        return ""
    return hashlib.sha256(bytes.fromhex(salt) + text.encode()).hexdigest()


def title_hash(title: str) -> str:
    """Hash what the subject was called (its first 120 characters)."""
    return hashlib.sha256(title.encode()).hexdigest() if title else ""


def stamp(moment: datetime) -> str:
    """Write a moment in whole seconds UTC."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def pseudonym(municipality_id: int, by: User | None) -> str:
    """Name a person within one chain; without the random key beside it the name is nobody's."""
    if by is None:
        return ""
    wanted = {"chain": municipality_id, "user": by.id}
    key = db.session.execute(PERSON, wanted).scalar()
    if key is None:
        key = secrets.token_hex(32)
        db.session.add(LedgerPerson(municipality_id=municipality_id, user_id=by.id, key=key))
    message = f"{municipality_id}:{by.id}".encode()
    return hmac.new(bytes.fromhex(key), message, hashlib.sha256).hexdigest()[:32]
