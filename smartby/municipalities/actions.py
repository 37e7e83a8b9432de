"""Opening and closing municipalities, their settings and units, and giving roles."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from ..accounts.models import User
from ..core.access import require
from ..core.clock import now
from ..core.errors import Conflict, Invalid
from ..core.text import slugify
from ..core.transaction import announce, lock, post
from ..extensions import db
from .changes import changes, settings_changed, unit_added, unit_archived, unit_renamed
from .facts import RoleChanged, RoleGiven, RoleTaken, TownChanged, TownClosed, TownOpened
from .models import ROLES, Member, Municipality, Unit
from .reference import places

# First parts of addresses that are pages, or may well become so.
RESERVED = {
    "static", "live", "healthz", "readyz", "socket.io", "metrics", "mail", "preferences", "sign-in",
    "sign-up", "sign-out", "me", "my", "account", "confirm", "password", "about", "privacy",
    "cookies", "accessibility", "principles", "ideas", "challenges", "results", "contributions",
    "comments", "board", "log", "members", "settings", "invitations", "theme", "towns", "search",
    "api", "feeds", "dcat", "workshops", "workshop", "notifications", "manage", "admin", "new",
    "join", "j", "robots.txt", "favicon.ico",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Settings:
    """What a town's administrators decide about it."""

    primary_colour: str
    deep_colour: str
    written_language: str
    phone: str = ""
    email: str = ""
    accessibility_statement_url: str = ""
    welcome_nb: str = ""
    welcome_nn: str = ""
    welcome_en: str = ""


@dataclass(frozen=True, slots=True)
class UnitNames:
    """What a unit is called in each language."""

    nb: str
    nn: str
    en: str


def open_town(
    number: str, *, slug: str = "", code: str = "", by: User | None = None, **look: Any
) -> Municipality:
    """Make a municipality active; Invalid when its number, slug or code cannot be used."""
    place = places().get(number)
    name = look.pop("name", None) or (place.name if place else None)
    kind = look.pop("kind", None) or (place.kind if place else None)
    if name is None or kind is None:
        raise Invalid(_("Ingen kommune eller fylkeskommune har nummer %(number)s.", number=number))
    slug, code = slugify(slug or name), (code or _code_of(name)).upper()
    _refuse_taken(number, slug, code)
    town = Municipality(number=number, slug=slug, code=code, kind=kind, name=name, **look)
    db.session.add(town)
    db.session.flush()
    announce(TownOpened(town, by))
    return town


def give_role(
    town: Municipality, user: User, role: str, *, title: str = "", unit_id: int | None = None,
    by: User | None = None,
) -> Member:  # fmt: skip
    """Give somebody a role in a town; giving it again changes title and unit."""
    if role not in ROLES:
        raise Invalid(_("Denne rollen finnes ikke."))
    query = select(Member).where(
        Member.municipality_id == town.id, Member.user_id == user.id, Member.role == role
    )
    member = db.session.scalars(query).one_or_none()
    if member is None:
        member = Member(municipality_id=town.id, user=user, role=role)
        db.session.add(member)
    member.title, member.unit_id = title, unit_id
    db.session.flush()
    post(f"person:{user.id}", "access.changed")
    announce(RoleGiven(member, by))
    return member


def change_role(member: Member, *, title: str, unit_id: int | None, by: User) -> Member:
    """Change the title and unit that a role is shown with."""
    town = _town_of(member)
    lock(town)
    require("town.members", town, by)
    member.title, member.unit_id = title, unit_id
    announce(RoleChanged(member, by))
    return member


def take_role(town: Municipality, member: Member, *, by: User | None = None) -> None:
    """Take a role away; the last administrator stays."""
    lock(town)
    if by is not None:
        require("town.members", town, by)
    administrators = select(db.func.count(Member.id)).where(
        Member.municipality_id == town.id, Member.role == "administrator"
    )
    if member.role == "administrator" and db.session.scalar(administrators) == 1:
        raise Invalid(_("Det må være minst én administrator."))
    user, role = member.user, member.role
    db.session.delete(member)
    db.session.flush()
    post(f"person:{user.id}", "access.changed")
    announce(RoleTaken(town, user, role, by))


