"""The ledger in bulk: the same entries and chain, counted in memory and written together."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import select, update

from ..extensions import db
from ..ledger.canonical import person_hash
from ..ledger.models import LedgerEntry, LedgerHead, LedgerPerson
from ..ledger.record import Decision, seal
from .loader import Loader

COLUMNS = tuple(column.name for column in LedgerEntry.__table__.c if column.name != "id")


class Chain:
    """One municipality's chain while it grows; nobody else may write to it meanwhile."""

    def __init__(self, municipality_id: int) -> None:
        self.number = municipality_id
        head = select(LedgerHead.seq, LedgerHead.hash)
        head = head.where(LedgerHead.municipality_id == municipality_id)
        self.seq, self.hash = db.session.execute(head).one()
        keys = select(LedgerPerson.user_id, LedgerPerson.key)
        keys = keys.where(LedgerPerson.municipality_id == municipality_id)
        self.names = {
            user: person_hash(key, municipality_id, user) for user, key in db.session.execute(keys)
        }
        self.entries = Loader(LedgerEntry.__table__, *COLUMNS)
        self.people = Loader(LedgerPerson.__table__, "municipality_id", "user_id", "key")

    def enter(self, moment: datetime, decision: Decision, by: int) -> None:
        """Enter a decision at the end."""
        self.seq += 1
        entry = LedgerEntry(
            municipality_id=self.number,
            seq=self.seq,
            ts=moment.replace(microsecond=0),
            type=decision.type,
            subject=decision.subject,
            from_value=decision.from_value,
            to_value=decision.to_value,
            salt=secrets.token_hex(16),
            text=decision.text or None,
            title=decision.title or None,
            actor_id=by,
            actor_label=decision.label,
        )
        seal(entry, self._name(by), decision.details or {}, self.hash)
        self.hash = entry.hash
        self.entries.add(*(getattr(entry, name) for name in COLUMNS))

    def flush(self) -> None:
        """Write the new entries and the head; inside a transaction."""
        self.people.flush()
        self.entries.flush()
        head = update(LedgerHead).where(LedgerHead.municipality_id == self.number)
        db.session.execute(head.values(seq=self.seq, hash=self.hash))

    def _name(self, user: int) -> str:
        if user not in self.names:
            key = secrets.token_hex(32)
            self.people.add(self.number, user, key)
            self.names[user] = person_hash(key, self.number, user)
        return self.names[user]
