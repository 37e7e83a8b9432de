"""The versions of a text: when each was written, by whom, and any two compared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, select

from ..accounts.models import User
from ..core.diff import Row, Span, side_by_side, word_diff
from ..extensions import db
from .models import Contribution, ContributionText, ContributionVersion

SHOWN = 100
V, PERSON = ContributionVersion.__table__, User.__table__
C, TEXT = Contribution.__table__, ContributionText.__table__
# A version's row is written when the next one takes its place: its date is the next one's.
REPLACED: Select[Any] = (
    select(V.c.version, V.c.created_at, PERSON.c.name)
    .join(PERSON, PERSON.c.id == V.c.edited_by_id)
    .where(V.c.contribution_id == bindparam("number"))
    .order_by(V.c.version.desc())
    .limit(SHOWN)
)
TEXTS: Select[Any] = select(V.c.version, V.c.title, V.c.body).where(
    V.c.contribution_id == bindparam("number"),
    V.c.version.in_(bindparam("versions", expanding=True)),
)
NOW: Select[Any] = (
    select(C.c.version, C.c.title, TEXT.c.body)
    .join(TEXT, TEXT.c.contribution_id == C.c.id)
    .where(C.c.id == bindparam("number"))
)


@dataclass(frozen=True, slots=True)
class Version:
    """One version: its number, when it was written and by whom."""

    number: int
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions of a text: from which to which, and what changed."""

    before: int
    after: int
    title: list[Span]
    words: list[Span]
    rows: list[Row]


def versions_of(contribution: Contribution) -> list[Version]:
    """Return the versions, newest first."""
    rows = db.session.execute(REPLACED, {"number": contribution.id}).all()
    found = [Version(row.version + 1, row.created_at, row.name) for row in rows]
    if len(rows) < SHOWN:
        author = contribution.author.name
        found.append(Version(1, contribution.published_at, author))
    return found


def compare(contribution: Contribution, before: int | None, after: int | None) -> Comparison:
    """Compare two versions; without wishes (or with impossible ones) the newest and its former."""
    now = db.session.execute(NOW, {"number": contribution.id}).one()
    last = now.version
    new = after if after is not None and 1 <= after <= last else last
    old = before if before is not None and 1 <= before <= last else max(1, new - 1)
    old, new = sorted((old, new))
    asked = {"number": contribution.id, "versions": [old, new]}
    texts = {row.version: row for row in db.session.execute(TEXTS, asked)} | {last: now}
    a, b = texts.get(old, now), texts.get(new, now)
    return Comparison(
        old, new, word_diff(a.title, b.title), word_diff(a.body, b.body),
        side_by_side(a.body, b.body),
    )  # fmt: skip
