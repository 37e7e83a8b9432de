"""Everyone counts: people without phones, teams at one device, what is on paper, those at home."""

from __future__ import annotations

import pytest
from flask import Flask

from smartby.extensions import db
from smartby.facilitation.models import Card, Participant
from tests.activities.voting import sets
from tests.facilitation.holding import does, drives, held, joins, listens, run_of, sees, who
from tests.people import Visitor
from tests.workshops.test_leads import gives

WORDS = "Benker langs hele havna"


def begun(app: Flask) -> tuple[Visitor, int]:
    fatima = Visitor(app, "fatima")
    number = held(fatima, (("brainstorm", "Hva mangler?"), ("break", "Pause")))
    drives(fatima, number, "next")
    return fatima, number


def cards(app: Flask) -> list[tuple[str, str]]:
    with app.app_context():
        return [(c.body, c.way) for c in db.session.scalars(db.select(Card).order_by(Card.id))]


def adds_proxy(visitor: Visitor, number: int, name: str = "Mannen ved vinduet") -> str:
    answer = visitor.posts(f"/havnvik/workshops/{number}/proxies", name=name)
    assert answer.status_code == 303, answer.get_data(as_text=True)[:2000]
    return str(answer.location)


def test_one_writes_for_somebody_without_a_phone(app: Flask) -> None:
    fatima, number = begun(app)
    page = adds_proxy(fatima, number)
    activity = str(run_of(app, number).activity_id)
    assert fatima.posts(page, do="write", activity=activity, body=WORDS).status_code == 303
    assert cards(app) == [(WORDS, "proxy")]
    asked = {"Accept": "application/json"}
    sent = fatima.posts(page, headers=asked, do="write", activity=activity, body="Kino på taket")
    assert set(sent.get_json()["parts"]) == {"me", "own", "ready"}
    late = fatima.posts(page, headers=asked, do="write", activity="0", body="For sent")
    assert late.status_code == 409 and "ikke sendt" in late.get_json()["message"]
    shown = fatima.gets(page).get_data(as_text=True)
    assert "Du skriver for Mannen ved vinduet" in shown and WORDS in shown
    assert "Mannen ved vinduet" in sees(fatima, number, "proxies")
    assert run_of(app, number).joined == 1


def test_nobody_acts_for_one_with_a_phone_or_in_anothers_workshop(app: Flask) -> None:
    fatima, number = begun(app)
    aud = joins(app, number)
    page = f"/havnvik/workshops/{number}/proxies"
    with_phone = f"{page}/{who(app, aud, number).id}"
    activity = str(run_of(app, number).activity_id)
    for answer in (
        fatima.gets(with_phone),
        fatima.posts(with_phone, do="write", activity=activity, body=WORDS),
    ):
        assert answer.status_code == 404
    proxy = adds_proxy(fatima, number)
    assert aud.gets(proxy).status_code in (302, 403, 404)
    assert Visitor(app, "ingrid").gets(proxy).status_code == 404
    _socket, numbers = listens(app, aud, f"participant:{proxy.rsplit('/', 1)[1]}")
    assert set(numbers.values()) == {None}
    assert cards(app) == []


def test_a_team_counts_its_heads(app: Flask) -> None:
    fatima, number = begun(app)
    team = joins(app, number, heads="4")
    assert who(app, team, number).heads == 4 and run_of(app, number).joined == 4
    does(team, number, "write", body=WORDS)
    assert cards(app) == [(WORDS, "team")]
    drives(fatima, number, "kick", participant=str(who(app, team, number).id))
    assert run_of(app, number).joined == 0


@pytest.mark.parametrize("heads", ["0", "21", "-1", "mange", "1e9"])
def test_a_team_of_an_impossible_size_is_told(app: Flask, heads: str) -> None:
    _fatima, number = begun(app)
    answer = Visitor(app).posts(f"/j/{run_of(app, number).code}", heads=heads)
    assert answer.status_code == 422
    assert run_of(app, number).joined == 0


