"""How often one may ask what a text is like while it is written: more often than anybody types."""

from __future__ import annotations

from flask_babel import gettext as _
from limits import parse
from redis.exceptions import RedisError

from ..core.errors import TooMany
from ..extensions import limiter

PERSON = parse("120/minute")
ADDRESS = parse("600/minute")  # a school or a library full of people has one


def keep_pace(who: str, address: str) -> None:
    """Count a look at what somebody writes; raise TooMany when there were too many in a minute."""
    rate, key = (ADDRESS, address) if who == "anonymous" else (PERSON, who)
    try:
        in_time = limiter.limiter.hit(rate, "looks", key)
    except RedisError:
        return  # nobody counts: the writing goes on
    if not in_time:
        raise TooMany(_("Nå gikk det litt fort. Vent et minutt, så ser vi etter igjen."))
