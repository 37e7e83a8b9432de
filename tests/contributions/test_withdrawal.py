"""Withdrawing and hiding: with a public reason, by the right people, and what stays."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from smartby.contributions.models import Contribution
from smartby.core.pump import pump
from smartby.extensions import db, socketio
from tests.people import ORIGIN, Visitor

WHY = "Lysene er allerede satt opp."


def withdraws(visitor: Visitor, number: int, **fields: Any) -> Any:
    return visitor.posts(f"/havnvik/contributions/{number}/withdrawal", **{"reason": WHY} | fields)


def hides(visitor: Visitor, number: int, wanted: str = "yes", **fields: Any) -> Any:
    sent = {"reason": "Teksten nevner en privatperson.", "wanted": wanted}
    return visitor.posts(f"/havnvik/contributions/{number}/hiding", **sent | fields)


def stored(app: Flask, number: int) -> Contribution:
    with app.app_context():
        return db.session.get_one(Contribution, number)


def test_what_is_withdrawn_is_read_with_its_reason_and_takes_no_input(app: Flask) -> None:
    kari, jonas = Visitor(app, "kari"), Visitor(app, "jonas")
    number = kari.has_idea()
    assert "Du kan ikke angre" in kari.gets(f"/havnvik/contributions/{number}/withdrawal").get_data(
        as_text=True
    )
    assert withdraws(kari, number).status_code == 303
    page = jonas.gets(f"/havnvik/ideas/{number}").get_data(as_text=True)
    assert WHY in page
    assert stored(app, number).withdrawn_reason == WHY
    where = f"/havnvik/contributions/{number}"
    assert jonas.posts(f"{where}/support", wanted="yes").status_code == 403
    assert jonas.posts(f"{where}/comments", body="Enig i dette.").status_code == 403
    assert kari.gets(f"/havnvik/ideas/{number}/edit").status_code == 403


def test_withdrawing_twice_with_one_key_is_one_withdrawal(app: Flask) -> None:
    kari = Visitor(app, "kari")
    number = kari.has_idea()
    answers = [withdraws(kari, number, key="w" * 32) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    again = withdraws(kari, number, reason="En annen grunn, sendt på nytt.")
    assert again.status_code == 403
    assert "En annen grunn" in again.get_data(as_text=True)
    assert stored(app, number).withdrawn_reason == WHY


@pytest.mark.parametrize("reason", ["", "   ", "kort", "x" * 1001])
def test_a_reason_is_needed(app: Flask, reason: str) -> None:
    kari, ingrid = Visitor(app, "kari"), Visitor(app, "ingrid")
    number = kari.has_idea()
    assert withdraws(kari, number, reason=reason).status_code == 422
    assert hides(ingrid, number, reason=reason).status_code == 422
    assert (stored(app, number).withdrawn_at, stored(app, number).hidden_at) == (None, None)


@pytest.mark.parametrize("who", ["jonas", "ingrid", "hanne"])
def test_only_its_author_withdraws_it(app: Flask, who: str) -> None:
    number = Visitor(app, "kari").has_idea()
    other = Visitor(app, who)
    assert other.gets(f"/havnvik/contributions/{number}/withdrawal").status_code == 403
    assert withdraws(other, number).status_code == 403
    assert withdraws(other, number, reason="").status_code == 403
    assert stored(app, number).withdrawn_at is None


def test_hiding_leaves_it_to_the_staff_and_showing_brings_it_back(app: Flask) -> None:
    kari, ingrid = Visitor(app, "kari"), Visitor(app, "ingrid")
    number = kari.has_idea()
    path = f"/havnvik/ideas/{number}"
    assert "Skjul ideen" in ingrid.gets(f"/havnvik/contributions/{number}/hiding").get_data(
        as_text=True
    )
    assert hides(ingrid, number).status_code == 303
    jonas = Visitor(app, "jonas")
    assert [v.gets(path).status_code for v in (jonas, ingrid, Visitor(app))] == [404, 200, 404]
    assert "Lys på gangveien" not in Visitor(app).gets("/havnvik/ideas").get_data(as_text=True)
    assert "Vis ideen igjen" in ingrid.gets(f"/havnvik/contributions/{number}/hiding").get_data(
        as_text=True
    )
    assert hides(ingrid, number, "no").status_code == 303
    assert kari.gets(path).status_code == 200


@pytest.mark.parametrize("who", ["kari", "jonas", "fatima", "olav", None])
def test_nobody_but_the_towns_staff_hides(app: Flask, who: str | None) -> None:
    number = Visitor(app, "kari").has_idea()
    visitor = Visitor(app, who)
    refused = 302 if who is None else 403
    assert visitor.gets(f"/havnvik/contributions/{number}/hiding").status_code == refused
    assert hides(visitor, number).status_code == refused
    assert stored(app, number).hidden_at is None


def test_hiding_says_what_is_wanted_and_never_flips(app: Flask) -> None:
    ingrid, hanne = Visitor(app, "ingrid"), Visitor(app, "hanne")
    number = Visitor(app, "kari").has_idea()
    assert hides(ingrid, number, "maybe").status_code == 422
    hides(ingrid, number)
    assert hides(hanne, number).status_code == 303
    assert stored(app, number).hidden_at is not None


def test_another_towns_and_none_look_the_same(app: Flask) -> None:
    kari, ingrid = Visitor(app, "kari"), Visitor(app, "ingrid")
    foreign = kari.has_idea(town="fjordvang")
    for number in (foreign, 999_999):
        assert withdraws(kari, number).status_code == 404
        assert hides(ingrid, number).status_code == 404


@pytest.mark.parametrize("act", [withdraws, hides])
def test_open_pages_are_read_anew(app: Flask, act: Any) -> None:
    number = Visitor(app, "kari").has_idea()
    reader = Visitor(app, "hanne")
    socket = socketio.test_client(app, flask_test_client=reader.client, headers={"Origin": ORIGIN})
    follow = {"streams": [f"contribution:{number}"], "lang": "nb"}
    socket.emit("follow", follow, callback=True)
    act(Visitor(app, "kari" if act is withdraws else "ingrid"), number)
    with app.app_context():
        pump.drain()
    (batch,) = [m["args"][0] for m in socket.get_received() if m["name"] == "batch"]
    assert {"op": "refresh"} in batch["ops"]
