"""What a workshop's page shows to everybody, and how long and late things are in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from ..core.clock import now
from ..core.formatting import clock_time, day
from ..core.fragments import fragment, language
from .holding import Holding, holding_of
from .kinds import Kind, kind_of
from .models import BOTH, LEAD, Activity, Workshop
from .queries import Turnout, leads_of, steps_of, turnout
from .terms import ANONYMITY, JOINING, spoken

NEAR = timedelta(minutes=5)  # what begins and ends no further from its plan is held as planned


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the programme, with the time at which it begins."""

    activity: Activity
    kind: Kind
    begins: str


@dataclass(frozen=True, slots=True)
class Gathering:
    """Everything about a workshop that does not depend on who reads."""

    workshop: Workshop
    steps: list[Step]
    turnout: Turnout
    state: str
    when: str
    length: str
    held: str  # when it was held, where that is not when it was planned
    leaders: str
    holding: Holding | None = None

    @property
    def left(self) -> int | None:
        """How many seats are free; none when there is no limit."""
        seats = self.workshop.seats
        return None if seats is None else max(seats - self.turnout.seated, 0)

    @property
    def terms(self) -> dict[str, str]:
        """Who may join, who learns who wrote what, and what is spoken, in words."""
        return {
            "joining": str(JOINING[self.workshop.joining]),
            "anonymity": str(ANONYMITY[self.workshop.anonymity]),
            "languages": spoken(self.workshop.languages or self.workshop.lang),
        }

    @property
    def also_online(self) -> bool:
        """Whether one can also take part from elsewhere."""
        return self.workshop.meets == BOTH


def gathering_of(workshop: Workshop) -> Gathering:
    """Gather what a workshop's page shows."""
    held = holding_of(workshop.id)
    return Gathering(
        workshop=workshop,
        steps=programme(workshop),
        turnout=turnout(workshop.id),
        state=state_of(workshop, held, now()),
        when=when(workshop),
        held=held_when(workshop, held),
        length=length(workshop.minutes),
        leaders=leaders_of(workshop),
        holding=held,
    )


def leaders_of(workshop: Workshop) -> str:
    """Name the leader and those who lead too."""
    return ", ".join(leading(workshop))


def leading(workshop: Workshop) -> list[str]:
    """Return the names of the leader and those who lead too."""
    others = [each.user.name for each in leads_of(workshop) if each.role == LEAD]
    return [workshop.leader.name, *others]


def programme(workshop: Workshop) -> list[Step]:
    """Return the steps with their times on an Oslo clock."""
    begins, steps, lang = workshop.starts_at, [], language()
    for activity in steps_of(workshop):
        steps.append(Step(activity, kind_of(activity.kind), clock_time(begins, lang)))
        begins += timedelta(minutes=activity.minutes)
    return steps


def state_of(row: Any, held: Holding | None, moment: datetime) -> str:
    """Tell where a workshop, or its row, is in its time.

    Where the doors were opened, they say whether it goes on; the plan's times only say when.
    """
    if held is not None:
        return "past" if held.closed else "running"
    if row.cancelled_at is not None:
        return "cancelled"
    if row.announced_at is None:
        return "planned"
    if moment < row.starts_at:
        return "coming"
    return "running" if moment < row.starts_at + timedelta(minutes=row.minutes) else "past"


def when(row: Any) -> str:
    """Say on which day and at what time a workshop, or its row, begins and ends."""
    lang = language()
    begins = clock_time(row.starts_at, lang)
    if not row.minutes:
        return str(_("%(day)s kl. %(time)s", day=day(row.starts_at, lang), time=begins))
    ends = clock_time(row.starts_at + timedelta(minutes=row.minutes), lang)
    day_ = day(row.starts_at, lang)
    return str(_("%(day)s kl. %(begins)s–%(ends)s", day=day_, begins=begins, ends=ends))


def held_when(row: Any, held: Holding | None) -> str:
    """Say when a workshop, or its row, was held; "" before it is over, and when as planned."""
    if held is None or held.began is None or held.ended is None:
        return ""
    lang = language()
    on, begins = day(held.began, lang), clock_time(held.began, lang)
    same_day = day(held.ended, lang) == on  # else nobody closed it that day
    planned_end = row.starts_at + timedelta(minutes=row.minutes)
    late = same_day and abs(held.ended - planned_end) > NEAR
    if abs(held.began - row.starts_at) <= NEAR and not late:
        return ""
    if not same_day:
        return str(_("%(day)s kl. %(time)s", day=on, time=begins))
    ends = clock_time(held.ended, lang)
    return str(_("%(day)s kl. %(begins)s–%(ends)s", day=on, begins=begins, ends=ends))


def length(minutes: int) -> str:
    """Say how long something lasts: "1 time og 30 minutter"."""
    hours, rest = divmod(minutes, 60)
    long = ngettext("%(num)d time", "%(num)d timer", hours)
    short = ngettext("%(num)d minutt", "%(num)d minutter", rest)
    if hours and rest:
        return str(_("%(hours)s og %(minutes)s", hours=long, minutes=short))
    return str(long if hours else short)


def facts_html(gathering: Gathering) -> Markup:
    """Draw when, where and for how many a workshop is."""
    return fragment("workshops/_gathering.html", "gathering", gathering)


def programme_html(gathering: Gathering) -> Markup:
    """Draw the programme."""
    return fragment("workshops/_programme.html", "gathering", gathering)
