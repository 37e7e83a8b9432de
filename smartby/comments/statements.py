"""The statements that write comments, each made once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, func, insert, select, text, update
from sqlalchemy.orm import aliased

from ..contributions.models import Contribution
from ..pipeline.taking_part import COUNTERS, Held, holding
from .models import Comment, Useful

TABLE, COUNTED = Comment.__table__, Contribution.__table__
REPLIED = aliased(Comment)
WANTED = TABLE.c.id == bindparam("comment")


@dataclass(frozen=True, slots=True)
class Judged:
    """A comment as the rules judge it: it has the model's names."""

    id: int
    municipality_id: int
    author_id: int
    stance: str | None
    version: int
    useful_count: int
    created_at: datetime
    deleted_at: datetime | None
    contribution: Held


JUDGED = select(
    TABLE.c.id, TABLE.c.municipality_id, TABLE.c.author_id, TABLE.c.stance, TABLE.c.version,
    TABLE.c.useful_count, TABLE.c.created_at, TABLE.c.deleted_at,
).where(WANTED)  # fmt: skip
# Locks the contribution that a comment (number) stands under.
HOLD_BY_COMMENT = holding(
    COUNTED.c.id
    == select(TABLE.c.contribution_id)
    .where(TABLE.c.id == bindparam("number"), TABLE.c.municipality_id == bindparam("town"))
    .scalar_subquery()
)
ADD = (
    insert(TABLE)  # type: ignore[arg-type]
    .values(useful_count=0, reply_count=0, version=1)
    .returning(TABLE.c.id)
)
# One statement: counts the reply on the thread's first comment, and tells where it belongs.
COUNT_REPLY = (
    update(TABLE)  # type: ignore[arg-type]
    .where(
        TABLE.c.id
        == select(func.coalesce(REPLIED.root_id, REPLIED.id))
        .where(REPLIED.id == bindparam("comment"), REPLIED.deleted_at.is_(None))
        .scalar_subquery()
    )
    .values(reply_count=TABLE.c.reply_count + 1)
    .returning(
        TABLE.c.id,
        select(REPLIED.depth).where(REPLIED.id == bindparam("comment")).scalar_subquery(),
        select(REPLIED.parent_id).where(REPLIED.id == bindparam("comment")).scalar_subquery(),
    )
)
EDIT = (
    update(TABLE)  # type: ignore[arg-type]
    .where(WANTED)
    .values(
        body=bindparam("words"),
        body_html=bindparam("html"),
        edited_at=bindparam("moment"),
        version=TABLE.c.version + 1,
    )
)
DELETE = (
    update(TABLE)  # type: ignore[arg-type]
    .where(WANTED)
    .values(
        body="",
        body_html="",
        deleted_at=bindparam("moment"),
        deleted_by_id=bindparam("by"),
        version=TABLE.c.version + 1,
    )
)
COUNT = (
    update(COUNTED)  # type: ignore[arg-type]
    .where(COUNTED.c.id == bindparam("contribution"))
    .values(trending=bindparam("rank"), **{name: bindparam(f"new_{name}") for name in COUNTERS[1:]})
)
USEFUL = text(
    "INSERT INTO useful (comment_id, user_id, created_at)"
    " VALUES (:comment, :person, CURRENT_TIMESTAMP) ON CONFLICT DO NOTHING"
)
NOT_USEFUL = delete(Useful).where(
    Useful.comment_id == bindparam("comment"), Useful.user_id == bindparam("person")
)
COUNT_USEFUL = (
    update(TABLE)  # type: ignore[arg-type]
    .where(WANTED)
    .values(useful_count=bindparam("total"))
)
