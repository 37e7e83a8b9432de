"""Every button of a console as a person presses it, and what the server would say to each."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

from flask import Flask

from smartby.accounts.models import User
from smartby.core.errors import Refusal
from smartby.core.transaction import transaction
from smartby.extensions import db
from smartby.facilitation.drive import Call, steer
from smartby.facilitation.models import Run
from smartby.facilitation.play import play_of, said
from tests.facilitation.holding import sees
from tests.people import Visitor

PICKED = 2  # cards that are chosen on a page
LONG_AGO = timedelta(seconds=10)
Button = tuple[str, str]


class Desk(HTMLParser):
    """What belongs to the page's one form: its buttons, and what is sent with each of them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.buttons: list[Button] = []
        self.fields: dict[str, str] = {}
        self._select, self._options = "", Counter[str]()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Fill in what a person would choose, and note the buttons."""
        has = {name: value or "" for name, value in attrs}
        if tag == "option" and self._select and has.get("value"):
            self._choose(has["value"])
        if has.get("form") != "act":
            return
        name, value = has.get("name", ""), has.get("value", "")
        self._select = name if tag == "select" else ""
        if tag == "button" and not {"disabled", "aria-disabled"} & has.keys():
            self.buttons.append((name, value))
        elif tag == "input" and (has.get("type") != "checkbox" or self._picks()):
            self.fields[name] = value

    def _picks(self) -> bool:
        return sum(name.startswith("pick-") for name in self.fields) < PICKED

    def _choose(self, value: str) -> None:
        # The first of two groups, and the second.
        self._options[self._select] += 1
        if self._options[self._select] == (1 if "from" in self._select else 2):
            self.fields[self._select] = value

    def sent(self, button: Button) -> dict[str, str]:
        """Return what pressing a button sends."""
        return self.fields | {button[0]: button[1]}


def sort_of(button: Button) -> str:
    """Name what a button does: its value, or its name where its value is a card's number."""
    return button[1] if button[0] == "do" else button[0]


def desk_of(visitor: Visitor, number: int) -> Desk:
    """Read the console."""
    return Desk(sees(visitor, number, "console"))


def refusals(app: Flask, visitor: Visitor, number: int) -> dict[str, str]:
    """Press each button of the console as it is now, undo that, and return what was refused."""
    desk = desk_of(visitor, number)
    # Of those that stand at each card the last is pressed.
    sorts = {sort_of(button): button for button in desk.buttons}
    found = {name: _refusal(app, number, desk.sent(button)) for name, button in sorts.items()}
    return {name: why for name, why in found.items() if why}


def ages(app: Flask, number: int, **times: Any) -> None:
    """Let the last moment to send have passed where it is locked; set other times of what is on."""
    with app.app_context(), transaction():
        activity = db.session.get_one(Run, number).activity
        if activity is not None and activity.locked_at is not None:
            activity.locked_at -= LONG_AGO
        for name, moment in times.items():
            setattr(activity, name, moment)


def _refusal(app: Flask, number: int, sent: dict[str, str]) -> str:
    with app.test_request_context("/havnvik"):
        by = db.session.scalars(db.select(User).where(User.email == "fatima@example.no")).one()
        run = db.session.get_one(Run, number)
        orders = play_of(run.activity).orders if run.activity is not None else {}
        verb, fields = said(sent, orders)
        call = Call(verb, int(fields.pop("rev")), fields)
        try:
            with transaction():
                steer(run, call, by=by)
                raise _TakenBack
        except _TakenBack:
            return ""
        except Refusal as refusal:
            return refusal.message or "?"


class _TakenBack(Exception):
    """What was pressed is undone again, so that each is pressed on the same page."""
