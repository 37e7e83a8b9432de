"""Reading the ledger: the timeline of one subject, and single entries."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    ScalarSelect,
    Select,
    bindparam,
    func,
    or_,
    select,
)

from ..accounts.models import User
from ..extensions import db
from .kinds import NAME_CHANGED, types_in
from .models import LedgerEntry
from .reading import Entry

ENTRY, PERSON = LedgerEntry.__table__, User.__table__
LATER = LedgerEntry.__table__.alias("later")


def name_then(row: FromClause, person: Any, later: ColumnElement[bool]) -> ScalarSelect[Any]:
    """Build what signed a row of a town: the old name of the next change, NULL without one."""
    return (
        select(LATER.c.title)
        .where(
            LATER.c.municipality_id == row.c.municipality_id, LATER.c.type == NAME_CHANGED,
            LATER.c.actor_id == person, later,
        )
        .order_by(LATER.c.seq)
        .limit(1)
        .correlate(row)
        .scalar_subquery()
    )  # fmt: skip


NAME_THEN = name_then(ENTRY, ENTRY.c.actor_id, LATER.c.seq > ENTRY.c.seq)
COLUMNS = (
    ENTRY.c.id, ENTRY.c.municipality_id, ENTRY.c.seq, ENTRY.c.ts, ENTRY.c.type, ENTRY.c.subject,
    ENTRY.c.from_value, ENTRY.c.to_value, ENTRY.c.text, ENTRY.c.actor_label, ENTRY.c.title,
    ENTRY.c.hash, ENTRY.c.entry, ENTRY.c.salt, ENTRY.c.actor_id,
    func.coalesce(NAME_THEN, PERSON.c.name).label("actor"),
)  # fmt: skip
READ: Select[Any] = select(*COLUMNS).select_from(
    ENTRY.outerjoin(PERSON, PERSON.c.id == ENTRY.c.actor_id)
)
TIMELINE = (
    READ.where(ENTRY.c.subject == bindparam("subject")).order_by(ENTRY.c.seq.desc()).limit(200)
)
ONE = READ.where(ENTRY.c.id == bindparam("id"))
BY_NUMBER = READ.where(
    ENTRY.c.municipality_id == bindparam("town"), ENTRY.c.seq == bindparam("seq")
)
LAST_OF_TYPE = (
    READ.where(ENTRY.c.subject == bindparam("subject"), ENTRY.c.type == bindparam("type"))
    .order_by(ENTRY.c.seq.desc())
    .limit(1)
)
HIDINGS = (
    select(ENTRY.c.subject, ENTRY.c.type)
    .where(
        ENTRY.c.subject.in_(bindparam("subjects", expanding=True)),
        ENTRY.c.type.like("%.hidden") | ENTRY.c.type.like("%.restored"),
    )
    .order_by(ENTRY.c.seq)
)


def read(row: Sequence[Any]) -> Entry:
    """Give a row of READ its words."""
    return Entry(*row)


def timeline(subject: str) -> list[Entry]:
    """Return what has been decided about a subject, newest first (200 at most)."""
    return [read(row) for row in db.session.execute(TIMELINE, {"subject": subject})]


def entry(number: int) -> Entry | None:
    """Return one entry by its id."""
    row = db.session.execute(ONE, {"id": number}).one_or_none()
    return read(row) if row else None


def entry_by_number(municipality_id: int, seq: int) -> Entry | None:
    """Return an entry of a town by its number in the log."""
    row = db.session.execute(BY_NUMBER, {"town": municipality_id, "seq": seq}).one_or_none()
    return read(row) if row else None


def last_of_type(subject: str, type_: str) -> Entry | None:
    """Return the newest entry of a type about a subject: the latest move, for example."""
    row = db.session.execute(LAST_OF_TYPE, {"subject": subject, "type": type_}).one_or_none()
    return read(row) if row else None


def hidden_among(subjects: Collection[str]) -> set[str]:
    """Return which of these subjects are hidden now, as the ledger itself tells."""
    hidden: set[str] = set()
    if subjects:
        for subject, type_ in db.session.execute(HIDINGS, {"subjects": sorted(subjects)}):
            (hidden.add if type_.endswith(".hidden") else hidden.discard)(subject)
    return hidden


def chains_decided_in(user_id: int) -> list[int]:
    """Return the towns in whose record somebody has acted in office, also when that is over."""
    in_office = or_(ENTRY.c.actor_label != "", ENTRY.c.type.in_(types_in("town")))
    query = select(ENTRY.c.municipality_id).where(ENTRY.c.actor_id == user_id, in_office)
    return list(db.session.scalars(query.distinct()))
