"""Workshops as tests plan them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask

from smartby.core.clock import now, oslo
from smartby.extensions import db
from smartby.workshops.models import Workshop
from tests.people import Visitor

TITLE = "Hva skal den gamle brannstasjonen bli?"


def plan(**fields: Any) -> dict[str, Any]:
    """Return a plan's form: in a week, at six in the evening."""
    day = oslo(now() + timedelta(days=7)).date()
    return {
        "title": TITLE,
        "purpose": "Brannstasjonen står tom. Alle i byen er velkommen.",
        "day": day.isoformat(),
        "time": "18:00",
        "place": "Kulturhuset, store sal",
        "lang": "nb",
    } | fields


def planned(visitor: Visitor, town: str = "havnvik", **fields: Any) -> int:
    """Plan a workshop; return its number."""
    answer = visitor.posts(f"/{town}/workshops", **plan(**fields))
    assert answer.status_code == 303, answer.get_data(as_text=True)[:3000]
    return int(answer.location.split("/")[-2])


def adds(visitor: Visitor, number: int, title: str, minutes: int = 10, kind: str = "talk") -> Any:
    """Add a step to a programme."""
    path = f"/havnvik/workshops/{number}/programme"
    return visitor.posts(path, kind=kind, title=title, minutes=str(minutes))


def announced(visitor: Visitor, **fields: Any) -> int:
    """Plan a workshop with a programme, and announce it."""
    number = planned(visitor, **fields)
    assert adds(visitor, number, "Velkommen").status_code == 303
    answer = visitor.posts(f"/havnvik/workshops/{number}/announcement")
    assert answer.status_code == 303, answer.get_data(as_text=True)[:3000]
    return number


def signs_up(visitor: Visitor, number: int, wanted: str = "yes", **fields: Any) -> Any:
    """Sign up or off."""
    return visitor.posts(f"/havnvik/workshops/{number}/sign-up", wanted=wanted, **fields)


def stored(app: Flask, number: int) -> Workshop:
    """Read a workshop from the database."""
    with app.app_context():
        return db.session.get_one(Workshop, number)
