"""Reading the ledger: the timeline of one subject, and the town's public log."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, bindparam, select

from ..accounts.models import User
from ..extensions import db
from .models import LedgerEntry

ENTRY, PERSON = LedgerEntry.__table__, User.__table__
COLUMNS = (
    ENTRY.c.id, ENTRY.c.municipality_id, ENTRY.c.seq, ENTRY.c.ts, ENTRY.c.type, ENTRY.c.subject,
    ENTRY.c.from_value, ENTRY.c.to_value, ENTRY.c.text, ENTRY.c.actor_label, ENTRY.c.title,
    ENTRY.c.hash, PERSON.c.name.label("actor"),
)  # fmt: skip
READ = select(*COLUMNS).select_from(
    ENTRY.outerjoin(PERSON, PERSON.c.id == ENTRY.c.actor_id)
)
TIMELINE = READ.where(ENTRY.c.subject == bindparam("subject")).order_by(ENTRY.c.seq.desc()).limit(200)
ONE = READ.where(ENTRY.c.id == bindparam("id"))


def timeline(subject: str) -> list[Row[Any]]:
    """Return what has been decided about a subject, newest first (200 at most)."""
    return list(db.session.execute(TIMELINE, {"subject": subject}))


def entry(number: int) -> Row[Any] | None:
    """Return one entry."""
    return db.session.execute(ONE, {"id": number}).one_or_none()
