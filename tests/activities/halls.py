"""Votes in a hall of people who are made up: results as large as they become, in one request."""

from __future__ import annotations

from typing import Any

from flask import Flask

from smartby.core.transaction import transaction
from smartby.facilitation.models import SIMULATED
from smartby.facilitation.participants import seat
from smartby.facilitation.rehearsal import made_up
from tests.activities.voting import runs, sets
from tests.facilitation.holding import drives, held
from tests.people import Visitor

SEVEN = [
    "Gjestehavn", "Benker i le for vinden ved moloen", "Badstu", "En trapp ned til vannet",
    "Lekeplass der de minste kan klatre", "Utleie av kajakker og robåter hele sommeren",
    "Fiskebrygge",
]  # fmt: skip
ASKED = "Hva skal vi gjøre med den gamle brannstasjonen?"
MANY = [*SEVEN, "https://www.example.no/" + "a" * 100, "Et veldig langt forslag. " * 11] + [
    f"Forslag nummer {place}" for place in range(10, 25)
]


def hall(fatima: Visitor, kind: str, **rules: Any) -> int:
    """Hold a workshop whose only step is a vote, in which twelve have voted; return its number."""
    number = crowd(fatima, ((kind, ASKED),), **rules)
    assert drives(fatima, number, "simulate").status_code == 303
    return number


def crowd(fatima: Visitor, steps: tuple[tuple[str, str], ...], at: int = -1, **rules: Any) -> int:
    """Hold a workshop in which twelve who are made up take part; return its number."""
    app = fatima.app
    number = held(fatima, steps=steps)
    sets(app, number, at=at, **{"options": SEVEN} | rules)
    with app.app_context(), transaction():
        run = runs(number)
        run.rehearsal = True
        for name in made_up()["names"]:
            seat(run, 1, name=name, kind=SIMULATED)
    assert drives(fatima, number, "next").status_code == 303
    return number


def screen_of(app: Flask, number: int) -> str:
    """Return the address of a projector's page."""
    with app.app_context():
        return f"/havnvik/workshops/{number}/screen/{runs(number).screen_key}"
