"""What the workers have in memory over time, and whether that grows."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from itertools import combinations
from statistics import median
from typing import Self

from bench.readings import children, memory_kb
from tests.drills.stack import Stack

EVERY = 5.0  # seconds between two looks
WARM = 60.0  # seconds in which a new worker still fills what it keeps
APART = 30.0  # seconds between two samples that a slope is drawn through
HOUR = 3600.0
Sample = tuple[float, float]  # seconds, megabytes


class Memory(threading.Thread):
    """Samples of every worker of a stack, taken inside a with block."""

    def __init__(self, stack: Stack) -> None:
        super().__init__(daemon=True)
        self.stack = stack
        self.samples: dict[int, list[Sample]] = defaultdict(list)
        self.ending = threading.Event()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.ending.set()
        self.join(2 * EVERY)

    def run(self) -> None:
        """Look again and again."""
        while not self.ending.wait(EVERY):
            for app in list(self.stack.apps):
                if app.process is not None:
                    self._look(app.process.pid)

    def _look(self, master: int) -> None:
        try:
            for pid in children(master):
                self.samples[pid].append((time.monotonic(), memory_kb(pid) / 1024))
        except (OSError, RuntimeError):
            return  # it has just been killed

    @property
    def line(self) -> str:
        """What there is to tell of it."""
        lives = [each for each in self.samples.values() if each]
        peak = max((mb for each in lives for _at, mb in each), default=0.0)
        longest = max((each[-1][0] - each[0][0] for each in lives), default=0.0)
        slope = drift(lives)
        told = "unknown" if slope is None else f"{slope:.1f}"
        return (
            f"drift_mb_per_hour={told} peak_mb={peak:.0f} workers={len(lives)}"
            f" oldest_min={longest / 60:.1f}"
        )


def drift(lives: list[list[Sample]]) -> float | None:
    """Return the megabytes an hour that workers grow by; None when none of them lived long enough.

    The median of the slopes through any two samples of one worker (Theil and Sen): a few that were
    taken at a bad moment do not move it.
    """
    slopes = [
        (later[1] - earlier[1]) / (later[0] - earlier[0]) * HOUR
        for life in lives
        for earlier, later in combinations(_grown_up(life), 2)
        if later[0] - earlier[0] >= APART
    ]
    return median(slopes) if slopes else None


def _grown_up(life: list[Sample]) -> list[Sample]:
    return [sample for sample in life if sample[0] - life[0][0] >= WARM]
