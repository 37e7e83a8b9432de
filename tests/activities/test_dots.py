"""Dots: the budget holds, nothing is seen too early, and a second round shows what moved."""

from __future__ import annotations

import json
import re
from functools import partial
from typing import Any

import pytest
from flask import Flask

from smartby.core.models import Idempotency, Outbox
from smartby.core.pump import pump
from smartby.core.transaction import transaction
from smartby.extensions import db
from smartby.facilitation.models import HIDDEN, Card
from smartby.facilitation.play import Harvest, play_of
from tests.activities.voting import (
    OPTIONS,
    count_of,
    guests,
    last_step,
    scores_of,
    sets,
    stored,
    votes,
    voting,
)
from tests.facilitation.holding import does, drives, held, joins, listens, run_of, sees
from tests.people import Visitor
from tests.races import at_once


def spread_out(app: Flask, number: int) -> list[tuple[str, int]]:
    return sorted((vote.item, vote.value) for vote in stored(app, number)[2])


def outcome(app: Flask, number: int) -> tuple[list[list[Any]], list[Harvest]]:
    with app.app_context():
        step = last_step(number)
        return play_of(step).rows(step), play_of(step).harvest(step)


def test_dots_are_spread_and_moved_until_the_round_is_closed(app: Flask) -> None:
    fatima, number = voting(app, "dots")
    aud = guests(app, number, 1)[0]
    assert "3 prikker igjen" in sees(aud, number)
    for mark in ("option:1=2", "option:2=1"):
        assert votes(aud, number, mark).status_code == 303
    page = sees(aud, number)
    assert "0 prikker igjen" in page and "Lagret. Du kan endre til runden blir lukket." in page
    assert votes(aud, number, "option:1=0").status_code == 303
    assert votes(aud, number, "option:3=2").status_code == 303
    assert spread_out(app, number) == [("option:2", 1), ("option:3", 2)]
    drives(fatima, number, "close")
    assert votes(aud, number, "option:3=0").status_code == 409
    drives(fatima, number, "reopen")
    assert votes(aud, number, "option:3=0").status_code == 303
    assert spread_out(app, number) == [("option:2", 1)]


def test_of_two_taps_on_the_last_dot_one_is_accepted(app: Flask) -> None:
    _fatima, number = voting(app, "dots")
    aud = guests(app, number, 1)[0]
    votes(aud, number, "option:1=2")
    taps = [partial(votes, aud, number, f"option:{place}=1") for place in (2, 3, 4)]
    assert sorted(at_once(taps)) == [303, 422, 422]
    assert sum(value for _item, value in spread_out(app, number)) == 3
    assert [ballot.left_over for ballot in stored(app, number)[1]] == [0]
    refused = votes(aud, number, "option:1=3")
    assert "Du har ikke flere igjen" in refused.get_data(as_text=True)


def test_many_at_once_are_all_counted(app: Flask) -> None:
    _fatima, number = voting(app, "dots")
    people = guests(app, number, 8)
    marks = [partial(votes, who, number, f"option:{n % 4 + 1}=3") for n, who in enumerate(people)]
    assert at_once(marks * 2) == [303] * 16
    assert scores_of(app, number) == {f"option:{place}": 6 for place in (1, 2, 3, 4)}


def test_one_item_takes_no_more_than_the_rules_say(app: Flask) -> None:
    _fatima, number = voting(app, "dots", budget=5, most=2)
    aud = guests(app, number, 1)[0]
    assert votes(aud, number, "option:1=3").status_code == 422
    assert votes(aud, number, "option:1=2").status_code == 303


@pytest.mark.parametrize("rules", [{"budget": "mange"}, {"budget": -4}, {"budget": 10**9}])
def test_rules_that_make_no_sense_are_kept_within_bounds(
    app: Flask, rules: dict[str, object]
) -> None:
    _fatima, number = voting(app, "dots", **rules)
    budget = stored(app, number)[0][0].budget
    assert 1 <= budget <= 20


