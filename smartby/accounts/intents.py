"""What somebody was about to do when they were asked to sign in: signing in does it for them.

The rooms above say what may be done so, by the page that asks for it. The sign-in page tells what
will be done, so that its button is the wish; reading an address never does anything.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from flask import current_app
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter, RequestRedirect

from .models import User


@dataclass(frozen=True, slots=True)
class Asked:
    """The page somebody was on their way to: what its address names, and what it asks for."""

    place: dict[str, Any]
    wishes: dict[str, str]


@dataclass(frozen=True, slots=True)
class Intent:
    """`told` says what will be done, "" for nothing; `done` does it and returns where to go."""

    told: Callable[[Asked], str]
    done: Callable[[Asked, User], str]


_intents: dict[str, Intent] = {}


def intend(endpoint: str, intent: Intent) -> None:
    """Declare what signing in does for whoever was on their way to this page."""
    _intents[endpoint] = intent


def told(wanted: str) -> str:
    """Say what signing in will do besides, "" when it does nothing."""
    found = _find(wanted)
    return found[0].told(found[1]) if found else ""


def fulfil(wanted: str, user: User) -> str:
    """Do what was intended; return where the person goes now."""
    found = _find(wanted)
    if found is None or not found[0].told(found[1]):
        return wanted
    return found[0].done(found[1], user)


def _find(wanted: str) -> tuple[Intent, Asked] | None:
    if not wanted:
        return None
    parts = urlsplit(wanted)
    ways: MapAdapter = current_app.extensions["smartby-links"]
    try:
        endpoint, values = ways.match(parts.path, method="GET")
    except (HTTPException, RequestRedirect):
        return None
    wishes = {name: given[-1] for name, given in parse_qs(parts.query).items()}
    intent = _intents.get(endpoint)
    return (intent, Asked(dict(values), wishes)) if intent else None
