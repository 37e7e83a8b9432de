"""Taking part: one statement locks a contribution and reads all that the rules judge by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Update, bindparam, func, inspect, select, update

from ..accounts.models import User
from ..contributions.access import visible_to
from ..contributions.models import Contribution
from ..core.access import Anonymous
from ..core.errors import NotFound, SignInNeeded
from ..core.holding import hold as hold_on
from ..extensions import db
from ..municipalities.models import Member
from .models import Stage

C, S = Contribution.__table__, Stage.__table__
P, M = User.__table__, Member.__table__
COUNTERS = ("support_count", "comment_count", "for_count", "against_count", "question_count")


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody wants to take part: a contribution's number in a municipality."""

    town: int
    number: int


@dataclass(frozen=True, slots=True)
class Asker:
    """Who wants to take part, as the database knows them under the lock."""

    id: int
    name: str
    language: str | None
    blocked_at: datetime | None
    roles: frozenset[str]
    is_authenticated = True

    @property
    def is_blocked(self) -> bool:
        """Tell whether the account has been shut out of taking part."""
        return self.blocked_at is not None

    def roles_in(self, _municipality_id: int) -> frozenset[str]:
        """Return the roles in the contribution's municipality, the only ones that were read."""
        return self.roles


@dataclass(frozen=True, slots=True)
class Held:
    """A contribution under its lock. Rules judge it like the model: it has the same names."""

    id: int
    municipality_id: int
    kind: str
    lang: str
    author_id: int
    stage_id: int | None
    published_at: datetime
    withdrawn_at: datetime | None
    hidden_at: datetime | None
    support_count: int
    comment_count: int
    for_count: int
    against_count: int
    question_count: int
    allows_support: bool | None
    allows_comment: bool | None
    by: Asker


def _of_stage(column: Any) -> Any:
    return select(column).where(S.c.id == C.c.stage_id).scalar_subquery()


def _of_person(column: Any) -> Any:
    return select(column).where(P.c.id == bindparam("person")).scalar_subquery()


_ROLES = (
    select(func.aggregate_strings(M.c.role, ","))
    .where(M.c.user_id == bindparam("person"), M.c.municipality_id == bindparam("town"))
    .scalar_subquery()
)


def holding(which: Any) -> Update:
    """Build the statement that locks the contribution that `which` names, and reads it."""
    return (
        update(C)  # type: ignore[arg-type]
        .where(which, C.c.municipality_id == bindparam("town"))
        .values(seq=C.c.seq + 1)
        .returning(
            C.c.id, C.c.municipality_id, C.c.kind, C.c.lang, C.c.author_id, C.c.stage_id,
            C.c.published_at, C.c.withdrawn_at, C.c.hidden_at, *(C.c[name] for name in COUNTERS),
            _of_stage(S.c.allows_support), _of_stage(S.c.allows_comment),
            _of_person(P.c.id), _of_person(P.c.name), _of_person(P.c.language),
            _of_person(P.c.blocked_at), _ROLES,
        )
    )  # fmt: skip


HOLD = holding(C.c.id == bindparam("number"))


def hold(where: Place | Contribution, by: User, statement: Update = HOLD) -> Held:
    """Lock a contribution and read it with who asks; NotFound when they may not know of it."""
    place = where if isinstance(where, Place) else _place_of(where)
    values = {"town": place.town, "number": place.number, "person": person_id(by)}
    row = db.session.execute(statement, values).one_or_none()
    if row is None:
        raise NotFound(_("Vi finner ikke det du leter etter."))
    hold_on(db.session.connection())
    *known, person, name, language, blocked_at, roles = row
    if person is None:
        raise SignInNeeded(_("Logg inn for å gjøre dette."))
    offices = frozenset((roles or "").split(",")) - {""}
    asker = Asker(person, name, language, blocked_at, offices)
    held = Held(*(*known, asker))
    if not visible_to(asker, held):  # type: ignore[arg-type]
        raise NotFound(_("Vi finner ikke det du leter etter."))
    return held


def person_id(person: User | Anonymous) -> int:
    """Return a person's id without reading the row: at the start of a transaction it is expired."""
    if isinstance(person, Anonymous):
        raise SignInNeeded(_("Logg inn for å gjøre dette."))
    identity = inspect(person).identity
    if identity is None:
        raise TypeError("only what is stored can take part")
    return int(identity[0])


def _place_of(contribution: Contribution) -> Place:
    # What the caller has changed must be in the database before it is read past the objects.
    db.session.flush()
    return Place(contribution.municipality_id, contribution.id)
