"""How many are here, in the same words on the projector and the console, each counted once."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from smartby.core.transaction import transaction
from smartby.extensions import db
from smartby.workshops.models import Workshop
from tests.activities.playing import heard, shows_screen, told
from tests.facilitation.holding import drives, held, joins, listens, run_of, sees, who
from tests.facilitation.test_everyone import adds_proxy
from tests.people import Visitor

PARTS = "2 på egen telefon · 4 deler telefon · 1 uten telefon"


def words(visitor: Visitor, number: int, page: str) -> str:
    found = re.search(r'id="counted-\d+">(.*?)</p>', sees(visitor, number, page), re.S)
    return re.sub(r"<[^>]*>", "", found[1]).strip() if found else ""


def here(app: Flask) -> tuple[Visitor, int, Visitor]:
    """Hold a workshop with two phones, four who share one, and one without."""
    fatima = Visitor(app, "fatima")
    number = held(fatima)
    joins(app, number), joins(app, number)
    team = joins(app, number, heads="4")
    adds_proxy(fatima, number)
    return fatima, number, team


def test_the_projector_counts_all_who_are_in_the_room_and_says_how(app: Flask) -> None:
    fatima, number, _team = here(app)
    projector = shows_screen(app, number)
    for _step in range(2):
        assert words(projector, number, "screen") == f"7 er med i rommet {PARTS}"
        console = re.sub(r"\s+", " ", sees(fatima, number, "console"))
        assert f"7 er med i rommet: {PARTS}" in console
        assert run_of(app, number).joined == 7
        drives(fatima, number, "next")
    # Who is on line says nothing of who is there: that stands where one leads, as what it is.
    assert "på nett nå" not in sees(projector, number, "screen")
    assert "på nett nå (enheter)" in sees(fatima, number, "console")


def test_where_all_have_a_phone_it_is_one_number(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima)
    projector = shows_screen(app, number)
    assert words(projector, number, "screen") == "0 er med i rommet"
    joins(app, number)
    assert words(projector, number, "screen") == "1 er med i rommet"


@pytest.mark.parametrize(
    ("meets", "said"), [("place", "8 er med: 7 i rommet og 1 hjemmefra"), ("online", "8 er med")]
)
def test_those_at_home_are_in_no_room(app: Flask, meets: str, said: str) -> None:
    fatima, number, _team = here(app)
    joins(app, number, at_home="y")
    with app.app_context(), transaction():
        db.session.get_one(Workshop, number).meets = meets
    shown = words(shows_screen(app, number), number, "screen")
    assert shown == f"{said} {PARTS.replace('2 på', '3 på')}"
    assert "av dem 1 hjemmefra" in sees(fatima, number, "console")


def test_it_follows_live_when_somebody_comes_is_counted_or_is_shown_out(app: Flask) -> None:
    fatima, number, team = here(app)
    screen, _ = listens(app, shows_screen(app, number), f"room:{number}:screen")
    heard(app, screen)
    joins(app, number)
    assert "8 er med i rommet" in told(heard(app, screen))
    person = str(who(app, team, number).id)
    drives(fatima, number, "heads", **{"participant": person, f"heads-{person}": "2"})
    ops = told(heard(app, screen))
    assert "6 er med i rommet" in ops and "2 deler telefon" in ops
    drives(fatima, number, "kick", participant=person)
    ops = told(heard(app, screen))
    assert "4 er med i rommet" in ops and "deler telefon" not in ops


def test_cards_from_paper_are_nobody(app: Flask) -> None:
    fatima, number, _team = here(app)
    drives(fatima, number, "next")
    drives(fatima, number, "next")
    activity = str(run_of(app, number).activity_id)
    sheet = f"/havnvik/workshops/{number}/paper"
    assert fatima.posts(sheet, lines="Kino", activity=activity, sure="yes").status_code == 303
    projector = shows_screen(app, number)
    assert words(projector, number, "screen") == f"7 er med i rommet {PARTS}"
