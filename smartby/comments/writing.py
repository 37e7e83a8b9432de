"""Who is writing just now: passing numbers that the processes tell each other, never names."""

from __future__ import annotations

import time
from collections import defaultdict
from typing import Any

from ..contributions.access import visible_to
from ..contributions.models import Contribution
from ..core.access import me, require
from ..core.doorbell import doorbell, hears
from ..core.errors import NotFound
from ..core.numbers import LARGEST
from ..core.pump import pump
from ..core.sockets import command
from ..extensions import db

LASTS = 6.0  # seconds that somebody counts as writing after the last word of it
AT_MOST = 1.0  # seconds between two totals of a discussion

_writers: dict[int, dict[int, float]] = defaultdict(dict)  # contribution → person → until
_told: dict[int, float] = {}


@command("writing", access="comments.add")
def writing(data: Any) -> dict[str, Any]:
    """Say that one is writing: {"contribution": 42}; that one has sent it: {…, "still": false}."""
    number: Any = data.get("contribution") if isinstance(data, dict) else None
    if type(number) is not int or not 0 < number <= LARGEST:
        raise NotFound
    person, contribution = me(), db.session.get(Contribution, number)
    if contribution is None or not visible_to(person, contribution):
        raise NotFound
    require("comments.add", contribution, person)
    note = [number, person.id, data.get("still") is not False]
    hear_of_writer(note)
    doorbell.tell("writing", note)
    return {}


@hears("writing")
def hear_of_writer(note: Any) -> None:
    """Count a person in or out, and show the readers of this process how many write."""
    number, person, still = note
    moment = time.monotonic()
    fresh = (person in _prune(number, moment)) != still
    _note(number, person, moment + LASTS if still else None)
    if fresh or moment - _told.get(number, 0.0) >= AT_MOST:
        _told[number] = moment
        pump.volatile(f"contribution:{number}", writing=len(_writers[number]))


def forget() -> None:
    """Forget who writes (between tests)."""
    _writers.clear()
    _told.clear()


def _note(number: int, person: int, until: float | None) -> None:
    if until is None:
        _writers[number].pop(person, None)
    else:
        _writers[number][person] = until


def _prune(number: int, moment: float) -> dict[int, float]:
    """Drop those who have stopped, here and where nobody writes any more."""
    for about, people in list(_writers.items()):
        still = {person: until for person, until in people.items() if until > moment}
        if still or about == number:
            _writers[about] = still
        else:
            del _writers[about]
            _told.pop(about, None)
    return _writers[number]
