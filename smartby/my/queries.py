"""What one has written and supported, across towns, read as rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, bindparam, select

from ..accounts.models import User
from ..comments.models import Comment
from ..contributions.models import Contribution, Draft
from ..extensions import db
from ..municipalities.models import Municipality
from ..votes.models import Support

SHOWN = 10
C, TOWN = Contribution.__table__, Municipality.__table__
SAID, DRAFT, GIVEN = Comment.__table__, Draft.__table__, Support.__table__
SEEN = (C.c.hidden_at.is_(None), TOWN.c.closed_at.is_(None))
PLACED = (C.c.id, C.c.kind, C.c.title, C.c.lang, TOWN.c.slug, TOWN.c.name.label("town"))


def _in_town(*columns: Any) -> Select[Any]:
    return select(*PLACED, *columns).join(TOWN, TOWN.c.id == C.c.municipality_id).where(*SEEN)


WRITTEN = (
    _in_town(C.c.published_at.label("at"), C.c.support_count, C.c.withdrawn_at)
    .where(C.c.author_id == bindparam("person"))
    .order_by(C.c.id.desc())
    .limit(SHOWN)
)
SUPPORTED = (
    _in_town(GIVEN.c.created_at.label("at"))
    .join(GIVEN, GIVEN.c.contribution_id == C.c.id)
    .where(GIVEN.c.user_id == bindparam("person"))
    .order_by(C.c.id.desc())
    .limit(SHOWN)
)
COMMENTED = (
    _in_town(SAID.c.created_at.label("at"), SAID.c.id.label("comment"), SAID.c.body)
    .join(SAID, SAID.c.contribution_id == C.c.id)
    .where(SAID.c.author_id == bindparam("person"), SAID.c.deleted_at.is_(None))
    .order_by(SAID.c.id.desc())
    .limit(SHOWN)
)
DRAFTS = (
    select(DRAFT.c.key, DRAFT.c.kind, DRAFT.c.fields, DRAFT.c.saved_at, TOWN.c.slug, TOWN.c.name)
    .join(TOWN, TOWN.c.id == DRAFT.c.municipality_id)
    .where(DRAFT.c.author_id == bindparam("person"), TOWN.c.closed_at.is_(None))
    .order_by(DRAFT.c.saved_at.desc())
    .limit(SHOWN)
)


@dataclass(frozen=True, slots=True)
class Mine:
    """The newest of everything that is one's own."""

    written: Sequence[Row[Any]]
    supported: Sequence[Row[Any]]
    commented: Sequence[Row[Any]]
    drafts: Sequence[Row[Any]]


def mine(person: User) -> Mine:
    """Read one's own lists."""
    asked = {"person": person.id}
    lists = [db.session.execute(q, asked).all() for q in (WRITTEN, SUPPORTED, COMMENTED, DRAFTS)]
    return Mine(*lists)
