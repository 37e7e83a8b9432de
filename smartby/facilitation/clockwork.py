"""The clock of an activity: times are the server's, pauses are kept, and it ends once."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask_babel import gettext as _

from ..core.clock import now
from ..core.errors import Invalid
from ..workshops.models import Activity
from .models import Run
from .play import Fields, Order
from .streams import tell_clock

MINUTE = timedelta(minutes=1)
GRACE = timedelta(seconds=5)  # so that a last sentence is not lost
LONGEST = timedelta(hours=6)


def takes_entries(activity: Activity, moment: datetime) -> bool:
    """Tell whether participants can add to an activity at this moment."""
    if activity.begun_at is None or activity.ended_at is not None:
        return False
    closes = closes_at(activity)
    return closes is None or moment <= closes


def closes_at(activity: Activity) -> datetime | None:
    """Return when nothing can be added any more, as it stands now; None when undecided."""
    ends = [activity.locked_at]
    if activity.rules.get("locks") and activity.paused_at is None:
        ends.append(activity.ends_at)
    return min((end + GRACE for end in ends if end is not None), default=None)


def out_of_time(activity: Activity, moment: datetime) -> bool:
    """Tell whether an activity's time is out."""
    if activity.ends_at is None or activity.paused_at is not None:
        return False
    return moment >= activity.ends_at


def may_extend(activity: Activity, moment: datetime) -> bool:
    """Tell whether an activity may have a minute more."""
    return activity.ends_at is not None and _extended(activity, moment) <= moment + LONGEST


def _extended(activity: Activity, moment: datetime) -> datetime:
    """Return when it ends with a minute more: from now on when the time is already out."""
    ends = activity.ends_at or moment
    return (ends if activity.paused_at else max(ends, moment)) + MINUTE


def _pause(run: Run, activity: Activity, _fields: Fields) -> None:
    if activity.paused_at is None:
        activity.paused_at = now()
        tell_clock(run)


def _resume(run: Run, activity: Activity, _fields: Fields) -> None:
    if activity.paused_at is None:
        return
    if activity.ends_at is not None:
        activity.ends_at += now() - activity.paused_at
    activity.paused_at = None
    tell_clock(run)


def _more(run: Run, activity: Activity, _fields: Fields) -> None:
    """Give a minute more."""
    moment = now()
    if not may_extend(activity, moment):
        raise Invalid(_("Lenger enn dette kan en aktivitet ikke vare."))
    activity.ends_at = _extended(activity, moment)
    tell_clock(run)


def _lock(run: Run, activity: Activity, _fields: Fields) -> None:
    if activity.locked_at is None:
        activity.locked_at = now()
        tell_clock(run)


def _unlock(run: Run, activity: Activity, _fields: Fields) -> None:
    activity.locked_at = None
    tell_clock(run)


CLOCK: dict[str, Order] = {
    "pause": _pause,
    "resume": _resume,
    "more": _more,
    "lock": _lock,
    "unlock": _unlock,
}
