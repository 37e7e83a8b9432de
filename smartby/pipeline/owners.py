"""Who among the staff looks after a contribution: the town's own affair, never public."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import bindparam, select, update

from ..accounts.models import User
from ..contributions.models import Contribution
from ..core.access import require
from ..core.errors import Conflict, Invalid
from ..core.transaction import announce, lock
from ..extensions import db
from ..municipalities.models import Member
from .facts import OwnerGiven

OFFICES = ("moderator", "administrator")
IN_OFFICE = Member.municipality_id == bindparam("town"), Member.role.in_(OFFICES)
STAFF = (
    select(User.id, User.name)
    .where(User.id.in_(select(Member.user_id).where(*IN_OFFICE)))
    .order_by(User.name, User.id)
)
# Held until the card is theirs, so that nobody gets a card while leaving the office.
HOLD = select(Member.id).where(*IN_OFFICE, Member.user_id == bindparam("user"))
HOLD = HOLD.with_for_update(read=True)
NAME = select(User.name).where(User.id == bindparam("user"))
LEAVE = (
    update(Contribution)
    .where(Contribution.municipality_id == bindparam("town"))
    .where(Contribution.owner_id == bindparam("user"))
    .values(owner_id=None)
)


def give_owner(
    contribution: Contribution, *, owner_id: int | None, seen_id: int | None, by: User
) -> Contribution:
    """Let somebody of the staff look after it, or nobody; Conflict when it changed since `seen`."""
    lock(contribution)
    require("owners.give", contribution, by)
    if contribution.owner_id == owner_id:
        return contribution  # it is as it was wanted already
    if contribution.owner_id != seen_id:
        raise Conflict(_taken_by(contribution.owner_id), owner=contribution.owner_id)
    if owner_id is not None and not _in_office(contribution.municipality_id, owner_id):
        raise Invalid(_("Velg en moderator eller administrator."), field="owner")
    contribution.owner_id = owner_id
    announce(OwnerGiven(contribution, by))
    return contribution


def leave_all(municipality_id: int, user_id: int) -> bool:
    """Take a person off every card in a town unless they hold an office there still."""
    if _in_office(municipality_id, user_id):
        return False
    left = db.session.execute(LEAVE, {"town": municipality_id, "user": user_id})
    return bool(left.rowcount)  # type: ignore[attr-defined]


def staff_of(municipality_id: int) -> list[tuple[int, str]]:
    """Return who may look after a card: id and name."""
    return [(row.id, row.name) for row in db.session.execute(STAFF, {"town": municipality_id})]


def owner_name(owner_id: int | None) -> str:
    """Return who looks after it; "" for nobody."""
    return (db.session.scalar(NAME, {"user": owner_id}) or "") if owner_id else ""


def _in_office(municipality_id: int, user_id: int) -> bool:
    held = db.session.scalars(HOLD, {"town": municipality_id, "user": user_id})
    return held.first() is not None


def _taken_by(owner_id: int | None) -> str:
    if owner_id is None:
        return str(_("Kortet er uten eier nå. Endringen din ble ikke lagret."))
    who = owner_name(owner_id)
    return str(_("%(who)s eier kortet nå. Endringen din ble ikke lagret.", who=who))
