"""Whoever is signed out elsewhere is asked to sign in, and not told that nothing is there."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from flask import Flask

from smartby.accounts.models import User
from smartby.accounts.sessions import end_sessions
from smartby.core.clock import now
from smartby.core.pump import pump
from smartby.core.transaction import perform
from smartby.extensions import db
from tests.facilitation.holding import held, joins, listens
from tests.people import PASSWORD, Visitor, user_id

JSON = {"Accept": "application/json"}


def is_signed_out(app: Flask, who: str) -> None:
    """End all sessions of somebody, as from another device."""
    person = user_id(app, who)
    with app.app_context():
        perform(end_sessions, db.session.get_one(User, person))


@pytest.mark.parametrize("page", ["console", "participants", "edit", "harvest"])
def test_a_page_of_those_who_lead_leads_to_signing_in_and_back(app: Flask, page: str) -> None:
    fatima = Visitor(app, "fatima")
    path = f"/havnvik/workshops/{held(fatima)}/{page}"
    assert fatima.gets(path).status_code == 200
    is_signed_out(app, "fatima")
    answer = fatima.gets(path)
    assert answer.status_code == 302
    asked = urlsplit(answer.location)
    assert (asked.path, parse_qs(asked.query)["next"]) == ("/sign-in", [path])
    back = fatima.posts(answer.location, email="fatima@example.no", password=PASSWORD)
    assert (back.status_code, back.location) == (303, path)


def test_an_order_from_a_page_that_is_open_is_answered_so_that_a_link_can_follow(
    app: Flask,
) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima)
    token = fatima.token()
    is_signed_out(app, "fatima")
    path = f"/havnvik/workshops/{number}/console"
    answer = fatima.client.post(path, data={"do": "next", "csrf_token": token}, headers=JSON)
    assert answer.status_code == 401 and "Logg inn" in answer.get_json()["message"]


def test_a_page_that_is_open_is_told_that_its_person_is_signed_out(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    stream, me = f"room:{held(fatima)}:staff", str(user_id(app, "fatima"))

    def asks(drawn_for: str) -> dict[str, object]:
        socket, _numbers = listens(app, fatima, stream)
        asked = {"streams": [stream], "lang": "nb", "me": drawn_for}
        told: dict[str, object] = socket.emit("follow", asked, callback=True)
        caught_up = fatima.gets(f"/live?me={drawn_for}&s={stream}@0").get_json()
        assert caught_up.get("signed_out") == told.get("signed_out")
        return told

    assert asks(me)[stream] is not None and "signed_out" not in asks(me)
    socket, _numbers = listens(app, fatima, stream)
    is_signed_out(app, "fatima")
    with app.app_context():
        pump.drain()
    assert not socket.is_connected()
    # It comes back as who is signed in now: a page that was nobody's own has lost nothing.
    assert asks(me) == {stream: None, "signed_out": True}
    assert asks("") == {stream: None}
    fatima.signs_in("kari")
    assert asks(me) == {stream: None, "signed_out": True}


def test_it_tells_nobody_whether_there_is_something(app: Flask) -> None:
    fatima, kari = Visitor(app, "fatima"), Visitor(app, "kari")
    number = held(fatima)
    for who in ("fatima", "kari"):
        is_signed_out(app, who)
    for there in (number, number + 1):
        path = f"/havnvik/workshops/{there}/console"
        answers = [who.client.get(path, headers=JSON) for who in (fatima, kari)]
        assert [answer.status_code for answer in answers] == [401, 401]
        assert len({answer.get_data() for answer in answers}) == 1
        # Whoever never was signed in here is told what they always were.
        assert Visitor(app).gets(path).status_code == 404


def test_whoever_was_idle_for_too_long_is_asked_too_and_whoever_signed_out_is_not(
    app: Flask,
) -> None:
    fatima = Visitor(app, "fatima")
    path = f"/havnvik/workshops/{held(fatima)}/console"
    with time_machine.travel(now() + timedelta(hours=1)):
        assert fatima.gets(path).status_code == 302
    fatima.signs_in("fatima")
    assert fatima.posts("/sign-out").status_code == 303
    assert fatima.gets(path).status_code == 404


def test_one_who_takes_part_by_an_account_alone_is_asked_to_sign_in(app: Flask) -> None:
    number = held(Visitor(app, "fatima"))
    joins(app, number, "kari", linked="y")
    elsewhere = Visitor(app, "kari")
    path = f"/havnvik/workshops/{number}/room"
    assert 'id="way-in"' in elsewhere.gets(path).get_data(as_text=True)
    is_signed_out(app, "kari")
    assert elsewhere.gets(path).status_code == 302
    # Without an account there is nothing to sign in to.
    guest = joins(app, number)
    assert 'id="way-in"' not in guest.gets(path).get_data(as_text=True)


def test_whoever_may_not_do_it_finds_the_way_to_another_account(app: Flask) -> None:
    page = Visitor(app, "kari").gets("/havnvik/settings")
    assert page.status_code == 403
    assert 'href="/sign-in?next=/havnvik/settings"' in page.get_data(as_text=True)