def close_town(town: Municipality, *, closed: bool, by: User | None = None) -> Municipality:
    """Close a municipality to everybody, or open it again; nothing in it is deleted."""
    lock(town)
    if by is not None:
        require("towns.manage", town, by)
    if closed != (town.closed_at is not None):
        town.closed_at = now() if closed else None
        announce(TownClosed(town, by))
    return town


def edit_town(town: Municipality, settings: Settings, *, seen: int, by: User) -> Municipality:
    """Change a town's settings; Conflict when somebody changed them since `seen`."""
    lock(town)
    require("town.edit", town, by)
    if town.version != seen:
        raise Conflict(_("Noen andre endret innstillingene mens du skrev."))
    wanted = asdict(settings)
    changed = changes(town, wanted)
    for change in changed:
        setattr(town, change.name, change.after)
    if changed:
        town.version += 1
        names = tuple(change.name for change in changed)
        announce(TownChanged(town, names, settings_changed(changed), by))
    return town


def add_unit(town: Municipality, names: UnitNames, *, by: User) -> Unit:
    """Add a part of the municipality that can sign answers and own challenges."""
    lock(town)
    require("town.edit", town, by)
    key = slugify(names.nb, 40)
    taken = select(Unit.id).where(Unit.municipality_id == town.id, Unit.key == key)
    if not key or db.session.scalar(taken) is not None:
        raise Invalid(_("Det finnes alt en enhet med dette navnet."), field="name_nb")
    unit = Unit(municipality_id=town.id, key=key)
    _name(unit, names)
    db.session.add(unit)
    db.session.flush()
    announce(TownChanged(town, (f"unit:{key}",), unit_added(unit), by))
    return unit


def rename_unit(unit: Unit, names: UnitNames, *, by: User) -> Unit:
    """Give a unit other names; what it has signed is signed by the same unit."""
    town = _town_of(unit)
    lock(town)
    require("town.edit", town, by)
    before = {"nb": unit.name_nb, "nn": unit.name_nn, "en": unit.name_en}
    _name(unit, names)
    announce(TownChanged(town, (f"unit:{unit.key}",), unit_renamed(before, unit), by))
    return unit


def archive_unit(unit: Unit, *, archived: bool, by: User) -> Unit:
    """Take a unit out of use, or back into it; it stays where it has signed."""
    town = _town_of(unit)
    lock(town)
    require("town.edit", town, by)
    if archived != (unit.archived_at is not None):
        unit.archived_at = now() if archived else None
        announce(TownChanged(town, (f"unit:{unit.key}",), unit_archived(unit), by))
    return unit


def _name(unit: Unit, names: UnitNames) -> None:
    unit.name_nb, unit.name_nn, unit.name_en = names.nb, names.nn, names.en


def _town_of(part: Member | Unit) -> Municipality:
    return db.session.get_one(Municipality, part.municipality_id)


def _code_of(name: str) -> str:
    letters = [letter for letter in slugify(name) if letter.isalpha()]
    consonants = [letter for letter in letters[1:] if letter not in "aeiouy"]
    return "".join([*letters[:1], *consonants, *letters[1:], "x", "x"][:3])


def _refuse_taken(number: str, slug: str, code: str) -> None:
    if not slug or slug in RESERVED or len(slug) > 40:
        raise Invalid(_("Adressen «%(slug)s» kan ikke brukes.", slug=slug))
    if len(code) != 3 or not code.isalpha():
        raise Invalid(_("Koden må være tre bokstaver."))
    for column, value in (
        (Municipality.number, number), (Municipality.slug, slug), (Municipality.code, code)
    ):  # fmt: skip
        if db.session.scalars(select(Municipality.id).where(column == value)).first():
            raise Invalid(_("%(value)s er alt i bruk.", value=value))
