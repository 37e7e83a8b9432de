"""Driving: next and back, the clock, the lock, undo, two who drive, and the end."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from smartby.core.clock import now
from smartby.core.pump import pump
from smartby.extensions import db
from smartby.facilitation import presence
from smartby.facilitation.models import Run
from smartby.workshops.models import Activity
from tests.facilitation.holding import does, drives, held, joins, listens, run_of, sees, who
from tests.people import Visitor
from tests.races import assert_books_are_right


def current(app: Flask, number: int) -> Activity:
    with app.app_context():
        run = db.session.get_one(Run, number)
        return db.session.get_one(Activity, run.activity_id)


def test_next_and_back_lead_through_the_programme(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima)
    guest = joins(app, number)
    for title in ("Velkommen", "Hva mangler i sentrum?", "Pause"):
        assert drives(fatima, number, "next").status_code == 303
        assert title in sees(guest, number)
    refused = drives(fatima, number, "next")
    assert refused.status_code == 422 and "siste aktiviteten" in refused.get_data(as_text=True)
    drives(fatima, number, "back")
    assert "Hva mangler i sentrum?" in sees(guest, number)


def test_what_ends_the_workshop_stands_at_the_end_of_the_programme(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima)
    drives(fatima, number, "next")
    programme = (
        sees(fatima, number, "console").partition("Program</h2>")[2].partition("<details")[0]
    )
    assert programme.index("Pause") < programme.index("Avslutt verkstedet")
    assert "Høst ideer" in programme


def test_whoever_comes_second_is_told_who_was_first(app: Flask) -> None:
    fatima, hanne = Visitor(app, "fatima"), Visitor(app, "hanne")
    number = held(fatima)
    assert drives(fatima, number, "next", rev=0).status_code == 303
    late = drives(hanne, number, "next", rev=0)
    assert late.status_code == 409
    assert "Fatima Ali var først" in late.get_data(as_text=True)
    assert current(app, number).title == "Velkommen"
    again = drives(fatima, number, "next", rev=0).get_data(as_text=True)
    assert "Noe er endret siden du trykket" in again  # nobody was first but oneself


def test_the_same_order_sent_twice_is_carried_out_once(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima)
    for _turn in range(2):
        assert drives(fatima, number, "next", 0, activity="", key="a" * 32).status_code == 303
    assert current(app, number).title == "Velkommen"


def test_an_order_can_be_taken_back_for_thirty_seconds(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima)
    drives(fatima, number, "next")
    drives(fatima, number, "next")
    before = now()
    assert drives(fatima, number, "undo").status_code == 303
    assert current(app, number).title == "Velkommen"
    drives(fatima, number, "next")
    with time_machine.travel(before + timedelta(seconds=40)):
        assert drives(fatima, number, "undo").status_code == 422
    assert current(app, number).title == "Hva mangler i sentrum?"


def test_a_reveal_by_mistake_can_be_taken_back(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima)
    guest, other = joins(app, number), joins(app, number)
    for _turn in range(2):
        drives(fatima, number, "next")
    does(guest, number, "write", body="Kino på taket")
    drives(fatima, number, "reveal")
    assert "Kino på taket" in sees(other, number)
    assert drives(fatima, number, "undo").status_code == 303
    assert "Kino på taket" not in sees(other, number)


def test_the_clock_stands_while_it_is_paused(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima)
    drives(fatima, number, "next")
    begun = current(app, number)
    assert begun.ends_at - begun.begun_at == timedelta(minutes=10)
    drives(fatima, number, "pause")
    with time_machine.travel(now() + timedelta(minutes=5)):
        assert "Klokka er stoppet" in sees(fatima, number, "console")
        drives(fatima, number, "resume")
        left = current(app, number).ends_at - now()
        assert timedelta(minutes=9, seconds=50) < left <= timedelta(minutes=10)
        drives(fatima, number, "more")
        assert current(app, number).ends_at > begun.ends_at + timedelta(minutes=5)


def test_a_minute_more_counts_from_now_when_the_time_is_out(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima)
    drives(fatima, number, "next")
    with time_machine.travel(now() + timedelta(minutes=20)):
        assert "Tiden er ute" in sees(fatima, number, "console")
        drives(fatima, number, "more")
        assert current(app, number).ends_at - now() > timedelta(seconds=50)


def test_an_order_for_another_activity_is_refused(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima)
    drives(fatima, number, "next")
    first = current(app, number).id
    drives(fatima, number, "next")
    for order in ("lock", "reveal", "no_such_order"):
        assert drives(fatima, number, order, activity=str(first)).status_code == 422
    assert drives(fatima, number, "no_such_order").status_code == 422


@pytest.mark.parametrize("minutes", ["", "x", "-5", "0", "²", "600", "9" * 9, "9" * 5_000])
def test_nothing_is_shortened_by_what_is_no_delay(app: Flask, minutes: str) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima)
    drives(fatima, number, "next")
    assert drives(fatima, number, "shorten", minutes=minutes).status_code in (409, 422)


def test_what_was_left_for_hours_is_told_and_not_made_up_for(app: Flask) -> None:
    number = held(Visitor(app, "fatima"))
    drives(Visitor(app, "fatima"), number, "next")
    with time_machine.travel(now() + timedelta(minutes=620)):
        page = sees(Visitor(app, "fatima"), number, "console")
    assert "610 minutter forsinket" in page and 'value="shorten"' not in page


def test_the_rest_is_shortened_when_one_is_late(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima)
    drives(fatima, number, "next")
    with time_machine.travel(now() + timedelta(minutes=15)):
        page = sees(fatima, number, "console")
        assert "5 minutter forsinket" in page
        assert drives(fatima, number, "shorten", minutes="5").status_code == 303
    with app.app_context():
        minutes = db.session.scalars(db.select(Activity.minutes).order_by(Activity.position)).all()
    assert minutes == [10, 8, 8]


def test_a_closed_workshop_takes_nothing_more(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima)
    guest = joins(app, number)
    drives(fatima, number, "next")
    assert "Avslutt verkstedet?" in sees(fatima, number, "closing")
    for _turn in range(2):
        assert fatima.posts(f"/havnvik/workshops/{number}/closing").status_code == 303
    run = run_of(app, number)
    assert run.closed_at is not None and run.code is None
    assert "Verkstedet er avsluttet" in sees(guest, number)
    assert does(guest, number, "hand", wanted="yes").status_code == 422
    answer = fatima.posts(f"/havnvik/workshops/{number}/console", do="next", rev=str(run.rev))
    assert answer.status_code == 422
    log = Visitor(app).gets("/havnvik/log").get_data(as_text=True)
    assert "Verksted avsluttet" in log
    assert_books_are_right(app)


def test_hands_and_readiness_are_seen_by_those_who_lead(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima)
    guest = joins(app, number, name="Aud")
    drives(fatima, number, "next")
    does(guest, number, "hand", wanted="yes")
    does(guest, number, "ready", wanted="yes")
    page = sees(fatima, number, "console")
    assert "Aud" in page and "<dd>1</dd>" in page.replace("\n", "")
    drives(fatima, number, "lower_hands")
    assert "Aud" not in sees(fatima, number, "console")


def test_one_hand_is_lowered_and_the_others_stay_up(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima)
    aud, bo = joins(app, number, name="Aud"), joins(app, number, name="Bo")
    for guest in (aud, bo):
        does(guest, number, "hand", wanted="yes")
    first = str(who(app, aud, number).id)
    for _again in range(2):
        assert drives(fatima, number, "", lower_hand=first).status_code == 303
    assert "Hånda er oppe" not in sees(aud, number)
    assert "Hånda er oppe" in sees(bo, number)
    page = sees(fatima, number, "console")
    assert "hånda til Bo" in page and "hånda til Aud" not in page


def test_all_hands_are_lowered_however_many(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima)
    guests = [joins(app, number) for _turn in range(23)]
    for guest in guests:
        does(guest, number, "hand", wanted="yes")
    page = sees(fatima, number, "console")
    assert "<dd>23</dd>" in page and "og 3 til" in page
    drives(fatima, number, "lower_hands")
    assert "Hånda er oppe" not in sees(guests[-1], number)


def test_every_view_follows_and_nobody_follows_anothers(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima)
    guest, stranger = joins(app, number), Visitor(app)
    with app.app_context():
        names = [f"room:{number}", f"room:{number}:staff", f"room:{number}:screen"]
    heard, numbers = listens(app, guest, *names, "participant:1", "participant:2", "room:x")
    assert [name for name, found in numbers.items() if found is not None] == [
        f"room:{number}",
        "participant:1",
    ]
    _socket, numbers = listens(app, stranger, *names, "participant:1")
    assert set(numbers.values()) == {None}
    drives(fatima, number, "next")
    with app.app_context():
        pump.drain()
    batches = [event["args"][0] for event in heard.get_received()]
    assert [op["target"] for batch in batches for op in batch["ops"]] == [f"stage-{number}"]
    assert "Velkommen" in batches[0]["ops"][0]["html"]


def test_those_who_are_on_line_are_counted_for_those_who_lead(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima)
    aud, bo = joins(app, number), joins(app, number)
    leads, _ = listens(app, fatima, f"room:{number}:staff")
    for guest, own in ((aud, "participant:1"), (bo, "participant:2"), (bo, "participant:2")):
        socket, _ = listens(app, guest, own)
    presence.tell()
    presence.hear_who_is_here(["another process", number, [2, 7, 8, 9]])
    presence.tell()
    socket.disconnect()
    told = [event["args"][0]["present"] for event in leads.get_received()]
    assert told == [2, 5]  # two tabs of one person count once, also in two processes


def test_a_screen_that_is_read_anew_is_told_how_many_are_there(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima)
    guest = joins(app, number)
    listens(app, guest, f"participant:{who(app, guest, number).id}")
    first, _ = listens(app, fatima, f"room:{number}:staff")
    for _turn in range(3):
        presence.tell()
    assert [event["args"][0]["present"] for event in first.get_received()] == [1]
    first.disconnect()
    again, _ = listens(app, fatima, f"room:{number}:staff")
    presence.tell()
    assert [event["args"][0]["present"] for event in again.get_received()] == [1]


def test_those_who_lead_see_who_is_there_and_show_one_out(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima)
    guest = joins(app, number, name="Aud", heads="3")
    page = sees(fatima, number, "participants")
    assert "Aud" in page and "3 om enheten" in page
    rev = str(run_of(app, number).rev)
    number_of = page.split('name="participant" value="')[1].split('"')[0]
    answer = fatima.posts(
        f"/havnvik/workshops/{number}/console", do="kick", participant=number_of, rev=rev
    )
    assert answer.location.endswith("/participants")
    assert "Ingen er med ennå" in sees(fatima, number, "participants")
    assert guest.gets(f"/havnvik/workshops/{number}/room").status_code == 404


def test_the_first_page_of_a_phone_is_light(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima)
    guest = joins(app, number)
    drives(fatima, number, "next")
    drives(fatima, number, "next")
    assert len(sees(guest, number).encode()) < 10_000
