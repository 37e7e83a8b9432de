"""Rehearsing: a copy of the plan, with participants who are made up, that can be deleted."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import bindparam, select

from ..accounts.models import User
from ..core.clock import now
from ..core.errors import Invalid
from ..extensions import db
from ..workshops.copies import copy_workshop
from ..workshops.models import Activity, Workshop
from .clockwork import takes_entries
from .doors import open_doors
from .models import SIMULATED, Card, Participant, Run
from .participants import seat
from .play import Fields, play_of
from .queries import cards_of

TITLE = 120  # characters
MOST_CARDS = 240  # that those who are made up write in an activity: enough to see how it becomes
MADE_UP = (
    select(Participant)
    .where(Participant.run_id == bindparam("run"), Participant.kind == SIMULATED)
    .order_by(Participant.number)
)


def rehearse(workshop: Workshop, *, by: User) -> Run:
    """Copy a plan, open its doors, and fill the room with people who do not exist."""
    copied = copy_workshop(workshop, by=by)
    with force_locale(workshop.lang):
        copied.title = _("Prøve: %(title)s", title=workshop.title)[:TITLE]
    db.session.flush()
    run = open_doors(copied, by=by)
    run.rehearsal = True
    for name in made_up()["names"]:
        seat(run, 1, name=name, kind=SIMULATED)
    return run


def simulate(run: Run, _fields: Fields) -> None:
    """Let those who are made up do something in the activity that is on."""
    activity = run.activity
    if not run.rehearsal or activity is None:
        raise Invalid
    refusal = silence(run, activity)
    if refusal:
        raise Invalid(refusal)
    play = play_of(activity)
    for turn, participant in enumerate(db.session.scalars(MADE_UP, {"run": run.id}).all()):
        for name, fields in play.simulate(run, activity, turn):
            play.acts[name](run, activity, participant, fields)


def silence(run: Run, activity: Activity) -> str:
    """Say why those who are made up cannot do anything now; "" when they can."""
    if not takes_entries(activity, now()):
        return str(_("Aktiviteten er låst. Lås opp, så kan de svare."))
    play = play_of(activity)
    if not play.asks:
        return str(_("I denne aktiviteten er det ingenting for deltakerne å gjøre på skjermen."))
    if any(play.simulate(run, activity, turn) for turn in range(len(made_up()["names"]))):
        return ""
    return str(_("Akkurat nå har de ingenting å svare på."))


def written(activity: Activity) -> list[Card]:
    """Return the cards that those who are made up have written in an activity."""
    return [card for card in cards_of(activity) if card.way == SIMULATED]


@cache
def made_up() -> dict[str, Any]:
    """Return the names and cards of people who do not exist."""
    found: dict[str, Any] = json.loads(
        (Path(__file__).parent / "data" / "rehearsal.json").read_text("utf-8")
    )
    return found
