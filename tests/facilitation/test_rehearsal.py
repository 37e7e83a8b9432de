"""A rehearsal: people who do not exist answer, and nothing of it reaches the real workshop."""

from __future__ import annotations

from flask import Flask

from smartby.extensions import db
from smartby.facilitation.models import Card, Run
from smartby.workshops.models import Workshop
from tests.facilitation.holding import STEPS, drives, held, run_of, sees
from tests.people import Visitor
from tests.workshops.planning import adds, planned


def rehearses(visitor: Visitor) -> tuple[int, int]:
    """Plan and rehearse; return the plan's number and the rehearsal's."""
    number = planned(visitor)
    for kind, title in STEPS:
        adds(visitor, number, title, kind=kind)
    answer = visitor.posts(f"/havnvik/workshops/{number}/rehearsal", key="d" * 32)
    again = visitor.posts(f"/havnvik/workshops/{number}/rehearsal", key="d" * 32)
    assert answer.status_code == 303 and again.location == answer.location
    return number, int(answer.location.split("/")[-2])


def test_made_up_people_answer_when_asked(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    plan, number = rehearses(fatima)
    run = run_of(app, number)
    assert run.rehearsal and run.joined == 12 and number != plan
    page = sees(fatima, number, "console")
    assert "Dette er en prøve" in page and "Prøve: " in page
    drives(fatima, number, "next")
    assert drives(fatima, number, "simulate").status_code == 422  # a talk asks for nothing
    assert "La dem svare" not in sees(fatima, number, "console")
    drives(fatima, number, "next")
    assert "La dem svare" in sees(fatima, number, "console")
    assert drives(fatima, number, "simulate").status_code == 303
    with app.app_context():
        cards = db.session.scalars(db.select(Card)).all()
        assert db.session.get(Run, plan) is None
    assert len(cards) == 24 and {card.way for card in cards} == {"simulated"}


def test_a_rehearsal_is_called_so_in_the_workshops_language(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = planned(fatima, lang="en")
    adds(fatima, number, "Ideas", kind="brainstorm")
    answer = fatima.posts(f"/havnvik/workshops/{number}/rehearsal")
    assert answer.status_code == 303
    assert "Rehearsal: " in sees(fatima, int(answer.location.split("/")[-2]), "console")


def test_nobody_is_made_up_where_it_counts(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima)
    drives(fatima, number, "next")
    assert drives(fatima, number, "simulate").status_code == 422


def test_a_rehearsal_can_be_deleted(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    _plan, number = rehearses(fatima)
    assert fatima.posts(f"/havnvik/workshops/{number}/removal").status_code == 303
    with app.app_context():
        assert db.session.get(Workshop, number) is None and db.session.get(Run, number) is None


def test_only_those_who_lead_rehearse(app: Flask) -> None:
    number = planned(Visitor(app, "fatima"))
    for who in (None, "kari", "ingrid", "olav"):
        path = f"/havnvik/workshops/{number}/rehearsal"
        assert Visitor(app, who).posts(path).status_code in (302, 403, 404)


def test_who_ends_a_rehearsal_is_told_that_nothing_else_ends(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    _plan, number = rehearses(fatima)
    page = fatima.gets(f"/havnvik/workshops/{number}/closing").get_data(as_text=True)
    assert "Avslutt prøven?" in page and "Det ekte verkstedet og planen blir som de er" in page
    assert "kan ikke åpnes igjen" not in page
    real = held(fatima)
    page = fatima.gets(f"/havnvik/workshops/{real}/closing").get_data(as_text=True)
    assert "kan ikke åpnes igjen" in page and "prøven" not in page
