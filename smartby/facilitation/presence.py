"""Who is on line just now: passing word that the processes give each other, never stored."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from flask import current_app

from ..core.doorbell import doorbell, hears
from ..core.pump import on_beat, pump
from .models import Run

LASTS = 5.0  # seconds that another process' word is believed
OWN = "participant:"
Word = tuple[frozenset[int], float]  # participants, until when it is believed

_runs: dict[int, int] = {}  # participant → run, of those who have followed here
_told: dict[int, int] = {}  # run → what the screens of this process were told
_reached: dict[str, set[str]] = {}  # stream → the sockets that were told
_others: dict[int, dict[str, Word]] = defaultdict(dict)  # run → process → its word


def note(participant: int, run: int) -> None:
    """Remember which run somebody belongs to who follows from this process."""
    _runs[participant] = run


def those_here(run: Run) -> frozenset[int]:
    """Return who is on line in a run; nobody where that is not known.

    Several workers without Redis know of their own sockets only, which says nothing of the rest.
    """
    alone = current_app.config["WORKERS"] == 1 or bool(current_app.config["REDIS_URL"])
    return _everywhere(run.id, _here()) if alone else frozenset()


@on_beat
def tell() -> None:
    """Once a second: tell the other processes who is here, and the screens how many in all."""
    here = _here()
    for run in {*here, *_told, *_others}:
        doorbell.tell("here", [doorbell.name, run, sorted(here.get(run, ()))])
        _tell_screens(run, len(_everywhere(run, here)))
        if not _told[run] and run not in here:
            _told.pop(run)
            _others.pop(run, None)


@hears("here")
def hear_who_is_here(word: Any) -> None:
    """Take in whom another process has seen."""
    process, run, seen = word
    _others[run][process] = (frozenset(seen), time.monotonic() + LASTS)


def forget() -> None:
    """Forget who is here (between tests)."""
    for table in (_runs, _told, _reached, _others):
        table.clear()


def _tell_screens(run: int, count: int) -> None:
    # A screen that has come since, or was read anew, has not been told: then it is said once more.
    changed = _told.get(run) != count
    _told[run] = count
    for view in ("staff", "helper"):
        stream = f"room:{run}:{view}"
        sockets = {sid for sids in pump.rooms.get(stream, {}).values() for sid in sids}
        if changed or sockets - _reached.get(stream, set()):
            pump.volatile(stream, present=count)
        _reached[stream] = sockets
        if not sockets:
            del _reached[stream]


def _everywhere(run: int, here: dict[int, set[int]]) -> frozenset[int]:
    moment = time.monotonic()
    words: Iterable[Word] = _others[run].values() if run in _others else ()
    return frozenset(here.get(run, ())).union(*(seen for seen, until in words if until > moment))


def _here() -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    followed = {name for name in pump.rooms if name.startswith(OWN)}
    for participant in list(_runs):
        if f"{OWN}{participant}" in followed:
            found[_runs[participant]].add(participant)
        else:
            del _runs[participant]
    return found
