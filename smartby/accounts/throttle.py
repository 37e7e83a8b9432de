"""How often a password may be tried and a mail asked for: slowed down, never locked out.

Whoever guesses at somebody's password must not be able to keep its owner out. So tries are counted
for each account and address, all strangers' tries on an account more loosely, and apart from both
those of browsers that its owner has signed in with before, and of its owner signed in.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from limits import parse
from redis.exceptions import RedisError

from ..core.errors import Busy, TooMany
from ..extensions import limiter
from .addresses import normal

ONE_PLACE = "5/minute"
STRANGERS = "50/hour"  # on one account, from everywhere
MAIL = "3/hour"


@dataclass(frozen=True, slots=True)
class Try:
    """A try of an account's password: where from, and whether that is a place of its owner's."""

    email: str | None
    place: str
    at_home: bool = False


def spend_password_try(tried: Try) -> None:
    """Count a try; raise TooMany after five in a minute there, or fifty strangers' in an hour."""
    _spend("password", ONE_PLACE, _who(tried.email), tried.place)
    if not tried.at_home:
        _spend("password", STRANGERS, _who(tried.email))


def forgive_password_tries(tried: Try) -> None:
    """Forget the tries at this place after a right password; others' still count."""
    what = ("password", _who(tried.email), tried.place)
    _closed(limiter.limiter.clear, parse(ONE_PLACE), *what)


def spend_mail(email: str | None) -> None:
    """Count a mail to an address that anybody can ask for; raise TooMany after three in an hour."""
    _spend("mail", MAIL, _who(email))


def spend_held_text(address: str) -> None:
    """Count a text held for somebody not signed in."""
    _spend("held", "60/hour", address)


def known_mark(email: str | None) -> str:
    """Return what a browser keeps to show that this account has signed in there.

    Nobody can read whose it is, nor make one without the installation's secret.
    """
    secret = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(secret, f"known:{_who(email)}".encode(), hashlib.sha256).hexdigest()[:22]


def _spend(what: str, rate: str, *who: str) -> None:
    # Before the try, not after it: a hundred tries at the same moment are a hundred tries.
    if not _closed(limiter.limiter.hit, parse(rate), what, *who):
        raise TooMany(_("Vent litt før du prøver igjen."))


def _closed(ask: Callable[..., Any], *args: Any) -> Any:
    try:
        return ask(*args)
    except RedisError as error:  # nobody counts: then nobody gets to guess either
        raise Busy from error


def _who(email: str | None) -> str:
    # Unknown addresses are counted just like known ones, and none is kept in clear.
    text = normal(email) or (email or "")[:300]
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]
