"""Brainstorm: written alone, revealed together; held back with a reason; limits; anonymity."""

from __future__ import annotations

import json
from datetime import timedelta
from functools import partial

import pytest
import time_machine
from flask import Flask

from smartby.core.clock import now
from smartby.core.models import Idempotency, Outbox
from smartby.core.pump import pump
from smartby.core.transaction import transaction
from smartby.extensions import db
from smartby.facilitation.models import Card, Participant, Run
from tests.activities.playing import rule
from tests.facilitation.holding import does, drives, held, joins, listens, run_of, sees
from tests.people import Visitor
from tests.races import at_once

WORDS = "Øvingsrom med tykke vegger"


def begun(app: Flask, **rules: bool) -> tuple[Visitor, int]:
    """Hold a workshop in which a brainstorm is on."""
    fatima = Visitor(app, "fatima")
    number = held(fatima, (("brainstorm", "Hva mangler?"), ("break", "Pause")))
    if rules:
        rule(app, "brainstorm", **rules)
    assert drives(fatima, number, "next").status_code == 303
    return fatima, number


def cards(app: Flask) -> list[Card]:
    with app.app_context():
        return list(db.session.scalars(db.select(Card).order_by(Card.id)))


def test_a_card_is_ones_own_until_all_are_revealed(app: Flask) -> None:
    fatima, number = begun(app)
    aud, bo = joins(app, number), joins(app, number)
    projector = Visitor(app)
    projector.gets(f"/havnvik/workshops/{number}/screen/{run_of(app, number).screen_key}")
    assert does(aud, number, "write", body=WORDS).status_code == 303
    assert WORDS in sees(aud, number) and WORDS in sees(fatima, number, "console")
    assert WORDS not in sees(bo, number) and WORDS not in sees(projector, number, "screen")
    drives(fatima, number, "reveal")
    assert WORDS in sees(bo, number) and WORDS in sees(projector, number, "screen")
    drives(fatima, number, "conceal")
    assert WORDS not in sees(bo, number)


def test_no_frame_carries_a_card_before_it_is_revealed(app: Flask) -> None:
    fatima, number = begun(app)
    aud, bo = joins(app, number), joins(app, number)
    room, _ = listens(app, bo, f"room:{number}", "participant:2")
    staff, _ = listens(app, fatima, f"room:{number}:staff", f"room:{number}:screen")
    does(aud, number, "write", body=WORDS)
    with app.app_context():
        pump.drain()
    assert WORDS not in json.dumps(room.get_received(), ensure_ascii=False)
    told = {
        e["args"][0]["stream"]: json.dumps(e["args"], ensure_ascii=False)
        for e in staff.get_received()
    }
    assert WORDS in told[f"room:{number}:staff"] and WORDS not in told[f"room:{number}:screen"]
    with app.app_context():
        payloads = db.session.scalars(db.select(Outbox.payload)).all()
    assert WORDS not in json.dumps(payloads, ensure_ascii=False)
    drives(fatima, number, "reveal")
    with app.app_context():
        pump.drain()
    assert WORDS in json.dumps(room.get_received(), ensure_ascii=False)


def test_one_card_can_be_revealed_alone(app: Flask) -> None:
    fatima, number = begun(app)
    aud, bo = joins(app, number), joins(app, number)
    does(aud, number, "write", body=WORDS)
    does(aud, number, "write", body="Kafé drevet av ungdom")
    page = f"/havnvik/workshops/{number}/console"
    run = run_of(app, number)
    first = str(cards(app)[0].id)
    answer = fatima.posts(page, reveal=first, rev=str(run.rev), activity=str(run.activity_id))
    assert answer.status_code == 303
    assert WORDS in sees(bo, number) and "Kafé" not in sees(bo, number)


PRIVATE = "De andre ser ikke lappene dine før de avsløres for alle."
STILL = "De andre ser ikke nye lapper før de avsløres for alle."
AT_ONCE, APPROVED = "Alle ser det du skriver, med en gang.", "Alle ser det du skriver, når det er"


def test_whoever_comes_back_to_what_a_vote_revealed_is_told_that_all_see_it(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima, (("brainstorm", "Hva mangler?"), ("dots", "Hva er viktigst?")))
    drives(fatima, number, "next")
    aud, bo = joins(app, number), joins(app, number)
    does(aud, number, "write", body=WORDS)
    assert PRIVATE in sees(aud, number) and AT_ONCE not in sees(aud, number)
    assert "Lappene er vist for alle." not in sees(fatima, number, "console")
    drives(fatima, number, "next")
    drives(fatima, number, "back")
    does(aud, number, "write", body="Et bad")
    assert "Et bad" in sees(bo, number)
    assert AT_ONCE in sees(bo, number) and PRIVATE not in sees(bo, number)
    console = sees(fatima, number, "console")
    assert "Lappene er vist for alle." in console and "Skjul lappene igjen" in console
    drives(fatima, number, "conceal")
    assert PRIVATE in sees(bo, number) and AT_ONCE not in sees(bo, number)


def test_one_is_told_who_sees_what_is_written_whatever_the_rules(app: Flask) -> None:
    fatima, number = begun(app)
    aud = joins(app, number)
    does(aud, number, "write", body=WORDS)
    drives(fatima, number, "spotlight", card=str(cards(app)[0].id))
    assert STILL in sees(aud, number) and PRIVATE not in sees(aud, number)


