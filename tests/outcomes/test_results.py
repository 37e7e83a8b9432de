"""What came of a vote, told with its unit wherever it is told; each thing once, and named."""

from __future__ import annotations

import json
import re

import pytest
from flask import Flask

from smartby.core.transaction import transaction
from smartby.extensions import db
from smartby.workshops.models import Workshop
from smartby.workshops.queries import steps_of
from tests.activities.test_grouping import SAID, picks
from tests.activities.voting import votes, voting
from tests.facilitation.holding import does, drives, held, joins, sees
from tests.outcomes.harvesting import PAGE, announce, closes, harvests, keys, reads
from tests.people import Visitor


@pytest.mark.parametrize(
    ("kind", "mark", "result", "behind"),
    [
        ("dots", "=2", "4 prikker", "4 prikker"),
        ("approval", "=1", "2 ja", "2 ja"),
        ("score", "=3", "3 i snitt", "2 tok stilling"),
        ("ranking", "=1", "6 poeng", "2 tok stilling"),
        ("statements", "=1", "100 % enige", "2 tok stilling"),
    ],
)
def test_a_result_has_its_unit_in_harvest_board_text_and_on_the_idea(
    app: Flask, kind: str, mark: str, result: str, behind: str
) -> None:
    fatima, number = voting(app, kind)
    for _turn in range(2):
        assert votes(joins(app, number), number, f"option:1{mark}").status_code == 303
    drives(fatima, number, "reveal")
    page = sees(fatima, number, "harvest")
    assert result in page.replace("\xa0", " ") and "stemmer" not in page.partition("<form")[2]
    first = keys(fatima, number)[0]
    form = reads(fatima, PAGE.format(number=number, what=f"harvest/new?pick={first}"))
    assert f"Resultatet der: {result}." in form.replace("\xa0", " ")
    assert harvests(fatima, number, first).status_code == 303
    announce(app, number)
    assert f"{behind} i rommet." in reads(Visitor(app), "/havnvik/ideas/1")
    closes(fatima, number)
    assert f"{behind} i rommet" in reads(Visitor(app), f"/havnvik/workshops/{number}")


def test_activities_are_numbered_as_they_were_held(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima, (("talk", "Velkommen"), ("brainstorm", "Hva?"), ("break", "Pause")))
    drives(fatima, number, "next")
    with app.app_context():
        last = steps_of(db.session.get_one(Workshop, number))[-1].id
    drives(fatima, number, "go", to=str(last))
    found = json.loads(reads(fatima, PAGE.format(number=number, what="minutes.json")))
    assert [each["number"] for each in found["activities"]] == [1, 2]


def test_a_group_without_a_name_is_called_by_its_first_card(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    steps = (("brainstorm", "Hva mangler?"), ("grouping", "Samle"), ("dots", "Stem"))
    number = held(fatima, steps)
    guest = joins(app, number)
    drives(fatima, number, "next")
    for body in SAID[:4]:
        does(guest, number, "write", body=body)
    drives(fatima, number, "next")
    drives(fatima, number, "gather", **picks(app, *SAID[:2]))
    drives(fatima, number, "gather", **picks(app, *SAID[2:4]))
    assert "kalles etter den første lappen" in sees(fatima, number, "console")
    drives(fatima, number, "next")
    page = sees(guest, number)
    assert "Gruppe uten navn" not in page
    assert f"«{SAID[0]}» og 1 lapp til" in page and f"«{SAID[2]}» og 1 lapp til" in page
    votes(guest, number, "group:1=1")
    drives(fatima, number, "reveal")
    form = reads(fatima, PAGE.format(number=number, what="harvest/new?pick=group:1"))
    assert f'value="{SAID[0]}"' in form


def test_lines_that_several_votes_are_about_are_harvested_once_and_answers_never(
    app: Flask,
) -> None:
    fatima = Visitor(app, "fatima")
    steps = (("poll", "Enig?"), ("score", "Poeng"), ("dots", "Prikker"))
    number = held(fatima, steps)
    for place, options in enumerate((["Ja", "Nei"], ["Trær", "Benker"], ["Trær", "Benker"])):
        with app.app_context(), transaction():
            step = steps_of(db.session.get_one(Workshop, number))[place]
            step.rules = {"options": options}
    guest = joins(app, number)
    for mark in ("=1", "=3", "=1"):
        drives(fatima, number, "next")
        votes(guest, number, f"option:1{mark}")
        drives(fatima, number, "reveal")
    page = sees(fatima, number, "harvest")
    assert len(keys(fatima, number)) == 2 and page.count(">Trær<") == 1
    assert ">Ja<" not in page


def test_a_word_gets_a_title_that_says_enough_and_the_plans_principles(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima, (("cloud", "Hva mangler i sentrum?"), ("brainstorm", "Hva mer?")))
    with app.app_context(), transaction():
        db.session.get_one(Workshop, number).principle_ids = ",4"
    guest = joins(app, number)
    drives(fatima, number, "next")
    does(guest, number, "write", body="trær")
    drives(fatima, number, "next")
    does(guest, number, "write", body="# <b>Trær</b> & *busker* (ved [elva])")
    drives(fatima, number, "reveal")
    card, word = keys(fatima, number)
    form = reads(fatima, PAGE.format(number=number, what=f"harvest/new?pick={word}"))
    assert "Trær – Hva mangler i sentrum?".casefold() in form.casefold()
    assert re.search(r'name="item0-principles"[^>]*value="4"[^>]*checked', form)
    long = reads(fatima, PAGE.format(number=number, what=f"harvest/new?pick={card}"))
    assert "\\&lt;" not in long
