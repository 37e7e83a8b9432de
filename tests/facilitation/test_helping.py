"""Those who help: they see who needs a hand and what waits, decide on cards, and never drive."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask

from smartby.extensions import db
from smartby.facilitation.models import Card
from tests.activities.playing import cards, heard, ids, on, presses, told
from tests.facilitation.holding import does, drives, held, joins, listens, run_of, sees
from tests.people import Visitor
from tests.workshops.test_leads import gives

WORDS = "Øvingsrom med tykke vegger"
UNSEEN = "Noe som ikke er avslørt"


def helped(app: Flask, kind: str = "brainstorm", **rules: Any) -> tuple[Visitor, Visitor, int]:
    """Hold a workshop at which somebody helps; return who leads, who helps, and its number."""
    fatima, number = on(app, kind, **rules)
    assert gives(app, fatima, number, "amir", "helper") == 303
    return fatima, Visitor(app, "amir"), number


def decides(visitor: Visitor, number: int, do: str, **fields: Any) -> Any:
    fields.setdefault("activity", str(run_of(visitor.app, number).activity_id or ""))
    return visitor.posts(f"/havnvik/workshops/{number}/helping", do=do, **fields)


def states(app: Flask) -> list[str]:
    return [card.state for card in cards(app)]


def test_a_helper_sees_what_goes_on_and_who_needs_a_hand(app: Flask) -> None:
    fatima, amir, number = helped(app)
    bo = joins(app, number, name="Bo")
    does(bo, number, "hand", wanted="yes")
    does(bo, number, "ready", wanted="yes")
    page = sees(amir, number, "helping")
    assert "Hva mangler?" in page and "Idédugnad" in page and "Bo" in page
    assert "Ta ned alle" not in page and 'value="next"' not in page
    shown = amir.gets(f"/havnvik/workshops/{number}").get_data(as_text=True)
    assert f"/workshops/{number}/helping" in shown
    assert sees(fatima, number, "helping")


def test_who_helps_takes_down_one_hand(app: Flask) -> None:
    _fatima, amir, number = helped(app)
    bo, aud = joins(app, number, name="Bo"), joins(app, number, name="Aud")
    for somebody in (bo, aud):
        does(somebody, number, "hand", wanted="yes")
    found = dict(
        re.findall(
            r'name="lower_hand" value="(\d+)".*?hånda til (\w+)<', sees(amir, number, "helping")
        )
    )
    hand = {name: value for value, name in found.items()}
    for _again in range(2):
        answer = decides(amir, number, "", lower_hand=hand["Bo"], activity="")
        assert answer.status_code == 303
    assert 'name="lower_hand" value="' + hand["Bo"] not in sees(amir, number, "helping")
    assert 'name="lower_hand" value="' + hand["Aud"] in sees(amir, number, "helping")
    assert decides(amir, number, "", lower_hand="999999", activity="").status_code == 303
    assert "Ta ned" in sees(amir, number, "helping")


@pytest.mark.parametrize("who", [None, "kari", "ingrid", "olav"])
def test_nobody_else_helps(app: Flask, who: str | None) -> None:
    _fatima, _amir, number = helped(app, approval=True)
    aud, other = joins(app, number), Visitor(app, who)
    does(aud, number, "write", body=WORDS)
    card = str(cards(app)[0].id)
    for visitor, status in ((other, 404), (aud, 403)):
        answer = visitor.gets(f"/havnvik/workshops/{number}/helping")
        assert answer.status_code in (302, status)
        assert decides(visitor, number, "approve", card=card).status_code in (302, status)
        _socket, numbers = listens(app, visitor, f"room:{number}:helper")
        assert set(numbers.values()) == {None}
    assert states(app) == ["waiting"]


@pytest.mark.parametrize(
    "order", ["next", "back", "lock", "pause", "reveal", "close", "rotate", "spotlight", "undo"]
)
def test_a_helper_never_drives(app: Flask, order: str) -> None:
    _fatima, amir, number = helped(app)
    joins(app, number)
    before = run_of(app, number)
    page = f"/havnvik/workshops/{number}"
    sent = {"do": order, "rev": str(before.rev), "activity": str(before.activity_id)}
    assert amir.posts(f"{page}/console", **sent).status_code == 403
    assert amir.gets(f"{page}/console").status_code == 403
    assert amir.posts(f"{page}/closing").status_code == 403
    assert decides(amir, number, order).status_code == 422
    after = run_of(app, number)
    assert (after.rev, after.activity_id, after.code) == (
        before.rev, before.activity_id, before.code,
    )  # fmt: skip


def test_a_helper_decides_on_what_waits(app: Flask) -> None:
    fatima, amir, number = helped(app, approval=True, open=True)
    aud, bo = joins(app, number, name="Aud Nilsen"), joins(app, number)
    for body in (WORDS, "Navn på en ansatt"):
        does(aud, number, "write", body=body)
    page = sees(amir, number, "helping")
    assert WORDS in page and "Navn på en ansatt" in page
    # Under a pseudonym only those who lead learn who wrote what.
    assert "Aud Nilsen" in sees(fatima, number, "console") and "Aud Nilsen" not in page
    numbers = ids(app)
    assert decides(amir, number, "approve", card=str(numbers[WORDS])).status_code == 303
    bad = str(numbers["Navn på en ansatt"])
    reason = {f"reason-{bad}": "Gjelder en person."}
    assert decides(amir, number, "hold", card=bad, **reason).status_code == 303
    assert WORDS in sees(bo, number) and "Navn på" not in sees(bo, number)
    assert "Gjelder en person." in sees(aud, number)
    assert decides(amir, number, "approve", card=str(numbers[WORDS])).status_code == 303
    # What a leader saw still holds: a helper's decision is no order.
    rev = run_of(app, number).rev
    assert drives(fatima, number, "next", rev=rev).status_code == 303
    late = decides(amir, number, "hold", card=str(numbers[WORDS]), activity="1")
    assert late.status_code == 422


def test_a_helper_reads_nothing_before_it_is_revealed(app: Flask) -> None:
    fatima, amir, number = helped(app)
    aud = joins(app, number)
    socket, _numbers = listens(app, amir, f"room:{number}:helper")
    does(aud, number, "write", body=UNSEEN)
    assert UNSEEN not in sees(amir, number, "helping")
    assert UNSEEN not in told(heard(app, socket))
    drives(fatima, number, "reveal")
    assert UNSEEN in told(heard(app, socket)) and UNSEEN in sees(amir, number, "helping")


def test_what_is_decided_is_live_for_all(app: Flask) -> None:
    fatima, amir, number = helped(app, approval=True, open=True)
    aud, bo = joins(app, number), joins(app, number)
    helper, _ = listens(app, amir, f"room:{number}:helper")
    does(aud, number, "write", body=WORDS)
    assert WORDS in told(heard(app, helper))
    room, _ = listens(app, bo, f"room:{number}")
    desk, _ = listens(app, fatima, f"room:{number}:staff")
    asked = {"Accept": "application/json"}
    card, activity = str(ids(app)[WORDS]), str(run_of(app, number).activity_id)
    path = f"/havnvik/workshops/{number}/helping"
    answer = amir.posts(path, headers=asked, do="approve", card=card, activity=activity)
    assert answer.status_code == 200 and f'id="help-{number}"' in answer.get_json()["html"]
    assert WORDS in told(heard(app, room)) and WORDS in told(heard(app, desk))
    gone = amir.posts(path, headers=asked, do="approve", card="999999", activity=activity)
    assert gone.status_code == 404 and "finnes ikke" in gone.get_json()["message"]
    plain = decides(amir, number, "approve", card="999999")
    assert plain.status_code == 404 and "Hjelperens side" in plain.get_data(as_text=True)


@pytest.mark.parametrize("kind", ["questions", "cloud", "tables"])
def test_every_kind_with_cards_lets_a_helper_hold_them_back(app: Flask, kind: str) -> None:
    fatima, amir, number = helped(app, kind)
    aud = joins(app, number)
    does(aud, number, "sit")
    drives(fatima, number, "round")
    does(aud, number, "write", body="Havet", turn="1")
    drives(fatima, number, "reveal")
    assert "Havet" in sees(amir, number, "helping")
    assert decides(amir, number, "hold", card=str(ids(app)["Havet"])).status_code == 303
    assert states(app) == ["held"]
    assert decides(amir, number, "approve", card=str(ids(app)["Havet"])).status_code == 303
    assert states(app) == ["shown"]


def test_a_helper_writes_for_somebody_from_here(app: Flask) -> None:
    _fatima, amir, number = helped(app)
    answer = amir.posts(f"/havnvik/workshops/{number}/proxies", name="Mannen ved vinduet")
    assert answer.status_code == 303
    page = sees(amir, number, "helping")
    assert "Mannen ved vinduet" in page and answer.location in page
    activity = str(run_of(app, number).activity_id)
    assert amir.posts(answer.location, do="write", activity=activity, body=WORDS).location
    sheet = {"lines": "En\nTo", "sure": "yes", "activity": activity}
    done = amir.posts(f"/havnvik/workshops/{number}/paper", **sheet)
    assert done.location.endswith("/helping")
    with app.app_context():
        assert len(db.session.scalars(db.select(Card)).all()) == 3


def test_it_stands_before_the_beginning_and_after_the_end(app: Flask) -> None:
    fatima, amir = Visitor(app, "fatima"), Visitor(app, "amir")
    number = held(fatima, (("talk", "Velkommen"), ("dots", "Hva er viktigst?")))
    gives(app, fatima, number, "amir", "helper")
    assert "Dørene er åpne" in sees(amir, number, "helping")
    drives(fatima, number, "next")
    assert "ingen lapper å ta stilling til" in sees(amir, number, "helping")
    assert presses(amir, number, "approve", 1).status_code == 403
    fatima.posts(f"/havnvik/workshops/{number}/closing")
    assert "Verkstedet er avsluttet" in sees(amir, number, "helping")
    assert decides(amir, number, "approve", card="1").status_code == 422
