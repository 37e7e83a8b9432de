"""Reading workshops: lists, programmes, and who comes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, func, select, tuple_
from sqlalchemy.orm import joinedload

from ..accounts.models import User
from ..challenges.models import Challenge
from ..contributions.models import Contribution
from ..core.models import UtcDateTime
from ..core.pagination import Cursor, encode
from ..extensions import db
from ..municipalities.queries import members_of
from .holding import Holding, holdings_of
from .models import LEAD, LONGEST, Activity, HelperInvitation, SignUp, Workshop, WorkshopLead

W, PERSON, COMES = Workshop.__table__, User.__table__, SignUp.__table__
C, CALL = Contribution.__table__, Challenge.__table__
PAGE = 20
MOST_COMING = 100
Held = Mapping[int, Holding]
SHOWN = (
    W.c.id, W.c.title, W.c.purpose, W.c.place, W.c.lang, W.c.starts_at, W.c.minutes, W.c.seats,
    W.c.announced_at, W.c.cancelled_at, PERSON.c.name.label("leader"),
)  # fmt: skip
LISTED = (
    select(*SHOWN)
    .join(PERSON, PERSON.c.id == W.c.leader_id)
    .where(W.c.municipality_id == bindparam("town"))
)
ANNOUNCED = LISTED.where(W.c.announced_at.is_not(None))
COMING = (
    ANNOUNCED.where(W.c.starts_at > bindparam("since"))
    .order_by(W.c.starts_at, W.c.id)
    .limit(MOST_COMING)
)
PAST = (
    ANNOUNCED.where(
        tuple_(W.c.starts_at, W.c.id)
        < tuple_(bindparam("moment", type_=UtcDateTime), bindparam("last"))
    )
    .order_by(W.c.starts_at.desc(), W.c.id.desc())
    .limit(bindparam("limit"))
)
PLANNED = (
    LISTED.where(W.c.announced_at.is_(None), W.c.cancelled_at.is_(None))
    .order_by(W.c.starts_at, W.c.id)
    .limit(MOST_COMING)
)
STEPS = (
    select(Activity)
    .where(Activity.workshop_id == bindparam("workshop"))
    .order_by(Activity.position, Activity.id)
)
STEP_NUMBERS = (
    select(Activity.id)
    .where(Activity.workshop_id == bindparam("workshop"))
    .order_by(Activity.position, Activity.id)
)
COUNTED = (
    select(COMES.c.seated, func.count())
    .where(COMES.c.workshop_id == bindparam("workshop"))
    .group_by(COMES.c.seated)
)
FIRST_WAITING = (
    select(SignUp)
    .where(SignUp.workshop_id == bindparam("workshop"), SignUp.seated.is_(False))
    .order_by(SignUp.created_at, SignUp.user_id)
    .limit(bindparam("limit"))
)
ASKED = (
    # A challenge is named by its question, everywhere.
    select(CALL.c.id, func.coalesce(func.nullif(CALL.c.question, ""), C.c.title).label("name"))
    .join(C, C.c.id == CALL.c.id)
    .where(
        C.c.municipality_id == bindparam("town"),
        C.c.hidden_at.is_(None),
        C.c.withdrawn_at.is_(None),
    )
    .order_by(C.c.id.desc())
    .limit(MOST_COMING)
)
EVERYBODY = (
    select(SignUp)
    .options(joinedload(SignUp.user))
    .where(SignUp.workshop_id == bindparam("workshop"))
    .order_by(SignUp.seated.desc(), SignUp.created_at, SignUp.user_id)
)

LEADS = (
    select(WorkshopLead)
    .options(joinedload(WorkshopLead.user))
    .where(WorkshopLead.workshop_id == bindparam("workshop"))
    .order_by(WorkshopLead.created_at, WorkshopLead.user_id)
)
ASKED_TO_HELP = (
    select(HelperInvitation)
    .where(HelperInvitation.workshop_id == bindparam("workshop"))
    .order_by(HelperInvitation.id)
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A town's workshops: those going on or coming, the newest past ones, and those in planning.

    Where the doors were opened, they say whether it goes on; the plan's times only say when.
    """

    coming: Sequence[Row[Any]]
    past: Sequence[Row[Any]]
    planned: Sequence[Row[Any]]
    rehearsals: Sequence[Row[Any]] = ()
    holdings: Mapping[int, Holding] = field(default_factory=dict)
    following: str = ""


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many have a seat and how many wait."""

    seated: int = 0
    waiting: int = 0


def listed(town: int, moment: datetime, cursor: Cursor | None, *, plans: bool) -> Listed:
    """Read a page of the list; what is coming and planned stands on the first page only."""
    first = cursor is None
    asked = {"town": town, "limit": PAGE + 1}
    begins = announced(town, moment - timedelta(minutes=LONGEST)) if first else []
    # What is going on has begun, but is not past: the past starts where the longest could.
    at = moment if cursor is None else datetime.fromtimestamp(cursor.value, UTC)
    last = 2**31 - 1 if cursor is None else cursor.id
    past = _rows(PAST, asked | {"moment": at, "last": last})
    page = past[:PAGE]
    following = ""
    if len(past) > PAGE:
        following = encode(Cursor(page[-1].starts_at.timestamp(), page[-1].id))
    planned = _rows(PLANNED, {"town": town}) if first and plans else []
    held = holdings_of({row.id for row in (*begins, *page, *planned)})
    return Listed(
        coming=_coming(begins, held, moment),
        past=_past(begins, page, held, moment),
        planned=[row for row in planned if not _is_rehearsal(row, held)],
        rehearsals=[row for row in planned if _is_rehearsal(row, held)],
        holdings=held,
        following=following,
    )


def announced(town: int, since: datetime) -> list[Row[Any]]:
    """Return what was announced in a town and begins after a moment, the soonest first."""
    return _rows(COMING, {"town": town, "since": since})


def steps_of(workshop: Workshop) -> list[Activity]:
    """Return a programme's steps in order."""
    return list(db.session.scalars(STEPS, {"workshop": workshop.id}))


