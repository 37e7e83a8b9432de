"""Planning another workshop like one that was."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from ..accounts.models import User
from ..core.access import require
from ..core.clock import from_oslo, now, oslo
from ..extensions import db
from .models import Activity, Workshop
from .queries import steps_of
from .rules import SOURCE

WEEK = timedelta(days=7)
KEPT = (
    "municipality_id", "title", "purpose", "place", "lang", "seats", "challenge_id", "minutes",
    "meets", "video", "languages", "principle_ids", "joining", "anonymity",
)  # fmt: skip
STEP = ("municipality_id", "kind", "position", "title", "minutes", "rules", "method")


def copy_workshop(workshop: Workshop, *, by: User) -> Workshop:
    """Plan another workshop like this one, a week from now or from then; it is not announced."""
    require("workshops.plan", workshop, by)
    day = oslo(max(workshop.starts_at, now())).date() + WEEK
    copied = Workshop(leader_id=by.id, **{name: getattr(workshop, name) for name in KEPT})
    copied.starts_at = _same_hour(workshop.starts_at, day)
    if workshop.ends_by is not None:
        nights = oslo(workshop.ends_by).date() - oslo(workshop.starts_at).date()
        copied.ends_by = _same_hour(workshop.ends_by, day + nights)
    db.session.add(copied)
    db.session.flush()
    _copy_steps(workshop, copied)
    return copied


def _copy_steps(workshop: Workshop, copied: Workshop) -> None:
    made: dict[int, Activity] = {}
    for step in steps_of(workshop):
        kept = {name: getattr(step, name) for name in STEP}
        made[step.id] = Activity(workshop_id=copied.id, **kept)
    db.session.add_all(made.values())
    db.session.flush()
    for new in made.values():
        # What worked on the results of a step works on those of its copy.
        number = str(new.rules.get(SOURCE) or 0)
        source = made.get(int(number)) if number.isdecimal() else None
        if source is not None:
            new.rules = new.rules | {SOURCE: source.id}


def _same_hour(moment: datetime, day: date) -> datetime:
    """Return that day at the same hour on the wall, also when the clocks are changed on the way."""
    return from_oslo(datetime.combine(day, oslo(moment).time()))
