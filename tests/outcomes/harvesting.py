"""Workshops as tests harvest them."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask

from smartby.core.transaction import transaction
from smartby.extensions import db
from smartby.workshops.models import Workshop
from tests.facilitation.holding import does, drives, held, joins
from tests.people import Visitor

CARDS = (
    "Et verksted der barn kan reparere sykler sammen med noen som kan det",
    "Kafé drevet av ungdom på torsdager",
)
PAGE = "/havnvik/workshops/{number}/{what}"


def written(app: Flask, leader: Visitor, **rules: Any) -> int:
    """Hold a workshop in which Kari wants to be named, Jonas does not, and all is revealed."""
    number = held(leader, **rules)
    kari = joins(app, number, "kari", linked="y", consents="y")
    jonas = joins(app, number, "jonas", linked="y")
    drives(leader, number, "next")
    drives(leader, number, "next")
    for guest, body in zip((kari, jonas), CARDS, strict=True):
        assert does(guest, number, "write", body=body).status_code == 303
    assert drives(leader, number, "reveal").status_code == 303
    return number


def closes(leader: Visitor, number: int) -> None:
    """End a workshop."""
    answer = leader.posts(PAGE.format(number=number, what="closing"))
    assert answer.status_code == 303, answer.get_data(as_text=True)[:2000]


def announce(app: Flask, number: int) -> None:
    """Let everybody know of a workshop, whenever it is."""
    with app.app_context(), transaction():
        plan = db.session.get_one(Workshop, number)
        plan.announced_at = plan.created_at


def keys(leader: Visitor, number: int) -> list[str]:
    """Return what can be harvested, in the order of the page."""
    page = leader.gets(PAGE.format(number=number, what="harvest")).get_data(as_text=True)
    return re.findall(r'name="pick" value="([^"]+)"', page)


def harvests(leader: Visitor, number: int, *picked: str, **fields: Any) -> Any:
    """Publish picked items as ideas, or as what `kind` says."""
    sent: dict[str, Any] = {"pick": list(picked), "kind": "idea"}
    for place, _key in enumerate(picked):
        sent |= {
            f"item{place}-title": f"En idé fra verkstedet, nummer {place + 1}",
            f"item{place}-body": "Dette kom fram da vi møttes.",
            f"item{place}-principles": ["1"],
            f"item{place}-lang": "nb",
        }
    return leader.posts(PAGE.format(number=number, what="harvest"), **(sent | fields))


def reads(visitor: Visitor, path: str) -> str:
    """Read a page that is there."""
    answer = visitor.gets(path)
    assert answer.status_code == 200, answer.status
    return answer.get_data(as_text=True)
