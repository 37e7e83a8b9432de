"""The statements that read a contribution's page, each made once for its kind."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ScalarSelect, Select, bindparam, literal, select, union_all

from ..accounts.models import User
from ..comments.models import Useful
from ..contributions.models import Contribution, ContributionText
from ..core.models import Stream
from ..votes.models import Support

C, TEXT, AUTHOR = Contribution.__table__, ContributionText.__table__, User.__table__
SUPPORT, USEFUL, STREAM = Support.__table__, Useful.__table__, Stream.__table__
COLUMNS = tuple(
    C.c[name]
    for name in (
        "id", "municipality_id", "kind", "code", "title", "lang", "place", "author_id",
        "principle_ids", "goal_ids", "challenge_id", "source", "stage_id", "stage_since", "due_at",
        "owner_id", "support_count", "comment_count", "for_count", "against_count",
        "question_count", "answer_count", "published_at", "edited_at", "version", "withdrawn_at",
        "withdrawn_reason", "hidden_at", "hidden_reason",
    )
)  # fmt: skip
OWN = union_all(
    select(literal(0).label("useful"), SUPPORT.c.contribution_id.label("number")).where(
        SUPPORT.c.user_id == bindparam("person"),
        SUPPORT.c.contribution_id.in_(bindparam("contributions", expanding=True)),
    ),
    select(literal(1), USEFUL.c.comment_id).where(
        USEFUL.c.user_id == bindparam("person"),
        USEFUL.c.comment_id.in_(bindparam("comments", expanding=True)),
    ),
)


def newest_of(stream: Any) -> ScalarSelect[Any]:
    """Read a stream's newest number in the statement that reads the rows it tells of.

    So the number is never newer than what the page shows.
    """
    return select(STREAM.c.seq).where(STREAM.c.name == stream).scalar_subquery()


def page_of(kind: str) -> Select[Any]:
    """Build the statement that reads one contribution of a kind; the kind adds what is its own."""
    return (
        select(
            *COLUMNS, TEXT.c.html, AUTHOR.c.name.label("author"),
            newest_of(bindparam("stream")).label("stream"),
            newest_of(bindparam("own_stream")).label("own_stream"),
        )
        .join(TEXT, TEXT.c.contribution_id == C.c.id)
        .join(AUTHOR, AUTHOR.c.id == C.c.author_id)
        .where(
            C.c.id == bindparam("number"),
            C.c.municipality_id == bindparam("town"),
            C.c.kind == kind,
        )
    )  # fmt: skip
