"""When things happened in the demo: days before today, at hours when people are awake."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from random import Random

from ..core.clock import from_oslo, oslo

JUST_NOW = timedelta(minutes=4)
SHORTLY = timedelta(minutes=40)


class Calendar:
    """Turns "12 days ago" into a moment, the same one for the same dice."""

    def __init__(self, today: datetime, dice: Random) -> None:
        self.today = today
        self.dice = dice

    def evening(self, days_ago: float, *, after: datetime | None = None) -> datetime:
        """Return a moment when people write: mornings, lunch and evenings, any day."""
        hour = self.dice.choice((7, 8, 11, 12, 16, 17, 18, 19, 19, 20, 20, 21, 21, 22))
        return self._within(self._on(days_ago, hour), after)

    def office(self, days_ago: float, *, after: datetime | None = None) -> datetime:
        """Return a moment when a municipality works: weekdays from eight to four."""
        moment = self._on(days_ago, self.dice.randrange(8, 16))
        while oslo(moment).weekday() > 4:
            moment -= timedelta(days=1)
        return self._within(moment, after)

    def spread(self, start: datetime, end: datetime, count: int) -> list[datetime]:
        """Return that many moments in between, in order, most of them early."""
        length = max(end - start, timedelta(minutes=1))
        shares = sorted(self.dice.betavariate(0.9, 2.2) for _ in range(count))
        return [start + share * length for share in shares]

    def _on(self, days_ago: float, hour: int) -> datetime:
        if days_ago < 1:
            return self.today - timedelta(days=days_ago)
        day = oslo(self.today - timedelta(days=days_ago)).date()
        local = datetime.combine(day, time(hour, self.dice.randrange(60), self.dice.randrange(60)))
        return from_oslo(local)

    def _within(self, moment: datetime, after: datetime | None) -> datetime:
        # Nothing happens before what it follows, and nothing in the future.
        latest = self.today - JUST_NOW
        if after is None:
            return min(moment, latest)
        if moment <= after:
            moment = after + SHORTLY * self.dice.uniform(0.2, 1.0)
        return max(after + timedelta(seconds=1), min(moment, latest))
