"""Questions: one vote each, also in a race; orders; approval; answered; told of; harvested."""

from __future__ import annotations

from functools import partial

import pytest
import time_machine
from flask import Flask

from smartby.cards.upvotes import Votes
from smartby.core.clock import now
from smartby.extensions import db
from smartby.facilitation.models import CardVote
from tests.activities.playing import (
    harvested,
    heard,
    ids,
    on,
    presses,
    shows_screen,
    taps,
    told,
)
from tests.facilitation.holding import does, drives, joins, listens, sees
from tests.facilitation.test_law import heads
from tests.live_page import LivePage
from tests.races import at_once

FIRST, SECOND = "Når åpner huset?", "Hvem betaler for det?"


def votes(app: Flask) -> list[int]:
    with app.app_context():
        return sorted(db.session.scalars(db.select(CardVote.value)))


def order_of(page: str) -> list[str]:
    return sorted((FIRST, SECOND), key=page.index)


def test_a_question_is_seen_at_once_and_voted_up(app: Flask) -> None:
    fatima, number = on(app, "questions")
    aud, bo = joins(app, number), joins(app, number)
    projector = shows_screen(app, number)
    for body in (FIRST, SECOND):
        assert does(aud, number, "write", body=body).status_code == 303
    assert order_of(sees(bo, number)) == [FIRST, SECOND]
    assert taps(bo, number, "up", ids(app)[SECOND]).status_code == 303
    for page in (sees(aud, number), sees(projector, number, "screen")):
        assert order_of(page.partition('class="sb-shown"')[2]) == [SECOND, FIRST]
    assert "Du har stemt på" in sees(bo, number) and "Du har stemt på" not in sees(aud, number)
    taps(bo, number, "unvote", ids(app)[SECOND])
    taps(bo, number, "unvote", ids(app)[SECOND])
    assert votes(app) == [] and "Du har stemt på" not in sees(bo, number)
    assert FIRST in sees(fatima, number, "console")


def test_whoever_votes_many_times_has_one_vote(app: Flask) -> None:
    _fatima, number = on(app, "questions", against=True)
    aud, bo = joins(app, number), joins(app, number)
    does(aud, number, "write", body=FIRST)
    card = ids(app)[FIRST]
    up, down = partial(taps, bo, number, "up", card), partial(taps, bo, number, "down", card)
    assert at_once([up, down, up, up]) == [303] * 4
    assert len(votes(app)) == 1
    taps(bo, number, "down", card)
    taps(joins(app, number), number, "up", card)
    assert votes(app) == [-1, 1]


def test_one_votes_against_only_where_that_is_asked(app: Flask) -> None:
    _fatima, number = on(app, "questions")
    aud = joins(app, number)
    does(aud, number, "write", body=FIRST)
    assert taps(aud, number, "down", ids(app)[FIRST]).status_code == 422
    assert "Mindre viktig" not in sees(aud, number) and votes(app) == []


THIRD = "Kan vi se tegningene?"
DEEDS = {
    "a question": ("write", THIRD),
    "a vote": ("up", FIRST),
    "a vote taken back": ("unvote", SECOND),
    "another text": ("edit", SECOND),
}


@pytest.mark.parametrize("order", ["best", "newest"])
@pytest.mark.parametrize("deed", DEEDS)
def test_those_who_lead_see_the_projectors_order_as_it_changes(
    app: Flask, deed: str, order: str
) -> None:
    fatima, number = on(app, "questions")
    aud, bo = joins(app, number), joins(app, number)
    for body in (FIRST, SECOND):
        does(aud, number, "write", body=body)
    drives(fatima, number, order)
    taps(bo, number, "up", ids(app)[SECOND])
    with time_machine.travel(now(), tick=False):
        stale, staff = LivePage(sees(fatima, number, "console")), f"room:{number}:staff"
        seq = heads(fatima, staff)
        name, body = DEEDS[deed]
        if name == "write":
            does(aud, number, "write", body=body)
        else:
            taps(bo if name != "edit" else aud, number, name, ids(app)[body], body="Endret")
        ops = fatima.gets(f"/live/{staff}?after={seq}&lang=nb").get_json()["ops"]
        assert stale.apply(ops).text() == LivePage(sees(fatima, number, "console")).text()


def test_the_order_is_chosen_for_all(app: Flask) -> None:
    fatima, number = on(app, "questions", against=True)
    aud, bo, eve, reader = (joins(app, number) for _turn in range(4))
    for body in (FIRST, SECOND):
        does(aud, number, "write", body=body)
    taps(bo, number, "up", ids(app)[FIRST])
    drives(fatima, number, "newest")
    assert order_of(sees(reader, number)) == [SECOND, FIRST]
    drives(fatima, number, "best")
    assert order_of(sees(reader, number)) == [FIRST, SECOND]
    taps(eve, number, "up", ids(app)[SECOND])
    taps(bo, number, "down", ids(app)[SECOND])
    drives(fatima, number, "controversial")
    assert order_of(sees(reader, number)) == [SECOND, FIRST]


