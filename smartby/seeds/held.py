"""A workshop of the demo that was held: who joined, what they wrote, and what it became."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from ..ballots.queries import rounds_of
from ..cards.actions import write_card
from ..contributions.actions import Content
from ..contributions.models import Contribution
from ..core.access import Anonymous
from ..core.clock import at
from ..core.guests import new_secret
from ..extensions import db
from ..facilitation.acts import Deed, act
from ..facilitation.doors import close_run, open_doors
from ..facilitation.drive import Call, steer
from ..facilitation.models import Participant, Run
from ..facilitation.participants import Entrance, join
from ..outcomes.actions import IDEA, Basket, Pick, harvest
from ..outcomes.queries import became, plots_of
from ..workshops.models import Activity
from .content import Row
from .world import World

MINUTE = timedelta(minutes=1)


def hold(world: World, row: Row, begins: datetime) -> None:
    """Hold a workshop from its beginning; the moment this is called at is when it is closed."""
    workshop, leader = world.workshops[row["key"]], world.people[row["leader"]]
    with at(begins - 10 * MINUTE):
        run = open_doors(workshop, by=leader)
        guests = _let_in(world, run, row["held"])
    moment = begins
    for minutes, cards in zip(_minutes(row), row["held"]["cards"], strict=True):
        with at(moment):
            steer(run, Call("next", run.rev, {}), by=leader)
        activity = run.activity
        if activity is not None and activity.kind in ("brainstorm", "dots"):
            if cards:
                _write(run, activity, guests, cards, moment)
            else:
                _vote(run, activity, guests, row["held"]["dots"], moment)
            with at(moment + minutes * MINUTE / 2):
                steer(run, Call("reveal", run.rev, {"activity": str(activity.id)}), by=leader)
        moment += minutes * MINUTE
    close_run(run, by=leader)


def reap(world: World, row: Row) -> None:
    """Publish what the workshop is told to have become, in the name of whoever led it."""
    run = db.session.get_one(Run, world.workshops[row["key"]].id)
    keys = {crop.item.title: crop.key for plot in plots_of(run) for crop in plot.crops}
    ideas = row["held"]["ideas"]
    picks = tuple(Pick(keys[idea["card"]], _content(idea)) for idea in ideas)
    harvest(run, Basket(IDEA, picks), by=world.people[row["leader"]])
    for idea, made in zip(ideas, became(run.id), strict=True):
        world.contributions[idea["key"]] = db.session.get_one(Contribution, made.id)


def _let_in(world: World, run: Run, held: Row) -> list[Participant]:
    """Let those with an account in first, who want to be named; the others give no name."""
    named = [
        join(run, Entrance(linked=True, consents=True), secret=new_secret(), by=world.people[key])
        for key in held["named"]
    ]
    others = range(held["guests"])
    nobody = Anonymous()
    return named + [join(run, Entrance(), secret=new_secret(), by=nobody) for _each in others]


def _write(
    run: Run, activity: Activity, guests: list[Participant], cards: list[str], moment: datetime
) -> None:
    for place, body in enumerate(cards):
        with at(moment + (1 + place / 2) * MINUTE):
            write_card(run, activity, guests[place % len(guests)], body)


def _vote(
    run: Run, activity: Activity, guests: list[Participant], dots: list[int], moment: datetime
) -> None:
    """Lay so many dots on each of the cards that the room wrote last."""
    keys = [key for key, _title in rounds_of(activity)[-1].items]
    laid = [key for key, many in zip(keys, dots, strict=True) for _dot in range(many)]
    for place, guest in enumerate(guests):
        own = Counter(laid[place :: len(guests)])
        with at(moment + (1 + place / 10) * MINUTE):
            for key, many in own.items():
                act(run, guest, Deed("mark", str(activity.id), {"card": f"{key}={many}"}))


def _minutes(row: Row) -> list[int]:
    return [minutes for _kind, minutes, _title in row["programme"]]


def _content(idea: Row) -> Content:
    return Content(
        title=idea["title"],
        body=idea["body"],
        lang=idea["lang"],
        principles=tuple(idea["principles"]),
        goals=tuple(idea["goals"]),
        place=idea["place"],
    )
