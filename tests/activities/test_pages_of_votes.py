"""A vote over many things on the projector: a page at a time, for the back row too."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from smartby.extensions import db
from smartby.facilitation.models import Card
from tests.activities.playing import heard, shows_screen, told
from tests.activities.voting import OPTIONS, count_of, guests, votes, voting
from tests.facilitation.holding import does, drives, held, joins, listens, sees
from tests.people import Visitor

MANY = [f"Forslag nummer {place:02d}" for place in range(1, 25)]


def on_screen(projector: Visitor, number: int) -> list[str]:
    page = sees(projector, number, "screen")
    return re.findall(r"Forslag nummer \d\d", page)


def side(projector: Visitor, number: int) -> str:
    found = re.search(r"side \d av \d", sees(projector, number, "screen"))
    return found[0] if found else ""


def test_what_is_voted_on_is_shown_a_page_at_a_time(app: Flask) -> None:
    fatima, number = voting(app, "dots", options=MANY)
    projector = shows_screen(app, number)
    assert on_screen(projector, number) == MANY[:18]
    assert side(projector, number) == "side 1 av 2"
    assert "Storskjermen viser side 1 av 2." in sees(fatima, number, "console")
    assert drives(fatima, number, "page_back").status_code == 303
    assert on_screen(projector, number) == MANY[:18]
    drives(fatima, number, "page_next")
    assert on_screen(projector, number) == MANY[18:]
    drives(fatima, number, "page_next")
    assert side(projector, number) == "side 2 av 2"


def test_long_titles_leave_room_for_fewer(app: Flask) -> None:
    _fatima, number = voting(app, "dots", options=[f"{title} {'x ' * 80}" for title in MANY])
    projector = shows_screen(app, number)
    assert on_screen(projector, number) == MANY[:3]
    assert side(projector, number) == "side 1 av 8"


def test_the_result_begins_at_its_first_page(app: Flask) -> None:
    fatima, number = voting(app, "score", options=MANY)
    projector = shows_screen(app, number)
    for guest in guests(app, number, 3):
        votes(guest, number, "option:13=5")
    drives(fatima, number, "page_next")
    drives(fatima, number, "reveal")
    assert side(projector, number) == "side 1 av 3"
    assert on_screen(projector, number)[0] == MANY[12]
    assert [line.item for line in count_of(app, number).lines][0] == "option:13"
    drives(fatima, number, "page_next")
    drives(fatima, number, "page_next")
    assert len(on_screen(projector, number)) == 4
    # One that follows begins with the first page too.
    drives(fatima, number, "again")
    assert side(projector, number) == "side 1 av 3"


def test_the_map_has_a_page_of_its_own_and_the_statements_follow(app: Flask) -> None:
    fatima, number = voting(app, "statements", options=MANY)
    projector = shows_screen(app, number)
    assert on_screen(projector, number) == [] and side(projector, number) == ""
    for place, guest in enumerate(guests(app, number, 5)):
        for statement in range(1, 8):
            votes(guest, number, f"option:{statement}={1 if statement % 2 == place % 2 else -1}")
    drives(fatima, number, "reveal")
    page = sees(projector, number, "screen")
    assert "sb-map" in page and "sb-outcome__what" not in page and "side 1 av 3" in page
    drives(fatima, number, "page_next")
    page = sees(projector, number, "screen")
    assert "sb-map" not in page and page.count('class="sb-outcome"') == 12
    assert "side 2 av 3" in page


@pytest.mark.parametrize("kind", ["approval", "score"])
def test_turning_a_page_is_told_to_projectors_and_not_to_phones(app: Flask, kind: str) -> None:
    fatima, number = voting(app, kind, options=MANY)
    projector = shows_screen(app, number)
    screen, _ = listens(app, projector, f"room:{number}:screen")
    phone, _ = listens(app, guests(app, number, 1)[0], f"room:{number}")
    heard(app, screen), heard(app, phone)
    drives(fatima, number, "page_next")
    assert "side 2 av 2" in told(heard(app, screen))
    assert heard(app, phone) == []


def test_few_need_no_pages(app: Flask) -> None:
    fatima, number = voting(app, "dots")
    projector = shows_screen(app, number)
    assert side(projector, number) == ""
    assert "page_next" not in sees(fatima, number, "console")


def test_the_projector_lays_dots_on_boards_as_many_as_there_is_room_for(app: Flask) -> None:
    options = [f"Forslag nummer {place:02d}" for place in range(1, 21)]
    fatima, number = voting(app, "dots", options=options, budget=20)
    projector = shows_screen(app, number)
    everybody = guests(app, number, 5)
    for guest in everybody[:4]:
        votes(guest, number, "option:8=20")
    votes(everybody[4], number, "option:2=3")
    assert "sb-dots" not in sees(projector, number, "screen")
    drives(fatima, number, "reveal")
    page = sees(projector, number, "screen")
    boards = re.findall(r"Forslag nummer (\d\d)", page)
    assert boards[:4] == ["08", "02", "01", "03"] and len(boards) == 15
    assert "side 1 av 2" in page and page.count("Flest prikker") == 1
    # Eighty dots are drawn as forty, and it is said that they are.
    assert page.count("M.5 ") == 3 and 'd="M.5 0.5h19.01M.5 1.5h19.01"' in page
    assert "83 av 100 prikker er brukt. Hver prikk her er 2 prikker." in page
    drives(fatima, number, "page_next")
    rest = re.findall(r"Forslag nummer (\d\d)", sees(projector, number, "screen"))
    assert rest == ["16", "17", "18", "19", "20"]


def test_the_cards_behind_a_group_lie_under_its_dots(app: Flask) -> None:
    steps = (("brainstorm", "Hva mangler?"), ("grouping", "Samle"), ("dots", "Velg"))
    fatima = Visitor(app, "fatima")
    number = held(fatima, steps)
    aud = joins(app, number)
    drives(fatima, number, "next")
    for body in OPTIONS:
        does(aud, number, "write", body=body)
    drives(fatima, number, "next")
    with app.app_context():
        picked = {f"pick-{card.id}": "1" for card in db.session.scalars(db.select(Card))}
    assert drives(fatima, number, "together", **picked).status_code == 303
    drives(fatima, number, "next")
    item = re.findall(r'value="(group:\d+)=1"', sees(aud, number))[0]
    assert votes(aud, number, f"{item}=1").status_code == 303
    drives(fatima, number, "reveal")
    page = sees(shows_screen(app, number), number, "screen")
    assert re.findall(r'class="sb-note"><span lang="nb">([^<]+)<', page) == OPTIONS[:3]
    assert "og 1 lapp til" in page and "sb-dots" in page
