"""The audiences of a run, by name; what is secret from one is never posted to it."""

from __future__ import annotations

from ..core.transaction import post
from ..workshops.models import Activity
from .models import Participant, Run


def room(run: Run) -> str:
    """Name the stream of all who take part."""
    return f"room:{run.id}"


def staff(run: Run) -> str:
    """Name the stream of those who lead."""
    return f"room:{run.id}:staff"


def screen(run: Run) -> str:
    """Name the stream of the projectors."""
    return f"room:{run.id}:screen"


def person(participant: Participant) -> str:
    """Name the stream of all tabs of one participant."""
    return f"participant:{participant.id}"


def tell_moved(run: Run) -> None:
    """Tell everybody that another activity is on, or that the workshop is over."""
    for stream in (room(run), screen(run), staff(run)):
        post(stream, "run.moved", run=run.id, view=view_of(stream))


def tell_clock(run: Run) -> None:
    """Tell everybody that the clock or the lock is another."""
    for stream in (room(run), screen(run), staff(run)):
        post(stream, "run.clocked", run=run.id, view=view_of(stream))


def tell_shown(run: Run, activity: Activity) -> None:
    """Tell the room and the projector that what may be seen of an activity is another."""
    for stream in (room(run), screen(run)):
        post(stream, "activity.shown", run=run.id, activity=activity.id, view=view_of(stream))
    tell_staff(run, activity)


def tell_staff(run: Run, activity: Activity) -> None:
    """Tell those who lead that there is something new in an activity."""
    post(staff(run), "activity.shown", run=run.id, activity=activity.id, view="staff")


def tell_own(participant: Participant, activity: Activity) -> None:
    """Tell a participant's other tabs that what is their own is another."""
    post(person(participant), "own.changed", participant=participant.id, activity=activity.id)


def view_of(stream: str) -> str:
    """Tell which view an audience has: room, screen or staff."""
    return stream.partition(":")[2].partition(":")[2] or "room"
