"""Turning the projectors' pages, for every kind whose list may be too long for a wall."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from ..workshops.models import Activity
from .models import Run
from .play import Fields, Order, play_of
from .progress import turn_page
from .streams import tell_count


def _turn(step: int, run: Run, activity: Activity, _fields: Fields) -> None:
    turn_page(activity, play_of(activity).pages(activity), step)
    tell_count(run, activity)


# Orders that such a kind has.
PAGING: Mapping[str, Order] = {"page_next": partial(_turn, 1), "page_back": partial(_turn, -1)}