@pytest.mark.parametrize(
    ("less", "more"),
    [((1, 0), (9, 1)), ((0, 0), (1, 0)), ((5, 5), (5, 1)), ((2, 8), (1, 0)), ((0, 9), (1, 9))],
)
def test_many_who_are_for_it_count_more_than_few(
    less: tuple[int, int], more: tuple[int, int]
) -> None:
    assert Votes(*less).best() < Votes(*more).best()


@pytest.mark.parametrize(("less", "more"), [((9, 0), (1, 1)), ((9, 1), (5, 5)), ((2, 2), (5, 5))])
def test_what_splits_many_is_more_controversial(
    less: tuple[int, int], more: tuple[int, int]
) -> None:
    assert Votes(*less).controversy() < Votes(*more).controversy()


def test_a_question_that_waits_is_seen_by_those_who_lead_only(app: Flask) -> None:
    fatima, number = on(app, "questions", approval=True)
    aud, bo = joins(app, number), joins(app, number)
    projector = shows_screen(app, number)
    room, _ = listens(app, bo, f"room:{number}")
    does(aud, number, "write", body=FIRST)
    card = ids(app)[FIRST]
    assert heard(app, room) == [] and FIRST not in sees(bo, number)
    assert FIRST not in sees(projector, number, "screen")
    assert taps(bo, number, "up", card).status_code == 404
    presses(fatima, number, "approve", card)
    assert FIRST in told(heard(app, room)) and FIRST in sees(projector, number, "screen")
    presses(fatima, number, "hold", card, **{f"reason-{card}": "Gjelder en person."})
    assert FIRST not in sees(bo, number) and "Gjelder en person." in sees(aud, number)
    assert "1 spørsmål er holdt tilbake." in sees(bo, number)


def test_what_is_answered_leaves_the_screen(app: Flask) -> None:
    fatima, number = on(app, "questions")
    aud = joins(app, number)
    projector = shows_screen(app, number)
    for body in (FIRST, SECOND):
        does(aud, number, "write", body=body)
    presses(fatima, number, "spotlight", ids(app)[FIRST])
    assert SECOND not in sees(projector, number, "screen")
    presses(fatima, number, "answer", ids(app)[FIRST])
    page = sees(projector, number, "screen")
    assert FIRST not in page and SECOND in page and "Besvart." in sees(aud, number)
    presses(fatima, number, "reopen", ids(app)[FIRST])
    assert FIRST in sees(projector, number, "screen")


def test_votes_are_for_what_was_read(app: Flask) -> None:
    _fatima, number = on(app, "questions")
    aud, bo = joins(app, number), joins(app, number)
    does(aud, number, "write", body=FIRST)
    card = ids(app)[FIRST]
    taps(bo, number, "up", card)
    taps(aud, number, "edit", card, **{f"body-{card}": "Noe helt annet?"})
    assert votes(app) == [] and "Noe helt annet?" in sees(bo, number)
    assert taps(bo, number, "edit", card, **{f"body-{card}": "Kapret"}).status_code == 404
    taps(bo, number, "up", card)
    taps(aud, number, "take_back", card)
    assert votes(app) == []


def test_a_vote_changes_numbers_and_moves_nothing(app: Flask) -> None:
    _fatima, number = on(app, "questions")
    aud, bo = joins(app, number), joins(app, number)
    does(aud, number, "write", body=FIRST)
    room, _ = listens(app, bo, f"room:{number}")
    heard(app, room)
    taps(bo, number, "up", ids(app)[FIRST])
    ops = heard(app, room)
    assert {op["op"] for op in ops} == {"set"}
    assert ("1", f"up-{ids(app)[FIRST]}") in {(op["value"], op["target"]) for op in ops}


@pytest.mark.parametrize("card", ["", "x", "0", "9" * 30, "-1", "²"])
def test_a_vote_on_nothing_is_told(app: Flask, card: str) -> None:
    _fatima, number = on(app, "questions")
    assert taps(joins(app, number), number, "up", card).status_code == 404


def test_questions_are_harvested_with_their_votes(app: Flask) -> None:
    _fatima, number = on(app, "questions")
    aud, bo = joins(app, number), joins(app, number)
    for body in (FIRST, SECOND):
        does(aud, number, "write", body=body)
    taps(bo, number, "up", ids(app)[SECOND])
    found, rows = harvested(app, "questions")
    assert [(one.title, one.votes) for one in found] == [(SECOND, 1), (FIRST, 0)]
    assert rows[1] == [SECOND, 1, 0, ""]