def test_no_frame_and_no_row_carries_a_blind_total(app: Flask) -> None:
    fatima, number = voting(app, "dots", anonymity="strict")
    aud, bo = guests(app, number, 2)
    heard, _ = listens(app, bo, f"room:{number}", "participant:2")
    staff, _ = listens(app, fatima, f"room:{number}:staff", f"room:{number}:screen")
    votes(aud, number, "option:1=3", key="k" * 32)
    with app.app_context():
        pump.drain()
        payloads = json.dumps(db.session.scalars(db.select(Outbox.payload)).all())
        kept = json.dumps(db.session.scalars(db.select(Idempotency.result)).all())
    told = json.dumps(staff.get_received(), ensure_ascii=False)
    assert heard.get_received() == []
    assert "av 2 har stemt" in told and "sb-outcome" not in told
    assert "option:1" not in payloads and "s:" not in payloads and "option:1" not in kept
    for who, page in ((bo, "room"), (fatima, "console"), (fatima, "screen")):
        assert "sb-outcome" not in sees(who, number, page)
    drives(fatima, number, "reveal")
    with app.app_context():
        pump.drain()
    assert "sb-outcome" in json.dumps(heard.get_received())


def test_with_strict_anonymity_nothing_stored_leads_to_a_person(app: Flask) -> None:
    fatima, number = voting(app, "dots", anonymity="strict")
    aud = guests(app, number, 1)[0]
    votes(aud, number, "option:1=1")
    votes(aud, number, "option:2=1")
    _rounds, ballots, _said = stored(app, number)
    assert [ballot.voter[:2] for ballot in ballots] == ["s:"]
    fatima.posts(f"/havnvik/workshops/{number}/closing")
    assert run_of(app, number).secret is None
    assert not {"id", "created_at"} & set(ballots[0].__table__.columns.keys())


def test_an_open_round_is_followed_while_it_goes_on(app: Flask) -> None:
    _fatima, number = voting(app, "dots", blind=False)
    aud, bo = guests(app, number, 2)
    heard, _ = listens(app, bo, f"room:{number}")
    votes(aud, number, "option:2=2")
    with app.app_context():
        pump.drain()
    told = json.dumps(heard.get_received(), ensure_ascii=False)
    assert "Flest prikker" in told and "<strong>2</strong> prikker" in told
    assert "Flest prikker" in sees(bo, number)
    votes(bo, number, "option:3=3")
    assert "<strong>3</strong> prikker" in sees(bo, number)


def test_a_second_round_shows_what_moved(app: Flask) -> None:
    fatima, number = voting(app, "dots")
    aud, bo = guests(app, number, 2)
    votes(aud, number, "option:1=3")
    votes(bo, number, "option:2=1")
    drives(fatima, number, "reveal")
    orders = ("reopen", "again", "again")
    assert [drives(fatima, number, order).status_code for order in orders] == [422, 303, 422]
    page = sees(aud, number)
    assert "Resultat av runde 1" in page and "3 prikker igjen" in page
    assert "Runde 2 er åpen" in page
    for who in (aud, bo):
        votes(who, number, "option:2=2")
    votes(aud, number, "option:1=1")
    drives(fatima, number, "reveal")
    page = sees(aud, number)
    assert "1 plass opp" in page and "1 plass ned" in page
    assert scores_of(app, number)["option:2"] == 4
    rows, harvest = outcome(app, number)
    assert {row[0] for row in rows[1:]} == {1, 2}
    assert [(item.title, item.votes) for item in harvest[:2]] == [(OPTIONS[1], 4), (OPTIONS[0], 1)]


def test_what_was_written_earlier_is_voted_on_and_what_is_hidden_drops_out(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima, (("brainstorm", "Hva mangler?"), ("dots", "Hva er viktigst?")))
    aud = joins(app, number)
    drives(fatima, number, "next")
    for body in ("Kino", "Badstu", "Bibliotek"):
        does(aud, number, "write", body=body)
    drives(fatima, number, "reveal")
    sets(app, number, source=run_of(app, number).activity_id)
    drives(fatima, number, "next")
    keys = stored(app, number)[0][0].keys
    assert all(key.startswith("card:") for key in keys) and len(keys) == 3
    votes(aud, number, f"{keys[0]}=1")
    votes(aud, number, f"{keys[1]}=2")
    drives(fatima, number, "reveal")
    assert "Badstu" in sees(aud, number)
    _rows, harvest = outcome(app, number)
    assert [(item.title, item.votes) for item in harvest] == [
        ("Badstu", 2), ("Kino", 1), ("Bibliotek", 0),
    ]  # fmt: skip
    assert harvest[0].authors and harvest[0].key == keys[1]
    with app.app_context(), transaction():
        db.session.get_one(Card, int(keys[1].partition(":")[2])).state = HIDDEN
    assert "Badstu" not in sees(aud, number) and keys[1] not in scores_of(app, number)