@pytest.mark.parametrize(("approval", "told"), [(False, AT_ONCE), (True, APPROVED)])
def test_where_cards_are_shown_at_once_one_is_told(app: Flask, approval: bool, told: str) -> None:
    _fatima, number = begun(app, open=True, approval=approval)
    assert told in sees(joins(app, number), number)


def test_a_card_that_is_held_back_tells_its_author_why(app: Flask) -> None:
    fatima, number = begun(app, open=True)
    aud, bo = joins(app, number), joins(app, number)
    does(aud, number, "write", body=WORDS)
    assert WORDS in sees(bo, number)
    card = str(cards(app)[0].id)
    drives(fatima, number, "hold", card=card, reason="Navngir en ansatt.")
    assert WORDS not in sees(bo, number)
    own = sees(aud, number)
    assert "Holdt tilbake." in own and "Navngir en ansatt." in own
    assert "1 lapp er holdt tilbake" in own and "1 lapp er holdt tilbake" in sees(bo, number)
    drives(fatima, number, "approve", card=card)
    assert WORDS in sees(bo, number)


def test_with_approval_the_room_sees_nothing_unasked(app: Flask) -> None:
    fatima, number = begun(app, open=True, approval=True)
    aud, bo = joins(app, number), joins(app, number)
    does(aud, number, "write", body=WORDS)
    assert WORDS not in sees(bo, number) and "Venter på godkjenning" in sees(aud, number)
    drives(fatima, number, "approve", card=str(cards(app)[0].id))
    assert WORDS in sees(bo, number)
    does(aud, number, "edit", card=str(cards(app)[0].id), body="Noe helt annet")
    assert "Noe helt annet" not in sees(bo, number)


def test_the_same_card_sent_twice_is_one(app: Flask) -> None:
    _fatima, number = begun(app)
    aud = joins(app, number)
    writes = partial(does, aud, number, "write", body=WORDS, key="b" * 32)
    assert at_once([writes] * 4) == [303] * 4
    assert [card.body for card in cards(app)] == [WORDS]


@pytest.mark.parametrize("body", ["", "   ", "\u200b", "a" * 281])
def test_a_card_that_cannot_be_used_is_told_with_the_text_kept(app: Flask, body: str) -> None:
    _fatima, number = begun(app)
    aud = joins(app, number)
    answer = does(aud, number, "write", body=body)
    assert answer.status_code == 422
    if body.strip("\u200b "):
        assert body in answer.get_data(as_text=True)
    assert cards(app) == []


def test_nobody_changes_anothers_card(app: Flask) -> None:
    _fatima, number = begun(app)
    aud, bo = joins(app, number), joins(app, number)
    does(aud, number, "write", body=WORDS)
    card = str(cards(app)[0].id)
    assert does(bo, number, "edit", card=card, body="Kapret").status_code == 404
    assert does(bo, number, "take_back", card=card).status_code == 404
    assert [found.body for found in cards(app)] == [WORDS]
    assert does(aud, number, "take_back", card=card).status_code == 303
    assert cards(app) == []


def test_what_comes_after_the_end_comes_back(app: Flask) -> None:
    fatima, number = begun(app)
    aud = joins(app, number)
    late = str(run_of(app, number).activity_id)
    drives(fatima, number, "next")
    answer = does(aud, number, "write", body=WORDS, activity=late)
    assert answer.status_code == 409 and WORDS in answer.get_data(as_text=True)
    assert cards(app) == []


def test_a_lock_leaves_five_seconds_for_the_last_sentence(app: Flask) -> None:
    fatima, number = begun(app)
    aud = joins(app, number)
    drives(fatima, number, "lock")
    assert does(aud, number, "write", body=WORDS).status_code == 303
    with time_machine.travel(now() + timedelta(seconds=8)):
        assert does(aud, number, "write", body="For sent").status_code == 409
        drives(fatima, number, "unlock")
        assert does(aud, number, "write", body="I tide").status_code == 303


def test_nobody_writes_more_than_sixty(app: Flask) -> None:
    _fatima, number = begun(app)
    aud = joins(app, number)
    does(aud, number, "write", body=WORDS)
    with app.app_context(), transaction():
        first = db.session.scalars(db.select(Card)).one()
        for turn in range(59):
            db.session.add(
                Card(
                    municipality_id=first.municipality_id, run_id=first.run_id, author=first.author,
                    activity_id=first.activity_id, body=f"Lapp {turn}",
                )
            )  # fmt: skip
    assert does(aud, number, "write", body="En for mye").status_code == 422


def test_after_a_strict_workshop_nothing_ties_a_person_to_a_card(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima, (("brainstorm", "Hva mangler?"),), anonymity="strict")
    drives(fatima, number, "next")
    kari = joins(app, number, "kari", linked="y", consents="y")
    does(kari, number, "write", body=WORDS, key="e" * 32)
    assert WORDS in sees(kari, number)  # while it goes on one sees one's own
    fatima.posts(f"/havnvik/workshops/{number}/closing")
    with app.app_context():
        person = db.session.scalars(db.select(Participant)).one()
        card = db.session.scalars(db.select(Card)).one()
        traces = {*db.session.scalars(db.select(Idempotency.actor))}
        traces |= {*db.session.scalars(db.select(Outbox.stream))}
        assert db.session.get_one(Run, number).secret is None
    assert person.user_id is None and not person.consents
    assert card.author.startswith("s:") and len(card.author) == 58
    # A key's fingerprint is made of person and text: whoever has both could try them out.
    assert card.author not in traces
    assert not traces & {f"participant:{person.id}", f"p:{person.id}"}
