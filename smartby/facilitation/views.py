"""The views of a run as HTML, drawn once for all who have the same one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from typing import Any
from urllib.parse import urlsplit

import segno
from flask import current_app
from flask_babel import gettext as _
from markupsafe import Markup

from ..core.clock import now
from ..core.fragments import absolute, link, newest
from ..extensions import db
from ..municipalities.models import Municipality
from ..workshops.models import Activity
from ..workshops.queries import step_numbers, steps_of
from .attendance import attendance
from .clockwork import closes_at, may_extend, out_of_time, takes_entries
from .drive import may_shorten, moved, undo_left
from .heads import claims_of
from .helping import queue_of
from .models import Participant, Run
from .play import play_of
from .proxies import proxies
from .queries import behind, hands, ready
from .rehearsal import silence
from .unseen import left_open
from .words import spaced


@dataclass(frozen=True, slots=True)
class Clock:
    """An activity's clock at a moment: seconds left, whether it stands, and whether one can add.

    `closes`: in how many seconds one cannot; None when that is not decided. `more`: whether it may
    have a minute more.
    """

    activity: Activity
    left: int
    runs: bool
    out: bool
    takes: bool
    closes: int | None
    more: bool

    @property
    def shown(self) -> str:
        """The time left as on a clock: "04:12"."""
        minutes, seconds = divmod(max(self.left, 0), 60)
        return f"{minutes:02d}:{seconds:02d}"


def clock_of(activity: Activity) -> Clock:
    """Read an activity's clock."""
    moment = now()
    until = activity.paused_at or moment
    left = 0 if activity.ends_at is None else round((activity.ends_at - until).total_seconds())
    closes = closes_at(activity)
    return Clock(
        activity, max(left, 0), activity.paused_at is None, out_of_time(activity, moment),
        takes_entries(activity, moment),
        None if closes is None else max(ceil((closes - moment).total_seconds()), 0),
        may_extend(activity, moment),
    )  # fmt: skip


def stage_html(
    run: Run, participant: Participant | None = None, *, again: bool = False, at: int | None = None
) -> Markup:
    """Draw what a participant sees; without one, what all see alike.

    An activity that is on `again` may hold something of one's own already, and in some kinds all
    have their own from the beginning: then the page asks for it.
    `at` is the number the room's stream had: what all see is drawn once for each.
    """
    activity = run.activity
    values: dict[str, Any] = {}
    if activity is not None:
        play = play_of(activity)
        values = {
            "play": play,
            "shown": _seen_by_all(run, activity, at),
            "own": play.own(run, activity, participant),
            "ready": ready_html(run, participant),
            "clock": clock_of(activity),
        }
        again = again or (participant is None and play.personal)
    numbers = step_numbers(run.id)
    place = numbers.index(activity.id) + 1 if activity and activity.id in numbers else 0
    town = db.session.get_one(Municipality, run.municipality_id).slug if run.closed_at else ""
    return _draw("_stage", run, again=again, place=place, count=len(numbers), town=town, **values)


def _seen_by_all(run: Run, activity: Activity, at: int | None) -> Markup:
    play = play_of(activity)
    untold = None if at is None else play.untold(activity)
    if untold is None:
        return play.stage(run, activity)
    # Whatever else changes it is told to the room, or is a change of the plan.
    version = (at, activity.id, run.workshop.seq, untold)
    return newest(("stage", run.id), version, lambda: play.stage(run, activity))


def me_html(run: Run, participant: Participant) -> Markup:
    """Draw a participant's raised hand."""
    return _draw("_me", run, participant=participant)


def ready_html(run: Run, participant: Participant | None) -> Markup:
    """Draw whether a participant is done with the activity; nobody is when it begins."""
    is_ready = participant is not None and participant.ready_for == run.activity_id
    return _draw("_ready", run, is_ready=is_ready)


def personal(run: Run, participant: Participant) -> dict[str, str]:
    """Draw all that is a participant's own on the page, by what each part is called."""
    parts = {"me": me_html(run, participant)}
    if run.activity is not None:
        parts["own"] = own_html(run, run.activity, participant)
        parts["ready"] = ready_html(run, participant)
    return {name: str(html) for name, html in parts.items()}


def own_html(run: Run, activity: Activity, participant: Participant) -> Markup:
    """Draw what is a participant's own in an activity."""
    return play_of(activity).own(run, activity, participant)


def screen_html(run: Run) -> Markup:
    """Draw the projector's view."""
    activity = run.activity
    values: dict[str, Any] = {
        "qr": qr_of(run), "address": short_address(), "afterwards": None,
        "counted": attendance(run),
    }  # fmt: skip
    if activity is not None:
        values |= {"shown": play_of(activity).screen(run, activity), "clock": clock_of(activity)}
    if run.closed_at is not None and run.workshop.announced_at is not None:
        values["afterwards"] = _afterwards(run)
    return _draw("_screen", run, **values)


