"""Whether a challenge takes ideas, from when and until when: data for the panel that says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from babel.dates import format_date
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from ..core import formatting
from ..core.clock import now, oslo
from ..core.fragments import fragment, language
from .models import state_of

END_OF_DAY = time(23, 59)


@dataclass(frozen=True, slots=True)
class Call:
    """A challenge's times at a moment; `town` is the slug that its links lead to."""

    row: Any  # its row, or the challenge itself: they have the same names
    town: str
    unit: str  # who asks, "" when nobody is named
    moment: datetime

    @property
    def author(self) -> str:
        """Who wrote it: the one who asks when no unit does."""
        return str(getattr(self.row.author, "name", self.row.author))

    @property
    def state(self) -> str:
        """One of withdrawn, coming, open, closed."""
        if self.row.withdrawn_at is not None:
            return "withdrawn"
        return "closed" if self.row.hidden_at is not None else state_of(self.row, self.moment)

    @property
    def opens(self) -> str:
        """When it opens: "mandag 3. november klokka 08.00"."""
        return _when(self.row.opens_at)

    @property
    def closes(self) -> str:
        """When it closes, without the time of day when that is the end of it."""
        return _when(self.row.closes_at)

    @property
    def opening(self) -> str:
        """The day it opens, "" when it was open from the start."""
        return formatting.date_long(self.row.opens_at, language()) if self.row.opens_at else ""

    @property
    def deadline(self) -> str:
        """The day it closes, "" when it does not."""
        return formatting.date_long(self.row.closes_at, language()) if self.row.closes_at else ""

    @property
    def left(self) -> str:
        """The time that is left, in words."""
        if self.state != "open" or self.row.closes_at is None:
            return ""
        days = (oslo(self.row.closes_at).date() - oslo(self.moment).date()).days
        if days == 0:
            return str(_("Siste dag i dag"))
        return str(ngettext("%(num)d dag igjen", "%(num)d dager igjen", days))

    @property
    def share(self) -> float | None:
        """How much of the time has gone, 0 to 1; None without an end."""
        start, end = self.row.opens_at or self.row.published_at, self.row.closes_at
        if not self.left or end <= start:
            return None
        return float((self.moment - start) / (end - start))


def call_of(row: Any, town: str, unit: str) -> Call:
    """Return the challenge's call as it is now."""
    return Call(row, town, unit, now())


def call_html(call: Call) -> Markup:
    """Render the panel; what it says changes by itself as time goes."""
    return fragment("challenges/_call.html", "call", call)


def _when(moment: datetime | None) -> str:
    if moment is None:
        return ""
    there, lang = oslo(moment), language()
    day = f"{format_date(there.date(), 'EEEE', locale=lang)} {formatting.day(moment, lang)}"
    hour = there.time().replace(second=0, microsecond=0)
    # A day has no hour: it begins at midnight and ends with its last minute.
    if hour in (END_OF_DAY, time(0)):
        return day
    return str(_("%(day)s klokka %(time)s", day=day, time=formatting.clock_time(there, lang)))
