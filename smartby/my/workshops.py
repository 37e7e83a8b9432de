"""The workshops that are one's own: those one comes to, those that are on, those that were held."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    bindparam,
    case,
    func,
    literal,
    or_,
    select,
    union_all,
)

from ..accounts.models import User
from ..contributions.models import Contribution
from ..core.models import UtcDateTime
from ..extensions import db
from ..facilitation.models import Participant, Run
from ..facilitation.retention import LEFT_OPEN
from ..municipalities.models import Municipality
from ..municipalities.queries import SERVED
from ..outcomes.models import Outcome
from ..workshops.models import (
    LEAD,
    LONGEST,
    STRICT,
    HelperInvitation,
    SignUp,
    Workshop,
    WorkshopLead,
)

MOST = 100  # of those that come, and of those that were held
MEETING, RUN, TOWN = Workshop.__table__, Run.__table__, Municipality.__table__
COMES, BESIDE, THERE = SignUp.__table__, WorkshopLead.__table__, Participant.__table__
INVITATION, ACCOUNT = HelperInvitation.__table__, User.__table__
OUT, C = Outcome.__table__, Contribution.__table__
PERSON = bindparam("person", type_=MEETING.c.id.type)
MOMENT = bindparam("moment", type_=UtcDateTime())
LEADER, JOINED, SEAT, WAITING, ASKED = "leader", "joined", "seated", "waiting", "asked"
# What one is there before all else: whoever leads may have joined too.
TIES = (LEADER, LEAD, "helper", JOINED, SEAT, WAITING, ASKED)
NOT_THERE = (SEAT, WAITING, ASKED)  # as far as anybody knows
QUESTIONS = (
    select(INVITATION.c.id, INVITATION.c.workshop_id)
    .join(ACCOUNT, ACCOUNT.c.email == INVITATION.c.email)
    .where(ACCOUNT.c.id == PERSON, ACCOUNT.c.email_confirmed_at.is_not(None))
    .subquery("question")
)
TIED = union_all(
    select(MEETING.c.id.label("workshop_id"), literal(LEADER).label("tie")).where(
        MEETING.c.leader_id == PERSON
    ),
    select(BESIDE.c.workshop_id, BESIDE.c.role).where(BESIDE.c.user_id == PERSON),
    select(COMES.c.workshop_id, case((COMES.c.seated, SEAT), else_=WAITING)).where(
        COMES.c.user_id == PERSON
    ),
    select(QUESTIONS.c.workshop_id, literal(ASKED)),
    # Under strict anonymity nothing ties an account to who took part, not here either.
    select(THERE.c.run_id, literal(JOINED))
    .join(MEETING, MEETING.c.id == THERE.c.run_id)
    .where(THERE.c.user_id == PERSON, MEETING.c.anonymity != STRICT),
).subquery("tied")


def _made(kind: str) -> ColumnElement[int]:
    query = select(func.count()).join(C, C.c.id == OUT.c.contribution_id)
    query = query.where(OUT.c.run_id == MEETING.c.id, C.c.kind == kind, C.c.hidden_at.is_(None))
    return query.correlate(MEETING).scalar_subquery()


OVER = or_(RUN.c.closed_at.is_not(None), RUN.c.created_at < bindparam("left", type_=UtcDateTime()))
OWN: Select[Any] = (
    select(
        MEETING.c.id, MEETING.c.title, MEETING.c.lang, MEETING.c.place, MEETING.c.starts_at,
        MEETING.c.minutes, MEETING.c.announced_at, TOWN.c.slug, TOWN.c.name.label("town"),
        TIED.c.tie, QUESTIONS.c.id.label("question"),
        RUN.c.id.label("run"), func.coalesce(OVER, False).label("over"),
        func.coalesce(RUN.c.closed_at, RUN.c.created_at).label("held_at"),
        _made("idea").label("ideas"), _made("challenge").label("challenges"),
    )
    .join(TIED, TIED.c.workshop_id == MEETING.c.id)
    .join(TOWN, TOWN.c.id == MEETING.c.municipality_id)
    .outerjoin(RUN, RUN.c.id == MEETING.c.id)
    .outerjoin(QUESTIONS, QUESTIONS.c.workshop_id == MEETING.c.id)
    .where(
        MEETING.c.cancelled_at.is_(None), SERVED,
        # A rehearsal is none; and whoever signed up for one that is over may not have come.
        or_(
            and_(RUN.c.id.is_(None), MEETING.c.starts_at > MOMENT),
            and_(RUN.c.rehearsal.is_(False), ~OVER),
            and_(RUN.c.rehearsal.is_(False), OVER, TIED.c.tie.not_in(NOT_THERE)),
        ),
    )
)  # fmt: skip
NEWEST = OWN.order_by(MEETING.c.starts_at.desc(), MEETING.c.id.desc()).limit(2 * MOST)


@dataclass(frozen=True, slots=True)
class Own:
    """The workshops that are one's own, by where they are in their time."""

    on: list[Row[Any]] = field(default_factory=list)
    coming: list[Row[Any]] = field(default_factory=list)
    held: list[Row[Any]] = field(default_factory=list)


def own_workshops(person: int, moment: datetime) -> Own:
    """Read them: what comes in the order in which it comes, what was held the newest first."""
    asked = {
        "person": person, "moment": moment - timedelta(minutes=LONGEST), "left": moment - LEFT_OPEN,
    }  # fmt: skip
    rows = list(_once(db.session.execute(NEWEST, asked).all()))
    coming = [row for row in rows if row.run is None and _ends(row) > moment]
    return Own(
        on=[row for row in rows if row.run is not None and not row.over],
        coming=coming[::-1],
        held=sorted((row for row in rows if row.over), key=_when_held, reverse=True),
    )


def _once(rows: Sequence[Row[Any]]) -> Iterable[Row[Any]]:
    for _number, same in groupby(rows, key=lambda row: row.id):
        yield min(same, key=lambda row: TIES.index(row.tie))


def _ends(row: Row[Any]) -> datetime:
    ends: datetime = row.starts_at + timedelta(minutes=row.minutes)
    return ends


def _when_held(row: Row[Any]) -> tuple[datetime, int]:
    return row.held_at, row.id
