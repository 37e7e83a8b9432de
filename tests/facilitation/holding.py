"""Workshops as tests hold them."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask

from smartby.core.guests import hash_of
from smartby.core.transaction import transaction
from smartby.extensions import db, socketio
from smartby.facilitation.models import Participant, Run
from smartby.workshops.models import Workshop
from tests.people import ORIGIN, Visitor
from tests.workshops.planning import adds, planned

STEPS = (("talk", "Velkommen"), ("brainstorm", "Hva mangler i sentrum?"), ("break", "Pause"))


def held(
    visitor: Visitor, steps: Any = STEPS, anonymity: str = "pseudonymous", joining: str = "anyone"
) -> int:
    """Plan a workshop with a programme, and open its doors; return its number."""
    number = planned(visitor)
    with visitor.app.app_context(), transaction():
        plan = db.session.get_one(Workshop, number)
        plan.anonymity, plan.joining = anonymity, joining
    for kind, title in steps:
        assert adds(visitor, number, title, kind=kind).status_code == 303
    answer = visitor.posts(f"/havnvik/workshops/{number}/doors", sure="yes")
    assert answer.status_code == 303, answer.get_data(as_text=True)[:2000]
    return number


def run_of(app: Flask, number: int) -> Run:
    """Read a run from the database."""
    with app.app_context():
        return db.session.get_one(Run, number)


def joins(app: Flask, number: int, key: str | None = None, **fields: Any) -> Visitor:
    """Let somebody in by the code; return them."""
    guest = Visitor(app, key)
    answer = guest.posts(f"/j/{run_of(app, number).code}", **fields)
    assert answer.status_code == 303, answer.get_data(as_text=True)[:2000]
    return guest


def who(app: Flask, guest: Visitor, number: int) -> Participant:
    """Return who somebody is in a run."""
    cookie = guest.client.get_cookie(f"smartby-workshop-{number}")
    assert cookie is not None
    with app.app_context():
        query = db.select(Participant).where(Participant.secret_hash == hash_of(cookie.value))
        return db.session.scalars(query).one()


def drives(visitor: Visitor, number: int, do: str, rev: int | None = None, **fields: Any) -> Any:
    """Give an order, with the state that is shown now unless told otherwise."""
    page = f"/havnvik/workshops/{number}/console"
    if rev is None:
        found = re.search(r'name="rev" value="(\d+)"', visitor.gets(page).get_data(as_text=True))
        assert found is not None
        rev = int(found[1])
    run = run_of(visitor.app, number)
    fields.setdefault("activity", str(run.activity_id or ""))
    return visitor.posts(page, do=do, rev=str(rev), **fields)


def does(guest: Visitor, number: int, do: str, **fields: Any) -> Any:
    """Do something as a participant."""
    run = run_of(guest.app, number)
    fields.setdefault("activity", str(run.activity_id or ""))
    return guest.posts(f"/havnvik/workshops/{number}/room", do=do, **fields)


def sees(guest: Visitor, number: int, page: str = "room") -> str:
    """Read a page of a run."""
    answer = guest.gets(f"/havnvik/workshops/{number}/{page}")
    assert answer.status_code == 200, answer.status
    return answer.get_data(as_text=True)


def listens(app: Flask, guest: Visitor, *streams: str) -> Any:
    """Open a socket that follows streams; return it and what each was answered."""
    socket = socketio.test_client(app, flask_test_client=guest.client, headers={"Origin": ORIGIN})
    numbers = socket.emit("follow", {"streams": list(streams), "lang": "nb"}, callback=True)
    return socket, numbers
