"""The roadmap's definition, values, principles and goals, from the shipped data file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import select

from ..extensions import db
from .models import Goal, Principle

DATA = Path(__file__).parent / "data" / "reference.json"
ROADMAP = Path(__file__).parent / "data" / "roadmap.json"


@dataclass(frozen=True, slots=True)
class About:
    """A principle in one language: its name, what it asks for, and examples of ideas."""

    id: int
    name: str
    meaning: str
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Definition:
    """What the roadmap says a smart place is: quoted in `lang`, with its source."""

    text: str
    lang: str
    source: str
    url: str


@cache
def roadmap() -> dict[str, Any]:
    """Read what is quoted from the roadmap, and its values."""
    content: dict[str, Any] = json.loads(ROADMAP.read_text("utf-8"))
    return content


@cache
def reference() -> dict[str, Any]:
    """Read the data file."""
    content: dict[str, Any] = json.loads(DATA.read_text("utf-8"))
    return content


def plant() -> None:
    """Write the principles' and goals' rows where they are missing; inside a transaction."""
    have = set(db.session.scalars(select(Principle.id)))
    for row in reference()["principles"]:
        if row["id"] not in have:
            db.session.add(Principle(id=row["id"], key=row["key"]))
    goals = set(db.session.scalars(select(Goal.id)))
    db.session.add_all(Goal(id=n) for n in range(1, 18) if n not in goals)


def principle_name(number: int, lang: str) -> str:
    """Return a principle's name in a language."""
    return str(reference()["principles"][number - 1][lang])


def goal_name(number: int, lang: str) -> str:
    """Return a goal's short title in a language."""
    return str(reference()["goals"][number - 1][lang])


def about_principle(number: int, lang: str) -> About | None:
    """Return what there is to say about a principle; None when there is no such principle."""
    rows = reference()["principles"]
    if not 1 <= number <= len(rows):
        return None
    row = rows[number - 1]
    examples = tuple(row.get("examples", {}).get(lang, ()))
    return About(number, row[lang], row.get("meaning", {}).get(lang, ""), examples)


def principles(lang: str) -> list[About]:
    """Return all eight."""
    found = (about_principle(row["id"], lang) for row in reference()["principles"])
    return [each for each in found if each is not None]


def goals(lang: str) -> list[str]:
    """Return the 17 goals' titles in order."""
    return [row[lang] for row in reference()["goals"]]


def definition() -> Definition:
    """Return the roadmap's definition as it stands: in bokmål, whatever the page's language."""
    return Definition(**roadmap()["definition"])


def values(lang: str) -> list[tuple[str, str]]:
    """Return the values that the Norwegian way builds on, and what each means here."""
    return [(row["name"][lang], row["meaning"][lang]) for row in roadmap()["values"]]
