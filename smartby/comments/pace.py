"""How fast one may write: whoever is too fast is asked to wait, with the text still in the form."""

from __future__ import annotations

from flask_babel import gettext as _
from limits import parse
from redis.exceptions import RedisError

from ..core.errors import TooMany
from ..extensions import limiter

RATE = parse("30/minute")


def keep_pace(who: str) -> None:
    """Count something that is written; raise TooMany after thirty in a minute."""
    try:
        in_time = limiter.limiter.hit(RATE, "comments", who)
    except RedisError:
        return  # nobody counts: the talk goes on
    if not in_time:
        raise TooMany(_("Du skriver veldig fort. Vent et minutt og send igjen."))
