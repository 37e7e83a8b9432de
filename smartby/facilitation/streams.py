"""The audiences of a run, by name; what is secret from one is never posted to it."""

from __future__ import annotations

from ..core.transaction import answered_tab, post
from ..workshops.models import Activity
from .models import Participant, Run

VIEWS = ("", "staff", "screen", "helper")


def room(run: Run) -> str:
    """Name the stream of all who take part."""
    return f"room:{run.id}"


def staff(run: Run) -> str:
    """Name the stream of those who lead."""
    return f"room:{run.id}:staff"


def screen(run: Run) -> str:
    """Name the stream of the projectors."""
    return f"room:{run.id}:screen"


def helper(run: Run) -> str:
    """Name the stream of those who help."""
    return f"room:{run.id}:helper"


def person(participant: Participant) -> str:
    """Name the stream of all tabs of one participant."""
    return f"participant:{participant.id}"


def tell_moved(run: Run, *, again: bool = False) -> None:
    """Tell everybody that another activity is on, or the same one again, or that it is over."""
    post(room(run), "run.moved", run=run.id, view="room", again=again)
    for stream in (screen(run), staff(run), helper(run)):
        post(stream, "run.moved", run=run.id, view=view_of(stream))


def tell_clock(run: Run) -> None:
    """Tell all that the clock or the lock is another; those who lead hear of every order."""
    for stream in (room(run), screen(run), helper(run)):
        post(stream, "run.clocked", run=run.id, view=view_of(stream))


def tell_code(run: Run) -> None:
    """Tell the projector that there is another code; those who lead hear of every order."""
    post(screen(run), "run.moved", run=run.id, view="screen")


def tell_leaders(run: Run) -> None:
    """Tell all who lead that an order was carried out: their next one must know of it."""
    post(staff(run), "run.moved", run=run.id, view="staff")


def tell_shown(run: Run, activity: Activity) -> None:
    """Tell the room and the projector that what may be seen of an activity is another."""
    for stream in (room(run), screen(run)):
        post(stream, "activity.shown", run=run.id, activity=activity.id, view=view_of(stream))
    tell_staff(run, activity)


def tell_staff(run: Run, activity: Activity) -> None:
    """Tell those who lead that there is something new in an activity."""
    post(staff(run), "activity.shown", run=run.id, activity=activity.id, view="staff")


def tell_queue(activity: Activity) -> None:
    """Tell those who help that there is another card to decide on, or one less."""
    run = activity.workshop_id
    post(f"room:{run}:helper", "queue.changed", run=run, activity=activity.id)


def tell_count(run: Run, activity: Activity) -> None:
    """Tell those who lead, and the projector, that there is more that the room may not see."""
    post(screen(run), "activity.shown", run=run.id, activity=activity.id, view="screen")
    tell_staff(run, activity)


def view_of(stream: str) -> str:
    """Tell which view an audience has: room, screen or staff."""
    return stream.partition(":")[2].partition(":")[2] or "room"


def tell_people(run: Run) -> None:
    """Tell those who lead or help, and the projector, that others take part or raise a hand."""
    for stream in (screen(run), staff(run), helper(run)):
        post(stream, "run.people", run=run.id, view=view_of(stream))


def tell_me(participant: Participant) -> None:
    """Tell a participant's tabs that their hand, or whether they are ready, is another."""
    post(person(participant), "me.changed", participant=participant.id, by=answered_tab())


def tell_out(participant: Participant) -> None:
    """Tell a participant's tabs to read their page anew, and cut their sockets: they are out."""
    post(person(participant), "participant.out")
    post(person(participant), "access.changed")


def tell_own_of(run: Run, mark: str, activity: Activity) -> None:
    """Tell the tabs of whoever has this mark, where the mark still says who that is."""
    if mark.startswith("p:"):
        number = int(mark[2:])
        post(
            f"participant:{number}", "own.changed",
            participant=number, activity=activity.id, by=answered_tab(),
        )  # fmt: skip
