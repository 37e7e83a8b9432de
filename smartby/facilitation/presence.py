"""Who is on line just now: passing counts that the processes tell each other, never stored."""

from __future__ import annotations

import time
from collections import defaultdict
from typing import Any

from ..core.doorbell import doorbell, hears
from ..core.pump import on_beat, pump

LASTS = 5.0  # seconds that another process' count is believed
OWN = "participant:"

_runs: dict[int, int] = {}  # participant → run, of those who have followed here
_told: dict[int, int] = {}  # run → what the screens of this process were told
_others: dict[int, dict[str, tuple[int, float]]] = defaultdict(dict)  # run → process → count, until


def note(participant: int, run: int) -> None:
    """Remember which run somebody belongs to who follows from this process."""
    _runs[participant] = run


def present(run: int) -> int:
    """Count who is on line in a run, as far as this process knows."""
    moment = time.monotonic()
    elsewhere = sum(count for count, until in _others[run].values() if until > moment)
    return _here().get(run, 0) + elsewhere


@on_beat
def tell() -> None:
    """Once a second: tell the other processes who is here, and the screens how many in all."""
    here = _here()
    for run in {*here, *_told, *_others}:
        doorbell.tell("presence", [doorbell.name, run, here.get(run, 0)])
        count = present(run)
        if _told.get(run) != count:
            _told[run] = count
            for view in ("staff", "screen", "helper"):
                pump.volatile(f"room:{run}:{view}", present=count)
        if not count and run not in here:
            _told.pop(run, None)
            _others.pop(run, None)


@hears("presence")
def hear_of_presence(word: Any) -> None:
    """Take in what another process has counted."""
    process, run, count = word
    _others[run][process] = (count, time.monotonic() + LASTS)


def forget() -> None:
    """Forget who is here (between tests)."""
    for table in (_runs, _told, _others):
        table.clear()


def _here() -> dict[int, int]:
    counts: dict[int, int] = defaultdict(int)
    followed = {name for name in pump.rooms if name.startswith(OWN)}
    for participant in list(_runs):
        if f"{OWN}{participant}" in followed:
            counts[_runs[participant]] += 1
        else:
            del _runs[participant]
    return counts
