"""Reading a town's units, members and invitations."""

from __future__ import annotations

from flask import current_app
from sqlalchemy import String, and_, bindparam, or_, select
from sqlalchemy.orm import joinedload

from ..accounts.models import User
from ..core.clock import now
from ..extensions import db
from .models import ROLES, Invitation, Member, Municipality, Unit

UNITS = select(Unit).where(Unit.municipality_id == bindparam("town")).order_by(Unit.name_nb)
# Plain citizens may be many and hold no office: they are not listed.
MEMBERS = (
    select(Member)
    .where(Member.municipality_id == bindparam("town"), Member.role != "citizen")
    .options(joinedload(Member.user), joinedload(Member.unit))
    .order_by(Member.id)
    .limit(500)
)
WAITING = (
    select(Invitation)
    .where(
        Invitation.municipality_id == bindparam("town"),
        Invitation.used_at.is_(None),
        Invitation.withdrawn_at.is_(None),
        Invitation.expires_at > bindparam("moment"),
    )
    .order_by(Invitation.id)
    .limit(200)
)
HELD = select(Member.municipality_id).where(
    Member.user_id == bindparam("user"), Member.role != "citizen"
)
COLLEAGUES = (
    select(User.name)
    .join(Member, Member.user_id == User.id)
    .where(Member.municipality_id.in_(HELD), Member.role != "citizen", User.id != bindparam("user"))
    .distinct()
)
TOWNS = select(Municipality).order_by(Municipality.name)
# Asked of the settings each time, as statements are made once.
ONLY = bindparam("only_town", type_=String(), callable_=lambda: current_app.config["SINGLE_TOWN"])
TOWN = Municipality.__table__
HAS_ADDRESSES = or_(ONLY == "", TOWN.c.slug == ONLY)
# Whose pages can be read here: where one town is served, the others have none.
SERVED = and_(TOWN.c.closed_at.is_(None), HAS_ADDRESSES)


def units_of(municipality_id: int) -> list[Unit]:
    """Return all units, also archived ones."""
    return list(db.session.scalars(UNITS, {"town": municipality_id}))


def units_in_use(municipality_id: int) -> list[Unit]:
    """Return the units that can be chosen."""
    return [unit for unit in units_of(municipality_id) if unit.archived_at is None]


def members_of(municipality_id: int) -> list[Member]:
    """Return who holds an office, the most trusted first."""
    found = db.session.scalars(MEMBERS, {"town": municipality_id})
    return sorted(found, key=lambda m: (-ROLES.index(m.role), m.user.name.casefold()))


def towns_of_office(user_id: int) -> list[int]:
    """Return the towns in which somebody holds a role beyond a citizen's."""
    return list(db.session.scalars(HELD.distinct(), {"user": user_id}))


def names_of_colleagues(user_id: int) -> list[str]:
    """Return the names of all others who hold a role where this person holds one."""
    return list(db.session.scalars(COLLEAGUES, {"user": user_id}))


def waiting_invitations(municipality_id: int) -> list[Invitation]:
    """Return the invitations that can still be accepted."""
    return list(db.session.scalars(WAITING, {"town": municipality_id, "moment": now()}))


def all_towns() -> list[Municipality]:
    """Return every municipality that has been opened, also closed ones."""
    return list(db.session.scalars(TOWNS))


def towns_to_find() -> list[Municipality]:
    """Return the municipalities that have been opened and have pages here, also closed ones."""
    return list(db.session.scalars(TOWNS.where(HAS_ADDRESSES)))
