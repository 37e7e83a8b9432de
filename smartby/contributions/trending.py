"""How much is going on around a contribution now: one number, and the facts it is made of."""

from dataclasses import dataclass
from datetime import UTC, datetime
from math import log10

COMMENT_WEIGHT = 2  # a comment takes more effort than a support
TENFOLD = 864_000  # ten days, in seconds: a town is slower than a news site
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Explanation:
    """The facts behind a place in the list, for the page that tells why."""

    supports: int
    comments: int
    points: int
    published_at: datetime
    activity: float
    freshness: float
    tenfold_days: int = TENFOLD // 86_400

    @property
    def score(self) -> float:
        return self.activity + self.freshness


def explain(supports: int, comments: int, published_at: datetime) -> Explanation:
    """Return the parts that the trending score is the sum of."""
    points = supports + COMMENT_WEIGHT * comments
    return Explanation(
        supports=supports,
        comments=comments,
        points=points,
        published_at=published_at,
        activity=log10(max(1, points)),
        freshness=(published_at - _EPOCH).total_seconds() / TENFOLD,
    )


def trending(supports: int, comments: int, published_at: datetime) -> float:
    """Return the score that lists are sorted by when they show what is going on.

    Ten times the points weigh as much as being published ten days later. The score of a
    contribution changes only when someone supports or comments it, never by the passing of
    time, so it can be stored and indexed.
    """
    return explain(supports, comments, published_at).score
