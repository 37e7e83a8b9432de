"""The roadmap's definition, values, principles and goals, from the shipped data file."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import select

from ..extensions import db
from .models import Goal, Principle

DATA = Path(__file__).parent / "data" / "reference.json"


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
