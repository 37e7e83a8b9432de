"""What a hall asks of the database when everybody joins, votes and writes at the same time."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask

from smartby.core.alike import KEY, TOKEN
from smartby.core.pump import pump
from smartby.core.transaction import transaction
from smartby.extensions import db
from smartby.workshops.models import Workshop
from tests.activities.voting import guests, voting
from tests.facilitation.holding import drives, held, joins, listens, run_of, sees, who
from tests.people import ORIGIN, Visitor
from tests.statements import counted

JSON = {"Origin": ORIGIN, "Accept": "application/json"}
DOOR, JOIN, ROOM, FOLLOW = 1, 7, 6, 3
BALLOT, CARD = 14, 13


def tables(sent: list[str]) -> str:
    """Name the statements, to be read where there are too many."""
    return "\n".join(statement[:90] for statement in sent)


def presses(guest: Visitor, number: int, **fields: str) -> Any:
    """Do something as the page's script does; the token is read before, outside the count."""
    run = run_of(guest.app, number)
    sent = {"csrf_token": guest.token(), "activity": str(run.activity_id), **fields}

    def send(**headers: str) -> Any:
        path = f"/havnvik/workshops/{number}/room"
        answer = guest.client.post(path, data=sent, headers={**JSON, **headers})
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return answer.get_json()

    return send


@pytest.mark.parametrize("kind", ["dots", "brainstorm"])
def test_joining_costs_few_statements(app: Flask, kind: str) -> None:
    _fatima, number = voting(app, "dots") if kind == "dots" else (None, _brainstorm(app))
    sees(joins(app, number), number)  # what all see alike has been drawn
    code, guest = run_of(app, number).code, Visitor(app)
    with counted(app) as door:
        page = guest.gets(f"/j/{code}").get_data(as_text=True)
    sent = dict(re.findall(r'name="(csrf_token|key)"[^>]*value="([^"]+)"', page)[:2])
    with counted(app) as join:
        assert guest.client.post(f"/j/{code}", data=sent, headers={"Origin": ORIGIN}).location
    with counted(app) as room:
        streams = guest.gets(f"/havnvik/workshops/{number}/room").get_data(as_text=True)
    names = [name.partition("@")[0] for name in _streams(streams)]
    with counted(app) as follow:
        listens(app, guest, *names)
    assert len(door) <= DOOR, tables(door)
    assert len(join) <= JOIN, tables(join)
    assert len(room) <= ROOM, tables(room)
    assert len(follow) <= FOLLOW, tables(follow)


def test_a_ballot_costs_few_statements_whoever_else_has_voted(app: Flask) -> None:
    _fatima, number = voting(app, "dots")
    first, *others = guests(app, number, 4)
    for other in others:
        presses(other, number, mark="option:1=1")()
    send = presses(first, number, mark="option:2=1", key="a" * 32)
    with counted(app) as new:
        send()
    send = presses(first, number, mark="option:3=1", key="b" * 32)
    with counted(app) as more:
        send()
    assert len(new) <= BALLOT, tables(new)
    assert len(more) <= BALLOT, tables(more)


def test_a_card_costs_few_statements(app: Flask) -> None:
    number = _brainstorm(app)
    guest = joins(app, number)
    send = presses(guest, number, do="write", body="Benker langs havna", key="a" * 32)
    with counted(app) as sent:
        send()
    assert len(sent) <= CARD, tables(sent)


def test_the_tab_that_was_answered_is_not_told_again_and_others_are(app: Flask) -> None:
    _fatima, number = voting(app, "dots")
    guest = joins(app, number)
    own = f"participant:{who(app, guest, number).id}"
    tab, _numbers = listens(app, guest, own)
    name = next(iter(pump.sids))
    answer = presses(guest, number, mark="option:1=1", key="a" * 32)(**{"X-Tab": name})
    assert "1 prikk fra deg" in answer["parts"]["own"]
    assert _heard(app, tab) == [(own, answer["at"], 0)]
    assert answer["stream"] == own
    # Somebody with two tabs: the other one did not see the answer.
    other, _numbers = listens(app, guest, own)
    answer = presses(guest, number, mark="option:2=1", key="b" * 32)(**{"X-Tab": name})
    assert _heard(app, other) == [(own, answer["at"], 1)]
    # One that acts without its socket is told, as whoever reads later is.
    other.disconnect()
    answer = presses(guest, number, mark="option:3=1", key="c" * 32)()
    tab.get_received()
    assert answer["at"] > 0
    caught_up = guest.gets(f"/live/{own}?after=0").get_json()
    assert caught_up["ops"]


def test_everybody_has_a_key_and_a_token_of_their_own_on_the_same_door(app: Flask) -> None:
    number = _brainstorm(app)
    code = run_of(app, number).code
    pages = [Visitor(app).gets(f"/j/{code}").get_data(as_text=True) for _ in range(3)]
    secrets = [_secrets(page) for page in pages]
    assert all(len(found) == 4 for found in secrets)  # a token and a key in each of two forms
    keys = [value for found in secrets for name, value in found if name == "key"]
    assert len(set(keys)) == 6
    assert len({value for found in secrets for name, value in found if name != "key"}) == 3
    assert len({re.sub(r'value="[^"]*"', "", page) for page in pages}) == 1


def test_the_door_shows_what_the_plan_says_now(app: Flask) -> None:
    number = _brainstorm(app)
    address = f"/j/{run_of(app, number).code}"
    before = Visitor(app).gets(address).get_data(as_text=True)
    with app.app_context(), transaction():
        plan = db.session.get_one(Workshop, number)
        plan.title, plan.joining = "Et nytt navn", "members"
    after = Visitor(app).gets(address).get_data(as_text=True)
    assert "Et nytt navn" in after
    assert "Et nytt navn" not in before
    assert "Logg inn for å bli med" in after
    signed_in = Visitor(app, "kari").gets(address).get_data(as_text=True)
    assert "Kari Solheim" in signed_in
    assert "Kari Solheim" not in Visitor(app).gets(address).get_data(as_text=True)


def _brainstorm(app: Flask) -> int:
    fatima = Visitor(app, "fatima")
    number = held(fatima)
    for _step in range(2):
        drives(fatima, number, "next")
    return number


def _streams(page: str) -> list[str]:
    found = re.search(r'data-streams="([^"]+)"', page)
    assert found is not None
    return found[1].split()


def _secrets(page: str) -> list[tuple[str, str]]:
    return re.findall(r'name="(csrf_token|key)"[^>]*value="([^"]+)"', page)


def _heard(app: Flask, socket: Any) -> list[tuple[str, int, int]]:
    with app.app_context():
        pump.drain()
    batches = [each["args"][0] for each in socket.get_received() if each["name"] == "batch"]
    return [(batch["stream"], batch["seq"], len(batch["ops"])) for batch in batches]


def test_no_title_draws_a_readers_token_into_itself(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima)
    with app.app_context(), transaction():
        db.session.get_one(Workshop, number).title = f"Torget{TOKEN} og {KEY}havna"
    guest = Visitor(app)
    page = guest.gets(f"/j/{run_of(app, number).code}").get_data(as_text=True)
    assert "Torget og havna" in page
