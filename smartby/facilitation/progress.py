"""How far an activity has come, and which page of it the projectors show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..extensions import db
from ..workshops.models import Activity
from .models import Progress


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a list that is too long for the wall; pages are counted from 1."""

    items: Sequence[Any]
    number: int
    pages: int
    scale: int = 100  # how large it is drawn, in per cent


def progress_of(activity: Activity) -> Progress:
    """Read how far an activity has come; what has not begun is at its beginning."""
    found = db.session.get(Progress, activity.id)
    return found or Progress(activity_id=activity.id, page=0, turn=0, kept={})


def progress_for(activity: Activity) -> Progress:
    """Return an activity's progress to change it; the run's row must be locked."""
    found = db.session.get(Progress, activity.id)
    if found is None:
        found = Progress(
            activity_id=activity.id, municipality_id=activity.municipality_id, page=0, turn=0,
            kept={},
        )  # fmt: skip
        db.session.add(found)
    return found


def page_of(activity: Activity, items: Sequence[Any], size: int) -> Page:
    """Return the page that the projectors show; the last one when there are fewer by now."""
    return page_among(activity, [items[at : at + size] for at in range(0, len(items), size)])


def page_among(activity: Activity, pages: Sequence[Sequence[Any]], scale: int = 100) -> Page:
    """Return the page that the projectors show, of those that a list was divided into."""
    number = min(progress_of(activity).page, max(1, len(pages)) - 1)
    return Page(pages[number] if pages else [], number + 1, max(1, len(pages)), scale)


def turn_page(activity: Activity, page: Page, step: int) -> None:
    """Show the next page (1) or the one before (-1); beyond the ends nothing happens."""
    progress_for(activity).page = max(0, min(page.number - 1 + step, page.pages - 1))


def remember(activity: Activity, **values: Any) -> None:
    """Keep what a kind has to remember; a new dictionary, so that the change is seen."""
    progress = progress_for(activity)
    progress.kept = {**progress.kept, **values}
