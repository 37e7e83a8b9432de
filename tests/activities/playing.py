"""Activities as tests hold them: one that is on, with rules, and what people wrote in it."""

from __future__ import annotations

import json
from typing import Any

from flask import Flask
from werkzeug.datastructures import MultiDict

from smartby.core.pump import pump
from smartby.core.transaction import transaction
from smartby.extensions import db
from smartby.facilitation.models import Card
from smartby.workshops.kinds import kind_of
from smartby.workshops.models import Activity
from tests.facilitation.holding import drives, held, run_of
from tests.people import Visitor


def on(app: Flask, kind: str, anonymity: str = "pseudonymous", **rules: Any) -> tuple[Visitor, int]:
    """Hold a workshop in which an activity of a kind is on."""
    fatima = Visitor(app, "fatima")
    number = held(fatima, ((kind, "Hva mangler?"), ("break", "Pause")), anonymity=anonymity)
    rule(app, kind, **rules)
    assert drives(fatima, number, "next").status_code == 303
    return fatima, number


def rule(app: Flask, kind: str, **rules: Any) -> None:
    """Set the rules of the first activity of a kind."""
    with app.app_context(), transaction():
        db.session.scalars(first_of(kind)).first().rules = rules


def first_of(kind: str) -> Any:
    """Select the activities of a kind: a database has no order of its own."""
    return db.select(Activity).where(Activity.kind == kind).order_by(Activity.id)


def presses(visitor: Visitor, number: int, name: str, value: Any, **fields: Any) -> Any:
    """Press a button of the console that carries a value, as without script."""
    run = run_of(visitor.app, number)
    page = f"/havnvik/workshops/{number}/console"
    sent = {name: str(value), "rev": str(run.rev), "activity": str(run.activity_id), **fields}
    return visitor.posts(page, **sent)


def taps(guest: Visitor, number: int, name: str, value: Any, **fields: Any) -> Any:
    """Press a button of the participant's page that carries a value, as without script."""
    run = run_of(guest.app, number)
    page = f"/havnvik/workshops/{number}/room"
    return guest.posts(page, **{name: str(value), "activity": str(run.activity_id), **fields})


def shows_screen(app: Flask, number: int) -> Visitor:
    """Open the projector's page in a browser of its own."""
    projector = Visitor(app)
    projector.gets(f"/havnvik/workshops/{number}/screen/{run_of(app, number).screen_key}")
    return projector


def cards(app: Flask) -> list[Card]:
    """Return all cards in the order in which they came."""
    with app.app_context():
        return list(db.session.scalars(db.select(Card).order_by(Card.id)))


def ids(app: Flask) -> dict[str, int]:
    """Return the numbers of the cards by their texts."""
    return {card.body: card.id for card in cards(app)}


def heard(app: Flask, socket: Any) -> list[dict[str, Any]]:
    """Return the operations that a socket has been sent since last asked."""
    with app.app_context():
        pump.drain()
    batches = [one for event in socket.get_received() for one in event["args"]]
    return [op for one in batches for op in one.get("ops", [])]


def told(ops: list[dict[str, Any]]) -> str:
    """Write operations as one text to look for words in."""
    return json.dumps(ops, ensure_ascii=False)


def harvested(app: Flask, kind: str) -> tuple[list[Any], list[list[Any]]]:
    """Return what comes out of the first activity of a kind: its harvest, and its table."""
    with app.test_request_context():
        activity = db.session.scalars(first_of(kind)).first()
        play: Any = kind_of(kind)
        return play.harvest(activity), play.rows(activity)


def set_rules(app: Flask, kind: str, **typed: str) -> dict[str, Any]:
    """Fill in a kind's form; return its errors by field."""
    with app.test_request_context():
        form: Any = kind_of(kind).rules_form
        filled = form(MultiDict(typed), meta={"csrf": False})
        filled.validate()
        return dict(filled.errors)
