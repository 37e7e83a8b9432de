"""How often one may do something: whoever is too fast is asked to wait, with nothing typed lost.

Flask-Limiter's own way looks for limits before and around every view; where only one thing is
counted, counting it is a fifth of a support's cost.
"""

from __future__ import annotations

from typing import Any

from limits import RateLimitItem
from limits.strategies import FixedWindowRateLimiter
from redis.exceptions import RedisError

from ..counters import Counters
from ..extensions import limiter
from .errors import TooMany

# Without Redis each process counts by itself: limits grow looser, never absent.
_alone = FixedWindowRateLimiter(Counters())


def exceeds(rate: RateLimitItem, what: str, who: str) -> bool:
    """Tell whether something was done beyond the rate already, without counting."""
    try:
        return not limiter.limiter.test(rate, what, who)
    except RedisError:
        return not _alone.test(rate, what, who)


def keep_pace(rate: RateLimitItem, what: str, who: str, words: Any) -> None:
    """Count something that is done; raise TooMany with these words beyond the rate.

    Under a lock give lazy words: whose language they are in may have to be read.
    """
    try:
        in_time = limiter.limiter.hit(rate, what, who)
    except RedisError:
        in_time = _alone.hit(rate, what, who)
    if not in_time:
        raise TooMany(str(words))
