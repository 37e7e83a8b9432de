"""What a vote is about: only what something comes out of, told where it is planned."""

from __future__ import annotations

import re

from flask import Flask

from smartby.ballots.items import items_for
from smartby.extensions import db
from smartby.workshops.models import Activity, Workshop
from smartby.workshops.queries import steps_of
from tests.activities.voting import votes
from tests.facilitation.holding import does, drives, held, joins, sees
from tests.people import Visitor
from tests.workshops.planning import adds, planned
from tests.workshops.test_preflight import finds

PLAN = (
    ("talk", "Velkommen"),
    ("brainstorm", "Hva mangler?"),
    ("questions", "Hva lurer dere på?"),
    ("poll", "Er dere enige?"),
    ("dots", "Prioriter"),
)


def steps(app: Flask, number: int) -> list[Activity]:
    with app.app_context():
        return steps_of(db.session.get_one(Workshop, number))


def test_the_form_offers_what_something_comes_out_of_and_says_what_it_is_about(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = planned(fatima)
    for kind, title in PLAN:
        adds(fatima, number, title, kind=kind)
    welcome, _wall, asked, poll, dots = steps(app, number)
    path = f"/havnvik/workshops/{number}/programme/{dots.id}"
    page = fatima.gets(path).get_data(as_text=True)
    assert "ellers det som kommer fram i «Hva mangler?»" in page
    assert f'<option value="{asked.id}">' in page
    for step in (welcome, poll):
        assert f'<option value="{step.id}">' not in page
    form = {"kind": "dots", "title": "Prioriter", "minutes": "10", "rules-of": "dots"}
    answer = fatima.posts(path, **form, **{"rules-source": str(welcome.id)})
    assert answer.status_code == 422
    assert "Det kommer ingen forslag ut av" in answer.get_data(as_text=True)
    page = fatima.gets(f"/havnvik/workshops/{number}/edit").get_data(as_text=True)
    assert "«Prioriter» gjelder det som kommer fram i «Hva mangler?»" in page
    assert fatima.posts(path, **form, **{"rules-source": str(asked.id)}).status_code == 303
    page = fatima.gets(f"/havnvik/workshops/{number}/edit").get_data(as_text=True)
    assert "«Prioriter» gjelder" not in page and "«Er dere enige?» gjelder" in page


def test_what_the_form_proposes_is_told_and_not_warned_of(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = planned(fatima)
    for kind, title in (PLAN[0], PLAN[1], PLAN[4]):
        adds(fatima, number, title, kind=kind)
    assert "source" not in finds(fatima, number)  # there is but one thing to vote on
    adds(fatima, number, "Hva med kveldene?", kind="brainstorm")
    adds(fatima, number, "Velg", kind="dots")
    page = fatima.gets(f"/havnvik/workshops/{number}/edit").get_data(as_text=True)
    (told,) = re.findall(r'<li data-level="note" data-finding="source">(.*?)</li>', page, re.S)
    assert "Til orientering:" in told and "Se over:" not in told
    assert "«Velg» gjelder det som kommer fram i «Hva med kveldene?»" in told
    assert page.rindex('data-level="risk"') < page.index('data-level="note"')


def test_a_vote_after_a_welcome_or_an_answer_is_not_ready(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = planned(fatima)
    for kind, title in (PLAN[0], PLAN[3], PLAN[4]):
        adds(fatima, number, title, kind=kind)
    assert "settings" in finds(fatima, number)
    dots = steps(app, number)[-1]
    page = fatima.gets(f"/havnvik/workshops/{number}/programme/{dots.id}").get_data(as_text=True)
    assert ">Det jeg skriver nedenfor<" in page


def test_questions_and_answers_are_not_voted_on_unless_they_are_chosen(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima, PLAN)
    guest = joins(app, number)
    for _kind, title in PLAN:
        drives(fatima, number, "next")
        if title == "Hva mangler?":
            does(guest, number, "write", body="Benker i sola")
            drives(fatima, number, "reveal")
        elif title == "Hva lurer dere på?":
            does(guest, number, "write", body="Kva kostar det?")
    page = sees(guest, number)
    assert "Benker i sola" in page and "Kva kostar det?" not in page
    assert votes(guest, number, "card:1=1").status_code == 303
    with app.app_context():
        assert len(items_for(steps_of(db.session.get_one(Workshop, number))[-1])) == 1


def test_nobody_votes_for_their_own_question(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima, (("questions", "Hva lurer dere på?"), ("break", "Pause")))
    author, other = joins(app, number), joins(app, number)
    drives(fatima, number, "next")
    does(author, number, "write", body="Kva kostar det?")
    answer = does(author, number, "", up="1")
    assert answer.status_code == 422 and "ditt eget spørsmål" in answer.get_data(as_text=True)
    assert does(other, number, "", up="1").status_code == 303
    assert '<span class="sb-num" data-live="up-1">1</span>' in sees(other, number)
