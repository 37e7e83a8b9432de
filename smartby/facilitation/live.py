"""How the views of a run change while a workshop is held."""

from __future__ import annotations

from collections.abc import Iterable

from ..core.access import Person
from ..core.live import Op, audience, shows
from ..extensions import db
from . import presence
from .access import helps, leads, looks_on
from .identity import is_own, participant_of, participant_whole
from .models import PROXY, Run
from .streams import VIEWS
from .views import (
    attendance_html,
    clock_html,
    console_html,
    help_html,
    me_html,
    own_html,
    people_html,
    proxies_html,
    queue_html,
    ready_html,
    screen_html,
    shown_html,
    stage_html,
)

DRAWN = {"screen": screen_html, "staff": console_html, "helper": help_html}
IDS = {"room": "stage", "screen": "screen", "staff": "console", "helper": "help"}


@audience("room")
def room_audience(person: Person, rest: str) -> bool:
    """Participants follow the room, projectors their screen, those who lead or help their own."""
    number, _colon, view = rest.partition(":")
    if not number.isdecimal() or len(number) > 9:
        return False
    if not view and participant_of(int(number), person) is not None:
        return True
    run = db.session.get(Run, int(number))
    if run is None or view not in VIEWS:
        return False
    rules = {"": helps, "screen": looks_on | leads, "staff": leads, "helper": helps}
    return rules[view].test(person, run)


@audience("participant")
def participant_audience(person: Person, rest: str) -> bool:
    """A participant's own tabs; for one without a phone, those who lead or help."""
    if not rest.isdecimal() or len(rest) > 9:
        return False
    found = participant_whole(int(rest))
    if found is None:
        return False
    if found.kind == PROXY:
        return helps.test(person, found.run)
    mine = is_own(found, person)
    if mine:
        presence.note(found.id, found.run_id)
    return mine


@shows("run.moved", newest=True)
def run_moved(run: int, view: str, again: bool = False) -> Iterable[Op]:
    """Show what is on now, all of it."""
    found = db.session.get(Run, run)
    if found is None:
        return []
    html = stage_html(found, again=again) if view == "room" else DRAWN[view](found)
    return [{"op": "replace", "target": f"{IDS[view]}-{run}", "html": str(html), "force": True}]


@shows("run.clocked", newest=True)
def run_clocked(run: int, view: str) -> Iterable[Op]:
    """Show the clock as it is now."""
    found = db.session.get(Run, run)
    if found is None:
        return []
    return [{"op": "replace", "target": f"clock-{run}", "html": str(clock_html(found, view))}]


@shows("run.people", totals=True)
def run_people(run: int, view: str) -> Iterable[Op]:
    """Show how many take part, and to those who lead also whose hands are up."""
    found = db.session.get(Run, run)
    if found is None:
        return []
    if view == "screen":
        html = str(attendance_html(found))
        return [{"op": "replace", "target": f"counted-{run}", "html": html}]
    ops: list[Op] = [{"op": "set", "target": f"joined-{run}", "value": str(found.joined)}]
    if view == "staff":
        ops.append({"op": "replace", "target": f"people-{run}", "html": str(people_html(found))})
    if view == "helper":
        parts = {"people": people_html(found, leads=False), "proxies": proxies_html(found)}
        ops += [
            {"op": "replace", "target": f"{name}-{run}", "html": str(html)}
            for name, html in parts.items()
        ]
    return ops


@shows("queue.changed", totals=True)
def queue_changed(run: int, activity: int) -> Iterable[Op]:
    """Show those who help what there is to decide in the activity that is on."""
    found = db.session.get(Run, run)
    if found is None or found.activity is None or found.activity_id != activity:
        return []
    html = str(queue_html(found, found.activity))
    return [{"op": "replace", "target": f"queue-{run}", "html": html}]


@shows("activity.shown", totals=True)
def activity_shown(run: int, activity: int, view: str) -> Iterable[Op]:
    """Show what may be seen of an activity, if it is the one that is on."""
    found = db.session.get(Run, run)
    if found is None or found.activity is None or found.activity_id != activity:
        return []
    html = str(shown_html(found, view))
    return [{"op": "replace", "target": f"shown-{run}", "html": html}]


@shows("own.changed", totals=True)
def own_changed(participant: int, activity: int, by: str = "") -> Iterable[Op]:
    """Show a participant's other tabs what is their own now."""
    found = participant_whole(participant)
    if found is None or found.run.activity is None or found.run.activity_id != activity:
        return []
    html = str(own_html(found.run, found.run.activity, found))
    # Also where somebody is writing: what is in the fields stays in them.
    return [{"op": "replace", "target": f"own-{found.run_id}", "html": html, "force": True}]


@shows("participant.out")
def participant_out() -> Iterable[Op]:
    """Have the page of one who was shown out read anew."""
    return [{"op": "refresh"}]


@shows("me.changed", newest=True)
def me_changed(participant: int, by: str = "") -> Iterable[Op]:
    """Show a participant's tabs whether the hand is up, and whether they are ready."""
    found = participant_whole(participant)
    if found is None:
        return []
    parts = {"me": me_html(found.run, found)}
    if found.run.activity is not None:
        parts["ready"] = ready_html(found.run, found)
    return [
        {"op": "replace", "target": f"{name}-{found.run_id}", "html": str(html)}
        for name, html in parts.items()
    ]