def test_with_nothing_to_vote_on_the_round_waits(app: Flask) -> None:
    fatima, number = voting(app, "dots", options=[])
    aud = guests(app, number, 1)[0]
    assert "Det er ikke noe å stemme over ennå" in sees(aud, number)
    assert votes(aud, number, "option:1=1").status_code == 409
    for order in ("again", "close", "reveal"):
        assert drives(fatima, number, order).status_code == 422
    sets(app, number, options=OPTIONS)
    assert drives(fatima, number, "again").status_code == 303
    assert votes(aud, number, "option:1=1").status_code == 303


def test_whoever_drives_on_and_back_finds_the_round_as_it_was(app: Flask) -> None:
    fatima, number = voting(app, "dots")
    aud = guests(app, number, 1)[0]
    votes(aud, number, "option:1=2")
    drives(fatima, number, "back")
    drives(fatima, number, "next")
    assert "1 prikk igjen" in sees(aud, number)
    assert votes(aud, number, "option:2=1").status_code == 303
    assert len(stored(app, number)[0]) == 1


def test_the_homes_are_counted_for_themselves_and_with_the_rest(app: Flask) -> None:
    fatima, number = voting(app, "dots")
    people = guests(app, number, 5) + [joins(app, number, at_home="y") for _ in range(5)]
    for place, who in enumerate(people):
        votes(who, number, f"option:{1 + place // 5}=2")
    drives(fatima, number, "reveal")
    parts = {part.name: part.scores for part in count_of(app, number).parts}
    assert (parts["room"]["option:1"], parts["home"]["option:1"]) == (10, 0)
    page = re.sub(r"\s+", " ", sees(people[0], number))
    assert "I rommet: 5 personer." in page and "Hjemme: 5 personer." in page


def test_ones_votes_are_in_ones_export_unless_nobody_can_tell_whose_they_are(app: Flask) -> None:
    for anonymity, value in (("pseudonymous", 2), ("strict", 3)):
        _fatima, number = voting(app, "dots", anonymity=anonymity)
        kari = joins(app, number, "kari", linked="y")
        votes(kari, number, f"option:3={value}")
    export = json.loads(kari.gets("/me/export").get_data(as_text=True))
    assert [vote["value"] for vote in export["workshop_votes"]] == [2]


def test_nobody_votes_with_anothers_ballot_or_from_outside(app: Flask) -> None:
    _fatima, number = voting(app, "dots")
    aud, bo = guests(app, number, 2)
    votes(aud, number, "option:1=3")
    assert votes(Visitor(app), number, "option:1=3").status_code in (401, 403, 404)
    assert "3 prikker igjen" in sees(bo, number)


def test_the_settings_are_those_of_the_steps_own_page(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    steps = (("brainstorm", "Hva mangler?"), ("dots", "Hva er viktigst?"))
    number = held(fatima, steps)
    with app.app_context():
        step = last_step(number).id
    path = f"/havnvik/workshops/{number}/programme/{step}"
    page = fatima.gets(path).get_data(as_text=True)
    assert "Prikker til hver" in page and ">Hva mangler?</option>" in page
    sent = {"kind": "dots", "title": "Hva er viktigst?", "minutes": "5", "rules-of": "dots"}
    wrong = fatima.posts(path, **sent, **{"rules-budget": "50", "rules-options": "Bare ett"})
    assert wrong.status_code == 422 and "Bare ett" in wrong.get_data(as_text=True)
    right = {"rules-budget": "5", "rules-most": "2", "rules-options": "Kino\nBadstu"}
    assert fatima.posts(path, **sent, **right).status_code == 303
    for _step in steps:
        assert drives(fatima, number, "next").status_code == 303
    round_ = stored(app, number)[0][0]
    assert (round_.budget, round_.most, round_.blind) == (5, 2, False)
    assert [title for _key, title in round_.items] == ["Kino", "Badstu"]
