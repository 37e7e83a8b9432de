"""Reading discussions: a page of threads in one statement, however much has been said."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    CompoundSelect,
    Row,
    Select,
    and_,
    bindparam,
    func,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from ..accounts.models import User
from ..contributions.models import Contribution
from ..core.access import Person
from ..core.pagination import Cursor
from ..extensions import db
from ..municipalities.models import Municipality
from .models import Comment, Useful

SORTS = ("new", "best", "questions")
PAGE, FIRST_REPLIES, THREAD_PAGE = 20, 3, 100
END = 2**31 - 1
C, PERSON, USEFUL = Comment.__table__, User.__table__, Useful.__table__
TOWN, ABOUT = Municipality.__table__, Contribution.__table__
COLUMNS = (
    C.c.id, C.c.contribution_id, C.c.parent_id, C.c.root_id, C.c.depth, C.c.author_id,
    PERSON.c.name, C.c.is_staff, C.c.stance, C.c.body_html, C.c.lang, C.c.useful_count,
    C.c.reply_count, C.c.version, C.c.created_at, C.c.edited_at, C.c.deleted_at, C.c.deleted_by_id,
)  # fmt: skip
SAID: Select[Any] = select(*COLUMNS).join(PERSON, PERSON.c.id == C.c.author_id)
# With what a page that is open somewhere needs to know of it.
FIRST = aliased(Comment)
ONE = (
    SAID.join(ABOUT, ABOUT.c.id == C.c.contribution_id)
    .join(TOWN, TOWN.c.id == C.c.municipality_id)
    .add_columns(
        TOWN.c.slug,
        ABOUT.c.hidden_at,
        select(FIRST.reply_count)
        .where(FIRST.id == C.c.root_id)
        .scalar_subquery()
        .label("in_thread"),
    )
    .where(C.c.id == bindparam("comment"))
)
REPLIES = (
    SAID.where(C.c.root_id == bindparam("root"), C.c.id > bindparam("after"))
    .order_by(C.c.id)
    .limit(THREAD_PAGE + 1)
)
MY_USEFUL = select(USEFUL.c.comment_id).where(
    USEFUL.c.user_id == bindparam("person"),
    USEFUL.c.comment_id.in_(bindparam("comments", expanding=True)),
)


def said_under(
    contribution: int, sort: str, after: Cursor | None = None, wanted: int | None = None
) -> Sequence[Row[Any]]:
    """Return a page of first-level comments with their first replies, in no order.

    `wanted` begins the page at the thread of one comment, and includes that comment.
    """
    values: dict[str, Any] = {"contribution": contribution, "wanted": wanted}
    if after is not None:
        values |= {"value": after.value, "last": after.id}
    statement = _page(sort, after is not None, wanted is not None)
    return db.session.execute(statement, values).all()


def replies_to(root: int, after: int = 0) -> Sequence[Row[Any]]:
    """Return the replies in a thread, oldest first: one more than a page when there are more."""
    return db.session.execute(REPLIES, {"root": root, "after": after}).all()


def one(comment: int) -> Row[Any] | None:
    """Return a comment with its town and contribution."""
    return db.session.execute(ONE, {"comment": comment}).one_or_none()


def useful_among(person: Person, comments: Sequence[int]) -> set[int]:
    """Return which of these comments the person finds useful, in one query."""
    if not person.is_authenticated or not comments:
        return set()
    values = {"person": person.id, "comments": comments}
    return set(db.session.execute(MY_USEFUL, values).scalars())


@cache
def _page(sort: str, later: bool, wanted: bool) -> CompoundSelect[Any]:
    first = _first_level(sort, later, wanted)
    parts = [
        SAID.join(first, C.c.id == first.c.id),
        SAID.join(
            first,
            and_(C.c.root_id == first.c.id, C.c.id <= func.coalesce(first.c.last_shown, END)),
        ),
    ]
    if wanted:
        parts.append(_wanted_reply())
    return union_all(*parts)


def _first_level(sort: str, later: bool, wanted: bool) -> CTE:
    reply = aliased(Comment)
    # The last of the replies that are shown at once: the index gives it without counting.
    last_shown = (
        select(reply.id)
        .where(reply.root_id == C.c.id)
        .order_by(reply.id)
        .limit(1)
        .offset(FIRST_REPLIES - 1)
        .scalar_subquery()
    )
    query = select(C.c.id, last_shown.label("last_shown"))
    query = query.where(C.c.contribution_id == bindparam("contribution"), C.c.depth == 0)
    if sort == "questions":
        query = query.where(C.c.stance == "question")
    if later:
        query = query.where(_beyond(sort))
    if wanted:
        query = query.where(C.c.id <= _root_of_wanted())
    order = (C.c.useful_count.desc(), C.c.id.desc()) if sort == "best" else (C.c.id.desc(),)
    return query.order_by(*order).limit(PAGE + 1).cte("first_level")


def _beyond(sort: str) -> ColumnElement[bool]:
    older = C.c.id < bindparam("last")
    if sort != "best":
        return older
    value = C.c.useful_count
    return or_(value < bindparam("value"), and_(value == bindparam("value"), older))


def _root_of_wanted() -> Any:
    found = aliased(Comment)
    root = select(func.coalesce(found.root_id, found.id)).where(
        found.id == bindparam("wanted"), found.contribution_id == bindparam("contribution")
    )
    return func.coalesce(root.scalar_subquery(), END)


def _wanted_reply() -> Select[Any]:
    found = aliased(Comment)
    above = select(found.parent_id).where(found.id == bindparam("wanted")).scalar_subquery()
    return SAID.where(
        C.c.contribution_id == bindparam("contribution"),
        C.c.root_id.is_not(None),
        or_(C.c.id == bindparam("wanted"), C.c.id == above),
    )
