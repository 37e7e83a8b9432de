"""How often a password may be tried and a mail asked for: slowed down, never locked out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _
from limits import parse
from redis.exceptions import RedisError

from ..core.errors import Busy, TooMany
from ..extensions import limiter
from .addresses import normal

PASSWORD = "5/minute"  # noqa: S105 - a rate
MAIL = "3/hour"


def spend_password_try(email: str | None) -> None:
    """Count a try of an account's password; raise TooMany when there were five in a minute."""
    _spend("password", PASSWORD, _who(email))


def forgive_password_tries(email: str | None) -> None:
    """Forget the tries after a right password."""
    _closed(limiter.limiter.clear, parse(PASSWORD), "password", _who(email))


def spend_mail(email: str | None) -> None:
    """Count a mail to an address that anybody can ask for; raise TooMany after three in an hour."""
    _spend("mail", MAIL, _who(email))


def spend_held_text(address: str) -> None:
    """Count a text held for somebody not signed in."""
    _spend("held", "60/hour", address)


def _spend(what: str, rate: str, who: str) -> None:
    # Before the try, not after it: a hundred tries at the same moment are a hundred tries.
    if not _closed(limiter.limiter.hit, parse(rate), what, who):
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
