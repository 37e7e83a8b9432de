"""Statements that those who take part add themselves, when the plan lets them."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from smartby.facilitation.play import play_of
from tests.activities.playing import cards, heard, ids, presses, set_rules, told
from tests.activities.voting import count_of, guests, last_step, stored, votes, voting
from tests.facilitation.holding import does, drives, joins, listens, run_of, sees
from tests.people import Visitor
from tests.workshops.test_leads import gives

OWN = "Brannstasjonen bør være åpen om natta"
BAD = "Ordføreren er dum"


def adding(app: Flask, **rules: Any) -> tuple[Visitor, int, Visitor, Visitor]:
    fatima, number = voting(app, "statements", **{"adding": True, "approval": False} | rules)
    aud, bo = guests(app, number, 2)
    return fatima, number, aud, bo


def test_nobody_adds_anything_unless_the_plan_says_so(app: Flask) -> None:
    fatima, number = voting(app, "statements")
    (aud,) = guests(app, number, 1)
    assert "Legg til en påstand" not in sees(aud, number)
    assert does(aud, number, "write", body=OWN).status_code == 403
    sheet = {"lines": OWN, "sure": "yes", "activity": str(run_of(app, number).activity_id)}
    assert fatima.posts(f"/havnvik/workshops/{number}/paper", **sheet).status_code == 422
    assert cards(app) == []


def test_what_one_adds_all_can_answer(app: Flask) -> None:
    fatima, number, aud, bo = adding(app)
    assert "Legg til en påstand" in sees(aud, number)
    assert does(aud, number, "write", body=OWN).status_code == 303
    (card,) = cards(app)
    assert OWN in sees(aud, number) and OWN in sees(fatima, number, "console")
    item = f"card:{card.id}"
    assert votes(bo, number, f"{item}=1").status_code == 303
    assert votes(aud, number, f"{item}=1").status_code == 303
    drives(fatima, number, "reveal")
    line = count_of(app, number).line(item)
    assert line is not None and line.score == 1 and line.voters == 2
    with app.test_request_context("/havnvik"):
        step = last_step(number)
        kind = play_of(step)
        (found,) = [each for each in kind.harvest(step) if each.key == item]
        assert found.title == OWN and found.authors == [card.author]
        assert OWN in {row[2] for row in kind.rows(step)}


def test_what_waits_is_nobodys_to_answer_before_it_is_approved(app: Flask) -> None:
    fatima, number, aud, bo = adding(app, approval=True)
    gives(app, fatima, number, "amir", "helper")
    amir = Visitor(app, "amir")
    does(aud, number, "write", body=OWN)
    does(aud, number, "write", body=BAD)
    assert "Venter på godkjenning" in sees(aud, number) and OWN not in sees(bo, number)
    assert OWN in sees(fatima, number, "console") and OWN in sees(amir, number, "helping")
    item = f"card:{ids(app)[OWN]}"
    assert votes(bo, number, f"{item}=1").status_code == 422
    assert presses(fatima, number, "approve", ids(app)[OWN]).status_code == 303
    assert votes(bo, number, f"{item}=1").status_code == 303
    bad = ids(app)[BAD]
    sent = {"do": "hold", "card": str(bad), f"reason-{bad}": "Gjelder en person."}
    sent["activity"] = str(run_of(app, number).activity_id)
    assert amir.posts(f"/havnvik/workshops/{number}/helping", **sent).status_code == 303
    assert "Gjelder en person." in sees(aud, number) and BAD not in sees(bo, number)


def test_what_is_held_back_later_counts_no_more(app: Flask) -> None:
    fatima, number, aud, bo = adding(app)
    does(aud, number, "write", body=BAD)
    item = f"card:{ids(app)[BAD]}"
    votes(bo, number, f"{item}=1")
    presses(fatima, number, "hold", ids(app)[BAD])
    assert count_of(app, number).line(item) is None and BAD not in sees(bo, number)
    presses(fatima, number, "approve", ids(app)[BAD])
    line = count_of(app, number).line(item)
    assert line is not None and line.voters == 1


def test_one_takes_back_what_one_has_added_and_nobody_elses(app: Flask) -> None:
    _fatima, number, aud, bo = adding(app)
    does(aud, number, "write", body=OWN)
    card = str(ids(app)[OWN])
    votes(bo, number, f"card:{card}=1")
    assert does(bo, number, "take_back", card=card).status_code == 404
    assert does(aud, number, "take_back", card=card).status_code == 303
    assert cards(app) == [] and OWN not in sees(bo, number)
    assert count_of(app, number).line(f"card:{card}") is None


def test_the_room_is_told_without_being_moved(app: Flask) -> None:
    _fatima, number, aud, bo = adding(app)
    room, _ = listens(app, bo, f"room:{number}")
    heard(app, room)
    does(aud, number, "write", body=OWN)
    ops = heard(app, room)
    assert [op["op"] for op in ops] == ["waiting"] and OWN not in told(ops)


def test_a_room_may_begin_with_nothing(app: Flask) -> None:
    _fatima, number, aud, bo = adding(app, options=[])
    assert "ikke noe å stemme over" in sees(aud, number) and "Legg til en påstand" in sees(
        aud, number
    )
    does(aud, number, "write", body=OWN)
    assert OWN in sees(bo, number)
    rounds, _ballots, _votes = stored(app, number)
    assert [len(round_.items) for round_ in rounds] == [1]


def test_it_ends_with_the_round_and_goes_into_the_next(app: Flask) -> None:
    fatima, number, aud, _bo = adding(app)
    does(aud, number, "write", body=OWN)
    drives(fatima, number, "close")
    late = does(aud, number, "write", body="For sent")
    assert late.status_code == 409 and "For sent" in late.get_data(as_text=True)
    drives(fatima, number, "again")
    rounds, _ballots, _votes = stored(app, number)
    assert f"card:{ids(app)[OWN]}" in rounds[-1].keys


def test_there_is_room_for_so_many(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("smartby.ballots.adding.MOST", 5)
    _fatima, number, aud, _bo = adding(app)
    assert does(aud, number, "write", body=OWN).status_code == 303
    full = does(aud, number, "write", body="En til")
    assert full.status_code == 422 and "høyst 5 påstander" in full.get_data(as_text=True)
    for body in ("", "x" * 281):
        assert does(joins(app, number), number, "write", body=body).status_code == 422
    assert len(cards(app)) == 1


def test_under_strict_anonymity_nobody_learns_whose_it_is(app: Flask) -> None:
    fatima, number = voting(app, "statements", "strict", adding=True, approval=False)
    aud = joins(app, number, name="Aud Nilsen")
    does(aud, number, "write", body=OWN)
    assert OWN in sees(aud, number) and "Aud Nilsen" not in sees(fatima, number, "console")


def test_the_settings_ask_for_no_statements_then(app: Flask) -> None:
    assert set_rules(app, "statements", options="Bare en", adding="y") == {}
    assert set_rules(app, "statements", options="", adding="y") == {}
    assert "options" in set_rules(app, "statements", options="Bare en")
