"""Reading a town's units, members and invitations, and finding a place by name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from ..core.clock import now
from ..core.text import slugify
from ..extensions import db
from .models import ROLES, Invitation, Member, Municipality, Unit
from .reference import Place, places

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
TOWNS = select(Municipality).order_by(Municipality.name)
MOST = 40


@dataclass(frozen=True, slots=True)
class Found:
    """A place that was searched for, and its town when it takes part or has done so."""

    place: Place
    town: Municipality | None

    @property
    def is_open(self) -> bool:
        """Tell whether the place takes part now."""
        return self.town is not None and self.town.closed_at is None


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


def waiting_invitations(municipality_id: int) -> list[Invitation]:
    """Return the invitations that can still be accepted."""
    return list(db.session.scalars(WAITING, {"town": municipality_id, "moment": now()}))


def all_towns() -> list[Municipality]:
    """Return every municipality that has been opened, also closed ones."""
    return list(db.session.scalars(TOWNS))


def search_places(wanted: str, towns: list[Municipality]) -> list[Found]:
    """Find places by number or any of their names, those that begin with the words first."""
    words = slugify(wanted)
    if not words:
        return []
    by_number = {town.number: town for town in towns}
    known = dict(_folded())
    for town in towns:  # an invented place of a demonstration is in no register
        if town.number not in known:
            place = Place(town.number, town.name, (town.name,), town.kind, None)
            known[town.number] = (place, (slugify(town.name), town.number))
    hits = [
        (min(name.find(words) for name in names if words in name), place.name, place)
        for place, names in known.values()
        if any(words in name for name in names)
    ]
    return [Found(place, by_number.get(place.number)) for _at, _name, place in sorted(
        hits, key=lambda hit: hit[:2]
    )[:MOST]]  # fmt: skip


@cache
def _folded() -> dict[str, tuple[Place, tuple[str, ...]]]:
    return {
        number: (place, (*(slugify(name) for name in {place.name, *place.names}), number))
        for number, place in places().items()
    }
