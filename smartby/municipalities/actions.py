"""Opening municipalities and giving roles."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from ..accounts.models import User
from ..core.errors import Invalid
from ..core.text import slugify
from ..core.transaction import announce, post
from ..extensions import db
from .facts import RoleGiven, RoleTaken, TownOpened
from .models import ROLES, Member, Municipality
from .reference import places

RESERVED = {
    "static", "live", "healthz", "socket.io", "sign-in", "sign-up", "me", "about", "privacy",
    "cookies", "accessibility", "towns", "preferences", "mail", "principles", "ideas", "metrics",
}


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


def take_role(town: Municipality, member: Member, *, by: User | None = None) -> None:
    """Take a role away; the last administrator stays."""
    administrators = select(db.func.count(Member.id)).where(
        Member.municipality_id == town.id, Member.role == "administrator"
    )
    if member.role == "administrator" and db.session.scalar(administrators) == 1:
        raise Invalid(_("Kommunen må ha minst én administrator."))
    user, role = member.user, member.role
    db.session.delete(member)
    db.session.flush()
    post(f"person:{user.id}", "access.changed")
    announce(RoleTaken(town, user, role, by))


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
