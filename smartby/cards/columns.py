"""The named columns that cards can be put into: one to four, set when planning."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from ..core.errors import Invalid
from ..workshops.models import Activity

MOST = 4
TITLE = 40  # characters


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what cards keep of it, and what it is called."""

    key: str
    title: str


def columns_of(activity: Activity) -> list[Column]:
    """Return an activity's columns; none when its cards lie on one wall."""
    titles = lines_of(str(activity.rules.get("columns") or ""))[:MOST]
    return [Column(str(place), title[:TITLE]) for place, title in enumerate(titles, start=1)]


def lines_of(text: str) -> list[str]:
    """Return the lines of a text that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def column_key(activity: Activity, wanted: str) -> str:
    """Return the column that a card goes into; raise Invalid when there is none such."""
    keys = [column.key for column in columns_of(activity)]
    if not keys:
        return ""
    if wanted not in keys:
        raise Invalid(_("Velg hvilken kolonne lappen hører til i."))
    return wanted
