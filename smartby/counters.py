"""What limits are counted in where there is no Redis: the memory of this process."""

from __future__ import annotations

import time
from threading import Lock
from typing import Any

from limits.storage import MemoryStorage

SCHEME = "counters"
SWEEP = 1.0  # seconds between two looks for what has run out


class Counters(MemoryStorage):
    """The library's own, but for the thread that it starts at each count to look for old ones.

    That was a twentieth of what a ballot costs, and it looked through everybody's each time.
    """

    STORAGE_SCHEME = [SCHEME]

    def __init__(self, uri: str | None = None, **options: Any) -> None:
        super().__init__(uri, **options)
        self.one_at_a_time, self.swept = Lock(), 0.0

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Count; return how many there are in the window."""
        with self.one_at_a_time:
            moment = time.time()
            self._sweep(moment)
            self.get(key)  # which forgets it when its time has run out
            self.storage[key] += amount
            if self.storage[key] == amount:
                self.expirations[key] = moment + expiry
            return self.storage[key]

    def _sweep(self, moment: float) -> None:
        if moment - self.swept < SWEEP:
            return
        self.swept = moment
        for key in [key for key, until in self.expirations.items() if until <= moment]:
            self.get(key)
