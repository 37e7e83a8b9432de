"""Driving a run: every order says which state it saw, and can be taken back for a while."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from flask_babel import gettext as _

from ..accounts.models import User
from ..core.access import require
from ..core.clock import now
from ..core.errors import Conflict, Invalid
from ..core.transaction import lock
from ..workshops.models import Activity
from ..workshops.queries import steps_of
from .clockwork import CLOCK
from .doors import free_code
from .heads import count_heads
from .models import Run
from .participants import require_open, show_out
from .play import Fields, Order, play_of
from .queries import hands
from .raised import lower, lower_hand
from .rehearsal import simulate
from .streams import tell_code, tell_leaders, tell_moved
from .undoing import picture_of, restore

UNDO = timedelta(seconds=30)
MOST_LATE = 600  # minutes: what is later than that was left for the day, and is not made up for


@dataclass(frozen=True, slots=True)
class Call:
    """An order as it was given: what, with which fields, and which state was seen."""

    name: str
    rev: int
    fields: Mapping[str, str]


def steer(run: Run, call: Call, *, by: User) -> Run:
    """Carry out an order; raise Conflict when somebody else was first."""
    lock(run)
    require("facilitation.drive", run, by)
    require_open(run)
    if run.activity is not None and call.name in play_of(run.activity).joint:
        _carry_out(run, call)
        return run
    if call.rev != run.rev:
        raise Conflict(_someone_was_first(run, by))
    before = picture_of(run, steps_of(run.workshop))
    if call.name == "undo":
        _undo(run)
    else:
        _carry_out(run, call)
    run.rev += 1
    after = picture_of(run, steps_of(run.workshop))
    kept = before if before != after else None
    run.undo = {"by": by.name, "at": now().isoformat(), "before": kept, "name": call.name}
    tell_leaders(run)
    return run


def undo_left(run: Run, moment: datetime) -> int:
    """Return for how many seconds the last order can still be taken back; 0 when it cannot."""
    last = run.undo
    if run.closed_at is not None or not last or not last["before"]:
        return 0
    until = datetime.fromisoformat(last["at"]) + UNDO
    return max(0, ceil((until - moment).total_seconds()))


def may_shorten(run: Run, late: int) -> bool:
    """Tell whether what has not begun can make up for so many minutes."""
    ahead = _ahead(run)
    return 0 < late < MOST_LATE and sum(step.minutes for step in ahead) > len(ahead)


def moved(run: Run) -> bool:
    """Tell whether the last order changed which activity is on."""
    return (run.undo or {}).get("name") in ("next", "back", "go")


def _carry_out(run: Run, call: Call) -> None:
    if call.name in WAYS:
        WAYS[call.name](run, call.fields)
        return
    activity = run.activity
    if activity is None or call.fields.get("activity") != str(activity.id):
        raise Invalid(_("Dette gjelder en annen aktivitet enn den som er i gang."))
    order: Order | None = CLOCK.get(call.name) or play_of(activity).orders.get(call.name)
    if order is None:
        raise Invalid
    order(run, activity, call.fields)


def _next(run: Run, _fields: Fields) -> None:
    steps = steps_of(run.workshop)
    place = _place(run, steps) + 1
    if place >= len(steps):
        raise Invalid(_("Dette er den siste aktiviteten. Avslutt verkstedet når dere er ferdige."))
    _enter(run, steps[place])


def _back(run: Run, _fields: Fields) -> None:
    steps = steps_of(run.workshop)
    place = _place(run, steps) - 1
    if place < 0:
        raise Invalid(_("Dette er den første aktiviteten."))
    _enter(run, steps[place])


def _go(run: Run, fields: Fields) -> None:
    for step in steps_of(run.workshop):
        if str(step.id) == fields.get("to"):
            _enter(run, step)
            return
    raise Invalid(_("Denne aktiviteten finnes ikke lenger."))


def _place(run: Run, steps: list[Activity]) -> int:
    ids = [step.id for step in steps]
    return ids.index(run.activity_id) if run.activity_id in ids else -1


def _enter(run: Run, step: Activity) -> None:
    leaving, moment, again = run.activity, now(), step.begun_at is not None
    if leaving is step:
        return
    if leaving is not None:
        play_of(leaving).finish(run, leaving)
        leaving.ended_at = moment
        leaving.paused_at = leaving.paused_at or moment
    if step.begun_at is None:
        step.begun_at, step.ends_at = moment, moment + timedelta(minutes=step.minutes)
        play_of(step).begin(run, step)
    elif step.ends_at is not None and step.paused_at is not None:
        # Whoever comes back has the time that was left.
        step.ends_at = moment + max(step.ends_at - step.paused_at, timedelta())
    step.paused_at = step.ended_at = None
    run.activity, run.activity_id, run.spotlight_id = step, step.id, None
    tell_moved(run, again=again)


def _shorten(run: Run, fields: Fields) -> None:
    """Take minutes from what has not begun, each step in proportion, none below one minute."""
    steps, typed = _ahead(run), fields.get("minutes", "")
    late = int(typed) if typed.isdecimal() and len(typed) < 10 else 0
    if not may_shorten(run, late):
        raise Invalid(_("Det er ikke noe igjen av programmet å korte ned."))
    share = min(late / sum(step.minutes for step in steps), 0.5)
    for step in steps:
        step.minutes = max(1, round(step.minutes * (1 - share)))
    run.workshop.minutes = sum(step.minutes for step in steps_of(run.workshop))


def _ahead(run: Run) -> list[Activity]:
    return [step for step in steps_of(run.workshop) if step.begun_at is None]


def _rotate(run: Run, _fields: Fields) -> None:
    run.code = free_code()
    tell_code(run)


def _kick(run: Run, fields: Fields) -> None:
    number = fields.get("participant", "")
    show_out(run, int(number) if number.isdecimal() and len(number) < 10 else 0)
    # The code that let them in is known to them.
    _rotate(run, fields)


def _lower_hands(run: Run, _fields: Fields) -> None:
    lower(run, hands(run))


def _undo(run: Run) -> None:
    if not undo_left(run, now()):
        raise Invalid(_("Det er for sent å angre."))
    restore(run, steps_of(run.workshop), run.undo["before"] if run.undo else {})
    tell_moved(run, again=True)


def _someone_was_first(run: Run, person: User) -> str:
    who = (run.undo or {}).get("by")
    if not who or who == person.name:
        return str(_("Noe er endret siden du trykket. Se over, og prøv igjen."))
    return str(_("%(name)s var først. Se hva som er i gang nå, og prøv igjen.", name=who))


WAYS = {
    "next": _next,
    "back": _back,
    "go": _go,
    "shorten": _shorten,
    "rotate": _rotate,
    "kick": _kick,
    "heads": count_heads,
    "lower_hand": lower_hand,
    "lower_hands": _lower_hands,
    "simulate": simulate,
}