def _afterwards(run: Run) -> tuple[Markup, str]:
    """Return where one finds what becomes of a workshop that is over: to scan, and to read."""
    town = db.session.get_one(Municipality, run.municipality_id).slug
    address = absolute("workshops.show", town=town, number=run.id)
    return _qr(address, str(_("QR-kode til verkstedets side"))), address.partition("://")[2]


def console_html(run: Run) -> Markup:
    """Draw what those who lead see."""
    activity = run.activity
    late = behind(run, now())
    values: dict[str, Any] = {
        "behind": late,
        "undo_left": undo_left(run, now()),
        "may_shorten": may_shorten(run, late),
        "moved": moved(run),
        "left_open": left_open(run),
    }
    if activity is not None:
        play = play_of(activity)
        values |= {
            "play": play,
            "shown": play.console(run, activity),
            "drive": play.drive(run, activity),
            "clock": clock_of(activity),
            "silence": silence(run, activity) if run.rehearsal else "",
        }
    return _draw_whole("_console", run, people=people_html(run), **values)


def help_html(run: Run) -> Markup:
    """Draw what those who help see."""
    activity = run.activity
    values: dict[str, Any] = {}
    if activity is not None:
        values = {
            "play": play_of(activity),
            "clock": clock_of(activity),
            "queue": queue_html(run, activity),
        }
    people = people_html(run, leads=False)
    return _draw_whole("_help", run, people=people, proxies=proxies_html(run), **values)


def queue_html(run: Run, activity: Activity) -> Markup:
    """Draw the cards that can be decided on."""
    return _draw("_queue", run, play=play_of(activity), queue=queue_of(run, activity))


def proxies_html(run: Run) -> Markup:
    """Draw those whom one writes for."""
    return _draw_in_town("_proxies", run, found=proxies(run))


def people_html(run: Run, *, leads: bool = True) -> Markup:
    """Draw who is there, how many are ready, and raised hands; those who lead may lower them."""
    values = {"hands": hands(run), "ready": ready(run), "counted": attendance(run)}
    return _draw_in_town("_people", run, leads=leads, claims=claims_of(run), **values)


def attendance_html(run: Run) -> Markup:
    """Draw how many take part."""
    return _draw("_attendance", run, counted=attendance(run))


def shown_html(run: Run, view: str) -> Markup:
    """Draw what may be seen of the activity that is on: by the room, on the screen, by staff."""
    if run.activity is None:
        return Markup("")
    play = play_of(run.activity)
    draw = {"room": play.stage, "screen": play.screen, "staff": play.console}[view]
    return _draw("_shown", run, shown=draw(run, run.activity))


def clock_html(run: Run, view: str) -> Markup:
    """Draw the clock of the activity that is on."""
    activity = run.activity
    clock = clock_of(activity) if activity is not None else None
    return _draw("_clock", run, clock=clock, view=view)


def steps_around(run: Run) -> tuple[list[Activity], int]:
    """Return all steps, and the place of the one that is on, counted from 1 (0: none)."""
    steps = steps_of(run.workshop)
    ids = [step.id for step in steps]
    return steps, ids.index(run.activity_id) + 1 if run.activity_id in ids else 0


def join_address(run: Run) -> str:
    """Return the full address that the QR code leads to."""
    return absolute("joining.enter", code=run.code or "")


def short_address() -> str:
    """Return where one types the code, as short as it can be read aloud."""
    parts = urlsplit(str(current_app.config["PUBLIC_URL"]))
    return f"{parts.netloc}{link('joining.ask')}"


def qr_of(run: Run) -> Markup:
    """Draw the QR code; nothing when the run takes nobody in any more."""
    return (
        Markup("") if run.code is None else _qr(join_address(run), str(_("QR-kode for å bli med")))
    )


@lru_cache(maxsize=200)
def _qr(address: str, title: str) -> Markup:
    drawn = segno.make(address, error="m", boost_error=False)
    svg = drawn.svg_inline(border=2, scale=1, svgclass="sb-qr", lineclass=None, omitsize=True)
    # Named for those who hear the page; the colours come from the style sheet.
    named = svg.replace("<svg ", f'<svg role="img" aria-label="{title}" ', 1)
    return Markup(named)  # noqa: S704 - drawn by us from our own address


def _draw_whole(name: str, run: Run, **values: Any) -> Markup:
    """Draw a view that says where in the programme one is, and leads to the town's pages."""
    steps, place = steps_around(run)
    return _draw_in_town(name, run, steps=steps, place=place, **values)


def _draw_in_town(name: str, run: Run, **values: Any) -> Markup:
    """Draw a part that leads to the town's pages."""
    town = db.session.get_one(Municipality, run.municipality_id)
    return _draw(name, run, town=town.slug, **values)


def _draw(name: str, run: Run, **values: Any) -> Markup:
    made = current_app.jinja_env.get_template(f"facilitation/{name}.html").render(
        run=run, workshop=run.workshop, activity=run.activity,
        code=spaced(run.code) if run.code else "", **values,
    )  # fmt: skip
    return Markup(made)  # noqa: S704 - a template's own output
