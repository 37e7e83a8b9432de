"""What one has written and supported, across towns, read as rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Row, Select, and_, bindparam, func, select

from ..accounts.models import User
from ..comments.models import Comment
from ..contributions.models import Contribution, Draft
from ..core.clock import now
from ..core.models import UtcDateTime
from ..core.pagination import Cursor, encode
from ..extensions import db
from ..municipalities.models import Municipality
from ..municipalities.queries import SERVED
from ..outcomes.models import Contributor, Outcome
from ..pipeline.models import Answer, Stage
from ..votes.models import Support
from ..workshops.models import Workshop
from .workshops import Own, own_workshops

SHOWN, MOST = 20, 100
C, TOWN = Contribution.__table__, Municipality.__table__
SAID, DRAFT, GIVEN = Comment.__table__, Draft.__table__, Support.__table__
MEETING, NAMED, OUT = Workshop.__table__, Contributor.__table__, Outcome.__table__
STAGE, ANSWER = Stage.__table__, Answer.__table__
PERSON: BindParameter[int] = bindparam("person")
SINCE = bindparam("since", type_=UtcDateTime())
SEEN = C.c.hidden_at.is_(None)
PLACED = (
    C.c.id, C.c.kind, C.c.title, C.c.lang, C.c.support_count, C.c.comment_count, C.c.withdrawn_at,
    C.c.hidden_at, TOWN.c.slug, TOWN.c.name.label("town"), STAGE.c.name_nb, STAGE.c.name_nn,
    STAGE.c.name_en,
)  # fmt: skip

# Whoever has said something in a talk has read what stood there before.
TALKED = (
    select(SAID.c.contribution_id, func.max(SAID.c.created_at).label("at"))
    .where(SAID.c.author_id == PERSON)
    .group_by(SAID.c.contribution_id)
    .subquery("talked")
)
READ = func.coalesce(TALKED.c.at, SINCE)


def _news(*since: Any) -> tuple[ColumnElement[Any], ...]:
    """What others have done with it since all these moments; counted where the list is read."""

    def later(moment: ColumnElement[Any]) -> ColumnElement[bool]:
        return and_(*(moment > each for each in since))

    def count(table: Any, by: ColumnElement[int], *conditions: Any) -> ColumnElement[int]:
        query = select(func.count()).where(
            table.c.contribution_id == C.c.id, later(table.c.created_at), by != PERSON, *conditions
        )
        return query.correlate(C, GIVEN, TALKED, NAMED).scalar_subquery()

    return (
        and_(later(C.c.stage_since), C.c.stage_since > C.c.published_at).label("moved"),
        count(ANSWER, ANSWER.c.signed_by_id).label("answers"),
        count(SAID, SAID.c.author_id, SAID.c.deleted_at.is_(None)).label("comments"),
    )


def _first(column: ColumnElement[str]) -> ColumnElement[str]:
    """Of what came of a workshop: what it was called there, or where that was."""
    query = select(column).join(MEETING, MEETING.c.id == OUT.c.run_id)
    query = query.where(OUT.c.contribution_id == C.c.id).order_by(OUT.c.id).limit(1)
    return query.correlate(C).scalar_subquery()


def _in_town(*columns: Any) -> Select[Any]:
    return (
        select(*PLACED, *columns)
        .join(TOWN, TOWN.c.id == C.c.municipality_id)
        .outerjoin(STAGE, STAGE.c.id == C.c.stage_id)
        .where(SERVED)
    )


# Each list with what it is ordered by, the newest first.
LISTS: dict[str, tuple[Select[Any], ColumnElement[int]]] = {
    "written": (
        # Also what is hidden: its author may read it, and why.
        _in_town(C.c.published_at.label("at"), *_news(SINCE, READ))
        .outerjoin(TALKED, TALKED.c.contribution_id == C.c.id)
        .where(C.c.author_id == PERSON),
        C.c.id,
    ),
    "supported": (
        # What stood there when one gave support, one has read.
        _in_town(GIVEN.c.created_at.label("at"), *_news(SINCE, READ, GIVEN.c.created_at))
        .join(GIVEN, GIVEN.c.contribution_id == C.c.id)
        .outerjoin(TALKED, TALKED.c.contribution_id == C.c.id)
        .where(GIVEN.c.user_id == PERSON, SEEN),
        C.c.id,
    ),
    "named": (
        # What one had a part in, and asked to be named on, when it came of a workshop.
        _in_town(
            NAMED.c.created_at.label("at"),
            (NAMED.c.created_at > SINCE).label("became"),
            _first(OUT.c.title).label("called"),
            _first(MEETING.c.title).label("workshop"),
            *_news(SINCE, READ, NAMED.c.created_at),
        )
        .join(NAMED, NAMED.c.contribution_id == C.c.id)
        .outerjoin(TALKED, TALKED.c.contribution_id == C.c.id)
        .where(NAMED.c.user_id == PERSON, SEEN),
        C.c.id,
    ),
    "commented": (
        _in_town(SAID.c.created_at.label("at"), SAID.c.id.label("comment"), SAID.c.body)
        .join(SAID, SAID.c.contribution_id == C.c.id)
        .where(SAID.c.author_id == PERSON, SAID.c.deleted_at.is_(None), SEEN),
        SAID.c.id,
    ),
}
PAGES = {
    name: (query.order_by(key.desc()).limit(SHOWN + 1)) for name, (query, key) in LISTS.items()
}
LATER = {name: PAGES[name].where(key < bindparam("last")) for name, (_query, key) in LISTS.items()}
DRAFTS: Select[Any] = (
    select(DRAFT.c.key, DRAFT.c.kind, DRAFT.c.fields, DRAFT.c.saved_at, TOWN.c.slug, TOWN.c.name)
    .join(TOWN, TOWN.c.id == DRAFT.c.municipality_id)
    .where(DRAFT.c.author_id == PERSON, SERVED)
    .order_by(DRAFT.c.saved_at.desc())
    .limit(MOST)
)


@dataclass(frozen=True, slots=True)
class Part:
    """Some of a list of one's own; `following` is where the rest begins, "" at its end."""

    rows: Sequence[Row[Any]]
    following: str


@dataclass(frozen=True, slots=True)
class Mine:
    """The newest of everything that is one's own."""

    written: Part
    named: Part
    supported: Part
    commented: Part
    drafts: Sequence[Row[Any]]
    workshops: Own


def mine(person: User) -> Mine:
    """Read one's own lists; what is new is counted from the look before this one."""
    asked = _asked(person)
    return Mine(
        **{name: _part(name, PAGES[name], asked) for name in LISTS},
        drafts=db.session.execute(DRAFTS, asked).all(),
        workshops=own_workshops(person.id, now()),
    )


def rest(person: User, name: str, after: Cursor | None) -> Part:
    """Read what comes after a place in one of one's own lists."""
    if after is None:
        return _part(name, PAGES[name], _asked(person))
    return _part(name, LATER[name], _asked(person) | {"last": after.id})


def _asked(person: User) -> dict[str, Any]:
    return {"person": person.id, "since": person.looked_before or person.created_at}


def _part(name: str, query: Select[Any], asked: dict[str, Any]) -> Part:
    rows = db.session.execute(query, asked).all()
    if len(rows) <= SHOWN:
        return Part(rows, "")
    last = rows[SHOWN - 1]
    return Part(rows[:SHOWN], encode(Cursor(0, last.comment if name == "commented" else last.id)))
