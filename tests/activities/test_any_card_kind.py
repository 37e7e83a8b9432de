"""What every kind with cards must stand: nothing at all, rubbish, strangers, what comes late."""

from __future__ import annotations

import pytest
from flask import Flask

from smartby.facilitation.play import Play
from smartby.workshops.kinds import kind_of
from tests.activities.playing import cards, harvested, on, shows_screen, taps
from tests.facilitation.holding import does, drives, joins, run_of, sees
from tests.people import Visitor

KINDS = ("brainstorm", "grouping", "questions", "cloud", "tables")
RUBBISH = ("", "-1", "9" * 40, "²", "\u202e<script>")
KNOWN = (303, 403, 404, 409, 422)

pytestmark = pytest.mark.parametrize("kind", KINDS)


def play_named(kind: str) -> Play:
    play = kind_of(kind)
    assert isinstance(play, Play)
    return play


def test_each_view_stands_when_nothing_has_been_done(app: Flask, kind: str) -> None:
    fatima, number = on(app, kind)
    guest, projector = joins(app, number), shows_screen(app, number)
    for language in ("nb", "nn", "en"):
        for visitor, page in ((guest, "room"), (fatima, "console"), (projector, "screen")):
            visitor.gets(f"/preferences?language={language}")
            assert f'lang="{language}"' in sees(visitor, number, page)
    assert guest.gets(f"/havnvik/workshops/{number}/own").status_code == 200
    found, rows = harvested(app, kind)
    assert found == [] and len(rows) == 1


def test_rubbish_is_told_and_changes_nothing(app: Flask, kind: str) -> None:
    fatima, number = on(app, kind)
    for rubbish in RUBBISH:
        guest = joins(app, number)  # one alone would be told to slow down
        fields = {"card": rubbish, "column": rubbish, "turn": rubbish, f"pick-{rubbish}": rubbish}
        for act in play_named(kind).acts:
            assert does(guest, number, act, **fields).status_code in KNOWN, act
        for order in play_named(kind).orders:
            assert drives(fatima, number, order, **fields).status_code in KNOWN, order
    assert cards(app) == []


def test_only_those_who_lead_give_orders(app: Flask, kind: str) -> None:
    _fatima, number = on(app, kind)
    guest, run = joins(app, number, "kari", linked="y"), run_of(app, number)
    for order in play_named(kind).orders:
        page = f"/havnvik/workshops/{number}/console"
        sent = {"do": order, "rev": str(run.rev), "activity": str(run.activity_id)}
        assert guest.posts(page, **sent).status_code == 403, order
    stranger = Visitor(app, "jonas")
    for act in play_named(kind).acts:
        assert stranger.posts(f"/havnvik/workshops/{number}/room", do=act).status_code == 404, act


def test_what_comes_when_it_is_over_comes_back(app: Flask, kind: str) -> None:
    fatima, number = on(app, kind)
    guest, late = joins(app, number), str(run_of(app, number).activity_id)
    drives(fatima, number, "next")
    for act in play_named(kind).acts:
        answer = taps(guest, number, act, "1", body="Min idé", activity=late)
        assert answer.status_code == 409 and "Min idé" in answer.get_data(as_text=True), act
    drives(fatima, number, "back")
    assert sees(guest, number, "room") and sees(fatima, number, "console")


def test_anothers_card_is_refused_as_one_that_is_not_there(app: Flask, kind: str) -> None:
    if "take_back" not in play_named(kind).acts:
        return
    fatima, number = on(app, kind)
    aud, bo = joins(app, number), joins(app, number)
    for guest in (aud, bo):
        does(guest, number, "sit")  # at tables one has to; elsewhere it says nothing
    drives(fatima, number, "round")
    assert does(aud, number, "write", body="Havet", turn="1").status_code == 303
    (card,) = cards(app)
    answers = [
        taps(bo, number, act, number_, body="Kapret")
        for act in ("take_back", "edit")
        if act in play_named(kind).acts
        for number_ in (card.id, 999_999)
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.get_data(as_text=True).partition("<main")[2] for answer in answers}) == 1
    assert [found.body for found in cards(app)] == ["Havet"]
    assert taps(aud, number, "take_back", card.id).status_code == 303
    assert cards(app) == []