def step_numbers(workshop_id: int) -> list[int]:
    """Return the numbers of a programme's steps in order."""
    return list(db.session.execute(STEP_NUMBERS, {"workshop": workshop_id}).scalars())


def turnout(workshop_id: int) -> Turnout:
    """Count who comes to a workshop."""
    rows = db.session.execute(COUNTED, {"workshop": workshop_id}).all()
    counts = {row[0]: row[1] for row in rows}
    return Turnout(counts.get(True, 0), counts.get(False, 0))


def everybody(workshop: Workshop) -> list[SignUp]:
    """Return everybody who signed up: seats first, then the waiting list, in order."""
    return list(db.session.scalars(EVERYBODY, {"workshop": workshop.id}))


def own_sign_up(workshop: Workshop, person: Any) -> SignUp | None:
    """Return a person's own sign-up."""
    if not person.is_authenticated:
        return None
    return db.session.get(SignUp, (workshop.id, person.id))


def leads_of(workshop: Workshop) -> list[WorkshopLead]:
    """Return those who stand beside the leader: who leads too first, then who helps."""
    found = db.session.scalars(LEADS, {"workshop": workshop.id}).all()
    return sorted(found, key=lambda each: each.role != LEAD)


def invitations_to(workshop: Workshop) -> list[HelperInvitation]:
    """Return the addresses that were asked to help and have not answered."""
    return list(db.session.scalars(ASKED_TO_HELP, {"workshop": workshop.id}))


def candidates_for(workshop: Workshop) -> list[User]:
    """Return the town's people who may lead workshops, but for the one who leads this, by name."""
    members = members_of(workshop.municipality_id)
    found = {each.user_id: each.user for each in members if not each.user.is_blocked}
    found.pop(workshop.leader_id, None)
    return sorted(found.values(), key=lambda person: person.name.casefold())


def challenges_to_feed(town: int) -> list[Row[Any]]:
    """Return the challenges (id, name) that a workshop may find ideas for, the newest first."""
    return _rows(ASKED, {"town": town})


def _coming(begins: list[Row[Any]], held: Held, moment: datetime) -> list[Row[Any]]:
    """Return what is not over, of what begins or has just begun; what goes on stands first."""
    left = [row for row in begins if _goes_on(row, held, moment)]
    return sorted(left, key=lambda row: (row.id not in held, row.starts_at, row.id))


def _past(
    begins: list[Row[Any]], page: list[Row[Any]], held: Held, moment: datetime
) -> list[Row[Any]]:
    """Return what is over: first what was held before the time that was planned."""
    early = [row for row in begins if row.starts_at > moment and _is_over(row, held, moment)]
    return early[::-1] + [row for row in page if not _goes_on(row, held, moment)]


def _goes_on(row: Any, held: Held, moment: datetime) -> bool:
    # One that nobody has closed is not looked for for ever.
    return row.starts_at > moment - timedelta(minutes=LONGEST) and not _is_over(row, held, moment)


def _is_over(row: Any, held: Held, moment: datetime) -> bool:
    if row.id in held:
        return held[row.id].closed
    ends: datetime = row.starts_at + timedelta(minutes=row.minutes)
    return ends <= moment


def _is_rehearsal(row: Any, held: Held) -> bool:
    return row.id in held and held[row.id].rehearsal


def _rows(statement: Any, asked: dict[str, Any]) -> list[Row[Any]]:
    return list(db.session.execute(statement, asked).all())
