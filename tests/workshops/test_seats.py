"""Signing up for a workshop: seats, the waiting list, calling off, and what is told by mail."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
import time_machine
from flask import Flask
from icalendar import Calendar
from sqlalchemy import select

from smartby.accounts.models import User
from smartby.core.clock import now
from smartby.core.mail import Mail
from smartby.core.pump import pump
from smartby.core.transaction import perform
from smartby.extensions import db, socketio
from smartby.my.actions import erase_account
from smartby.workshops import seats
from smartby.workshops.letters import write_letters
from smartby.workshops.models import SignUp
from smartby.workshops.reminders import remind
from tests.people import ORIGIN, Visitor, user_id
from tests.races import assert_books_are_right, at_once
from tests.workshops.planning import TITLE, announced, plan, planned, signs_up, stored

REASON = "Salen er stengt etter en vannlekkasje."


def test_one_signs_up_and_off(app: Flask) -> None:
    number, kari = announced(Visitor(app, "fatima")), Visitor(app, "kari")
    assert signs_up(kari, number).status_code == 303
    page = kari.gets(f"/havnvik/workshops/{number}").get_data(as_text=True)
    assert "Du er påmeldt." in page and "Meld meg av" in page
    assert signs_up(kari, number, "no").status_code == 303
    assert _list(app, number) == []


def test_signing_up_twice_takes_one_seat(app: Flask) -> None:
    number, kari = announced(Visitor(app, "fatima")), Visitor(app, "kari")
    for key in ("a" * 32, "a" * 32, "b" * 32):
        assert signs_up(kari, number, key=key).status_code == 303
    assert _list(app, number) == [("Kari Solheim", True)]


def test_who_is_not_signed_in_is_asked_to(app: Flask) -> None:
    number = announced(Visitor(app, "fatima"))
    page = Visitor(app).gets(f"/havnvik/workshops/{number}").get_data(as_text=True)
    assert f"/sign-in?next=/havnvik/workshops/{number}" in page
    assert signs_up(Visitor(app), number).status_code in (302, 401)
    assert _list(app, number) == []


def test_a_plan_takes_no_sign_ups(app: Flask) -> None:
    number = planned(Visitor(app, "fatima"))
    assert signs_up(Visitor(app, "kari"), number).status_code == 404
    ingrid = Visitor(app, "ingrid")
    signs_up(ingrid, number)
    page = ingrid.gets(f"/havnvik/workshops/{number}").get_data(as_text=True)
    assert "fra verkstedet er kunngjort til det begynner" in page
    assert _list(app, number) == []


def test_nobody_signs_up_for_what_has_begun(app: Flask) -> None:
    number = announced(Visitor(app, "fatima"))
    with time_machine.travel(stored(app, number).starts_at + timedelta(minutes=1), tick=False):
        kari = Visitor(app, "kari")
        assert signs_up(kari, number).status_code == 303
        assert _list(app, number) == []
        page = kari.gets(f"/havnvik/workshops/{number}").get_data(as_text=True)
        assert "Meld meg på" not in page and "I gang nå" in page


def test_whoever_waits_gets_the_seat_that_is_freed(app: Flask) -> None:
    number = announced(Visitor(app, "fatima"), seats="1")
    kari, jonas, sunniva = (Visitor(app, who) for who in ("kari", "jonas", "sunniva"))
    for visitor in (kari, jonas, sunniva):
        signs_up(visitor, number)
    page = jonas.gets(f"/havnvik/workshops/{number}").get_data(as_text=True)
    assert "Du står på ventelisten" in page
    signs_up(kari, number, "no")
    assert _list(app, number) == [("Jonas Berg", True), ("Sunniva Dahl", False)]
    assert _mails(app, "jonas@example.no") == [f"Du har fått plass: {TITLE}"]
    assert _mails(app, "sunniva@example.no") == []


def test_more_seats_go_to_those_who_wait(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = announced(fatima, seats="1")
    for who in ("kari", "jonas", "sunniva"):
        signs_up(Visitor(app, who), number)
    answer = fatima.posts(f"/havnvik/workshops/{number}", **plan(seats="2", seen="1"))
    assert answer.status_code == 303
    assert [seated for _name, seated in _list(app, number)] == [True, True, False]


def test_there_is_an_end_to_every_list(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seats, "MOST", 1)
    number = announced(Visitor(app, "fatima"))
    for who in ("kari", "jonas"):
        signs_up(Visitor(app, who), number)
    assert _list(app, number) == [("Kari Solheim", True), ("Jonas Berg", False)]
    sunniva = Visitor(app, "sunniva")
    signs_up(sunniva, number)
    page = sunniva.gets(f"/havnvik/workshops/{number}").get_data(as_text=True)
    assert "Ventelisten er full." in page and len(_list(app, number)) == 2


def test_the_last_seat_is_given_once(app: Flask) -> None:
    number = announced(Visitor(app, "fatima"), seats="1")
    visitors = [Visitor(app, who) for who in ("kari", "jonas", "sunniva", "amir")]
    assert at_once([partial(signs_up, each, number) for each in visitors]) == [303] * 4
    assert sorted(seated for _name, seated in _list(app, number)) == [False] * 3 + [True]


def test_who_comes_is_seen_by_the_leader_only(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = announced(fatima)
    signs_up(Visitor(app, "kari"), number)
    path = f"/havnvik/workshops/{number}"
    assert "Kari Solheim" in fatima.gets(f"{path}/people").get_data(as_text=True)
    for who in (None, "jonas", "ingrid"):
        visitor = Visitor(app, who)
        assert visitor.gets(f"{path}/people").status_code in (302, 401, 403)
        assert "Kari Solheim" not in visitor.gets(path).get_data(as_text=True)


def test_what_is_called_off_says_why(app: Flask) -> None:
    fatima, kari = Visitor(app, "fatima"), Visitor(app, "kari")
    number = announced(fatima)
    signs_up(kari, number)
    path = f"/havnvik/workshops/{number}"
    empty = fatima.posts(f"{path}/cancellation", reason="")
    assert empty.status_code == 422 and stored(app, number).cancelled_at is None
    assert fatima.posts(f"{path}/cancellation", reason=REASON).status_code == 303
    page = kari.gets(path).get_data(as_text=True)
    assert "Avlyst" in page and REASON in page and "Meld meg av" not in page
    assert _mails(app, "kari@example.no") == [f"Avlyst: {TITLE}"]
    assert fatima.gets(f"{path}/edit").status_code == 403
    # Pressed on a page from before: told what has happened, and nothing is taken away.
    signs_up(kari, number, "no")
    assert "Verkstedet er avlyst." in kari.gets(path).get_data(as_text=True)
    assert _list(app, number) == [("Kari Solheim", True)]


def test_what_is_announced_and_called_off_stands_in_the_log(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = announced(fatima)
    fatima.posts(f"/havnvik/workshops/{number}/cancellation", reason=REASON)
    log = Visitor(app).gets("/havnvik/log").get_data(as_text=True)
    assert "Verksted kunngjort" in log and "Verksted avlyst" in log and REASON in log
    assert f'href="/havnvik/workshops/{number}"' in log
    assert_books_are_right(app)


def test_seats_are_not_taken_from_those_who_have_them(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = announced(fatima, seats="3")
    for who in ("kari", "jonas"):
        signs_up(Visitor(app, who), number)
    answer = fatima.posts(f"/havnvik/workshops/{number}", **plan(seats="1", seen="1"))
    assert answer.status_code == 422
    assert "2 har allerede plass." in answer.get_data(as_text=True)
    assert stored(app, number).seats == 3


def test_ones_own_page_tells_of_workshops(app: Flask) -> None:
    fatima, jonas = Visitor(app, "fatima"), Visitor(app, "jonas")
    number = announced(fatima, seats="1")
    signs_up(Visitor(app, "kari"), number)
    signs_up(jonas, number)
    page = jonas.gets("/me").get_data(as_text=True)
    assert TITLE in page and "På venteliste" in page
    fatima.posts(f"/havnvik/workshops/{number}/cancellation", reason=REASON)
    assert TITLE not in jonas.gets("/me").get_data(as_text=True)


def test_an_open_page_tells_whoever_waited_of_the_seat(app: Flask) -> None:
    number = announced(Visitor(app, "fatima"), seats="1")
    kari, jonas = Visitor(app, "kari"), Visitor(app, "jonas")
    for visitor in (kari, jonas):
        signs_up(visitor, number)
    assert f'data-live="own-seat-{number}"' in jonas.gets(f"/havnvik/workshops/{number}").get_data(
        as_text=True
    )
    socket = socketio.test_client(app, flask_test_client=jonas.client, headers={"Origin": ORIGIN})
    signs_up(kari, number, "no")
    with app.app_context():
        pump.drain()
    batches = [m["args"][0] for m in socket.get_received() if m["name"] == "batch"]
    told = [op for batch in batches for op in batch["ops"]]
    assert {"op": "set", "target": f"own-seat-{number}", "value": "Du er påmeldt."} in told


def test_a_new_time_or_place_is_told_by_mail(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = announced(fatima)
    signs_up(Visitor(app, "kari"), number)
    path = f"/havnvik/workshops/{number}"
    fatima.posts(path, **plan(title="Hva skal brannstasjonen bli til?", seen="1"))
    assert _mails(app, "kari@example.no") == []
    fatima.posts(path, **plan(place="Biblioteket", seen="2"))
    assert _mails(app, "kari@example.no") == [f"Ny tid eller nytt sted: {TITLE}"]
    fatima.posts(path, **plan(place="Biblioteket", time="19:00", seen="3"))
    assert _mails(app, "kari@example.no") == [f"Ny tid eller nytt sted: {TITLE}"] * 2


def test_the_day_before_whoever_has_a_seat_is_reminded_once(app: Flask) -> None:
    number = announced(Visitor(app, "fatima"), seats="1")
    for who in ("kari", "jonas"):
        signs_up(Visitor(app, who), number)
    with app.app_context():
        assert remind() == 0
    with time_machine.travel(stored(app, number).starts_at - timedelta(hours=20), tick=False):
        for due in (1, 0):
            with app.app_context():
                assert remind() == due
    assert _mails(app, "kari@example.no") == [f"Husk: {TITLE}"]
    assert _mails(app, "jonas@example.no") == []


def test_nobody_is_reminded_of_what_is_called_off(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = announced(fatima)
    signs_up(Visitor(app, "kari"), number)
    fatima.posts(f"/havnvik/workshops/{number}/cancellation", reason=REASON)
    the_day_before = stored(app, number).starts_at - timedelta(hours=20)
    with time_machine.travel(the_day_before, tick=False), app.app_context():
        assert remind() == 0
    assert _mails(app, "kari@example.no") == [f"Avlyst: {TITLE}"]


def test_whoever_leaves_smartby_frees_the_seat(app: Flask) -> None:
    number, kari = announced(Visitor(app, "fatima"), seats="1"), Visitor(app, "kari")
    signs_up(kari, number)
    signs_up(Visitor(app, "jonas"), number)
    exported = kari.gets("/me/export").get_json()
    assert [row["title"] for row in exported["workshops"]] == [TITLE]
    led = Visitor(app, "fatima").gets("/me/export").get_json()["workshops_led"]
    assert [row["title"] for row in led] == [TITLE]
    with app.app_context():
        perform(erase_account, by=db.session.get_one(User, user_id(app, "kari")))
    assert _list(app, number) == [("Jonas Berg", True)]


def test_an_open_page_follows_the_seats(app: Flask) -> None:
    number = announced(Visitor(app, "fatima"), seats="30")
    visitor, stream = Visitor(app), f"workshop:{number}"
    page = visitor.gets(f"/havnvik/workshops/{number}").get_data(as_text=True)
    assert stream in page
    socket = socketio.test_client(app, flask_test_client=visitor.client, headers={"Origin": ORIGIN})
    answer = socket.emit("follow", {"streams": [stream], "lang": "nb"}, callback=True)
    assert answer[stream] is not None
    signs_up(Visitor(app, "kari"), number)
    with app.app_context():
        pump.drain()
    batches = [m["args"][0] for m in socket.get_received() if m["name"] == "batch"]
    drawn = {op["target"]: op.get("html", "") for batch in batches for op in batch["ops"]}
    assert "1 av 30 plasser" in drawn[f"gathering-{number}"]
    assert "Kari" not in str(drawn)


def test_nobody_follows_a_plan(app: Flask) -> None:
    number = planned(Visitor(app, "fatima"))
    for who in (None, "kari", "gro"):
        visitor = Visitor(app, who)
        socket = socketio.test_client(
            app, flask_test_client=visitor.client, headers={"Origin": ORIGIN}
        )
        for stream in (f"workshop:{number}", "workshop:x", "workshop:999999999999"):
            asked = {"streams": [stream], "lang": "nb"}
            assert socket.emit("follow", asked, callback=True)[stream] is None


def test_a_calendar_can_read_it(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = announced(fatima)
    for path in (f"/havnvik/workshops/{number}.ics", "/havnvik/workshops.ics"):
        answer = Visitor(app).gets(path)
        assert answer.mimetype == "text/calendar"
        (event,) = Calendar.from_ical(answer.data).walk("VEVENT")
        assert event["summary"] == TITLE and event["location"] == "Kulturhuset, store sal"
        assert event["dtstart"].dt == stored(app, number).starts_at
        assert event["url"].endswith(f"/havnvik/workshops/{number}")
    assert stored(app, number).starts_at > now()


def _list(app: Flask, number: int) -> list[tuple[str, bool]]:
    query = select(SignUp).where(SignUp.workshop_id == number)
    with app.app_context():
        found = db.session.scalars(query.order_by(SignUp.created_at)).all()
        return [(each.user.name, each.seated) for each in found]


def _mails(app: Flask, to: str) -> list[str]:
    with app.app_context():
        write_letters()
        return list(db.session.scalars(select(Mail.subject).where(Mail.to == to).order_by(Mail.id)))
