"""Towns, units, people and their roles: where and by whom the demo's story is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from ..accounts.models import User
from ..accounts.passwords import hash_password
from ..comments.models import Comment
from ..contributions.models import Contribution
from ..core.clock import at
from ..core.text import slugify
from ..extensions import db
from ..municipalities.actions import give_role, open_town
from ..municipalities.models import Municipality, Unit
from ..workshops.models import Workshop
from .content import Content, Row, either

PASSPHRASE = "havn og fjell i vest"  # noqa: S105 - printed at every start of a demo
COPIED = ("written_language", "primary_colour", "deep_colour", "phone", "email", "population")


@dataclass
class World:
    """What has been planted so far, by the names that the content uses."""

    towns: dict[str, Municipality] = field(default_factory=dict)
    units: dict[tuple[str, str], Unit] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    residents: dict[str, User] = field(default_factory=dict)
    contributions: dict[str, Contribution] = field(default_factory=dict)
    comments: dict[str, Comment] = field(default_factory=dict)
    workshops: dict[str, Workshop] = field(default_factory=dict)

    @property
    def voters(self) -> list[int]:
        """Everybody's id, in the order they came."""
        return sorted(user.id for user in (*self.people.values(), *self.residents.values()))

    def person(self, key: str) -> User:
        """Return somebody by key or by a resident's name."""
        return self.people.get(key) or self.residents[key]


def settle(content: Content, opened: datetime, dice: Random) -> World:
    """Open the towns and give everybody an account and a role; inside a transaction."""
    world = World()
    with at(opened):
        for row in content.towns:
            _open(world, row)
    with at(opened + timedelta(hours=2)):
        _enrol(world, content)
        for row in content.people:
            _give_roles(world, row)
    _scatter(world, opened, dice)
    return world


def demo_people(content: Content) -> Iterator[tuple[str, str, str]]:
    """Yield e-mail, name and roles of everybody who can sign in, those with an office first."""
    names = {row["slug"]: either(row["name"]) for row in content.towns}
    for row in sorted(content.people, key=lambda row: not _offices(row)):
        roles = [f"{role['role']} in {names[role['town']]}" for role in _offices(row)]
        yield row["email"], row["name"], ", ".join(roles) or f"citizen of {names[row['town']]}"


def _offices(row: Row) -> list[Row]:
    return [role for role in row.get("roles") or () if role["role"] != "citizen"]


def _open(world: World, row: Row) -> None:
    look = {name: row[name] for name in COPIED if row.get(name) is not None}
    look["accessibility_statement_url"] = row.get("accessibility_statement_url") or ""
    look |= {f"welcome_{lang}": text for lang, text in (row.get("welcome") or {}).items()}
    town = open_town(
        str(row["number"]),
        slug=row["slug"],
        code=row["code"],
        name=either(row["name"], row["written_language"]),
        kind=row["kind"],
        **look,
    )
    world.towns[row["slug"]] = town
    for unit in row["units"]:
        names = {f"name_{lang}": unit["name"][lang] for lang in ("nb", "nn", "en")}
        made = Unit(municipality_id=town.id, key=unit["key"], **names)
        db.session.add(made)
        world.units[row["slug"], unit["key"]] = made
    db.session.flush()


def _enrol(world: World, content: Content) -> None:
    hashed = hash_password(PASSPHRASE)
    for row in content.people:
        world.people[row["key"]] = _account(row["name"], row["email"], hashed, row.get("language"))
    for place, name in enumerate(content.residents):
        email = f"{slugify(name).replace('-', '.')}.{place}@innbygger.example"
        world.residents[name] = _account(name, email, None, None)
    db.session.flush()


def _account(name: str, email: str, hashed: str | None, language: str | None) -> User:
    user = User(name=name, email=email, password_hash=hashed, language=language)
    db.session.add(user)
    return user


def _give_roles(world: World, row: Row) -> None:
    for role in row.get("roles") or ():
        unit = world.units.get((role["town"], role.get("unit") or ""))
        give_role(
            world.towns[role["town"]],
            world.people[row["key"]],
            role["role"],
            title=either(role.get("title"), world.towns[role["town"]].language),
            unit_id=unit.id if unit else None,
        )


def _scatter(world: World, opened: datetime, dice: Random) -> None:
    """Let people have joined over time, not all in one second."""
    for user in (*world.people.values(), *world.residents.values()):
        user.created_at = opened + timedelta(minutes=dice.randrange(1, 60 * 24 * 20))
        user.email_confirmed_at = user.created_at + timedelta(minutes=dice.randrange(1, 90))