def test_paper_is_shown_before_it_is_brought_in(app: Flask) -> None:
    fatima, number = begun(app)
    page, activity = f"/havnvik/workshops/{number}/paper", str(run_of(app, number).activity_id)
    sent = {"activity": activity, "lines": f"{WORDS}\n\n  Kino på taket \t\n"}
    shown = fatima.posts(page, **sent)
    assert shown.status_code == 200 and "Slik blir de 2 lappene" in shown.get_data(as_text=True)
    assert cards(app) == []
    for _turn in range(2):
        assert fatima.posts(page, sure="yes", key="c" * 32, **sent).status_code == 303
    assert cards(app) == [(WORDS, "paper"), ("Kino på taket", "paper")]
    assert run_of(app, number).joined == 0


def test_paper_is_put_into_the_column_that_it_belongs_to(app: Flask) -> None:
    fatima, number = begun(app)
    sets(app, number, at=0, columns="Bra\nMindre bra")
    page, activity = f"/havnvik/workshops/{number}/paper", str(run_of(app, number).activity_id)
    sent = {"activity": activity, "lines": WORDS, "sure": "yes"}
    assert "Mindre bra" in sees(fatima, number, "proxies")
    assert fatima.posts(page, place="3", **sent).status_code == 422
    assert fatima.posts(page, place="2", **sent).status_code == 303
    with app.app_context():
        assert [(c.body, c.column) for c in db.session.scalars(db.select(Card))] == [(WORDS, "2")]


@pytest.mark.parametrize("lines", ["", "\n \n", "a" * 281, "x\n" * 301, "a" * 60_001])
def test_a_sheet_that_cannot_be_used_adds_nothing(app: Flask, lines: str) -> None:
    fatima, number = begun(app)
    page, activity = f"/havnvik/workshops/{number}/paper", str(run_of(app, number).activity_id)
    assert fatima.posts(page, activity=activity, lines=lines, sure="yes").status_code == 422
    assert cards(app) == []


def test_a_sheet_of_many_cards_comes_whole(app: Flask) -> None:
    fatima, number = begun(app)
    page, activity = f"/havnvik/workshops/{number}/paper", str(run_of(app, number).activity_id)
    lines = "\n".join(f"Lapp nummer {turn}" for turn in range(130))
    assert fatima.posts(page, activity=activity, lines=lines, sure="yes").status_code == 303
    assert len(cards(app)) == 130


def test_an_activity_without_cards_takes_no_paper(app: Flask) -> None:
    fatima, number = begun(app)
    late = str(run_of(app, number).activity_id)
    drives(fatima, number, "next")
    page = f"/havnvik/workshops/{number}/paper"
    assert fatima.posts(page, activity=late, lines=WORDS, sure="yes").status_code == 422
    assert cards(app) == []


def test_those_at_home_are_counted_apart_and_together(app: Flask) -> None:
    fatima, number = begun(app)
    joins(app, number)
    joins(app, number, at_home="y", heads="2")
    page = sees(fatima, number, "console")
    assert "av dem 2 hjemmefra" in page
    with app.app_context():
        assert db.session.scalar(db.select(db.func.count()).select_from(Participant)) == 2
    assert run_of(app, number).joined == 3


def test_a_helper_writes_for_others_and_does_not_drive(app: Flask) -> None:
    fatima, number = begun(app)
    gives(app, fatima, number, "amir", "helper")
    amir = Visitor(app, "amir")
    assert "Hjelp til nå" in amir.gets(f"/havnvik/workshops/{number}").text
    page, activity = adds_proxy(amir, number), str(run_of(app, number).activity_id)
    assert amir.posts(page, do="write", activity=activity, body=WORDS).status_code == 303
    sent = {"activity": activity, "lines": "Kino på taket", "sure": "yes"}
    streams = (f"room:{number}", f"participant:{page.rsplit('/', 1)[1]}", f"room:{number}:staff")
    _socket, numbers = listens(app, amir, *streams)
    assert [numbers[stream] is not None for stream in streams] == [True, True, False]
    brought = amir.posts(f"/havnvik/workshops/{number}/paper", **sent)
    assert brought.location.endswith("/helping")
    assert cards(app) == [(WORDS, "proxy"), ("Kino på taket", "paper")]
    joins(app, number, name="Aud")
    people = sees(amir, number, "participants")
    assert "Aud" in people and ">Ta ut<" not in people
    assert amir.posts(f"/havnvik/workshops/{number}/console", do="next", rev="1").status_code == 403
