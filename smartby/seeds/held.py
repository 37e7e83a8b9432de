"""A workshop of the demo that was held: who joined, what they wrote, and what it became."""

from __future__ import annotations

from datetime import datetime, timedelta

from ..cards.actions import write_card
from ..contributions.actions import Content
from ..contributions.models import Contribution
from ..core.access import Anonymous
from ..core.clock import at
from ..core.guests import new_secret
from ..extensions import db
from ..facilitation.doors import close_run, open_doors
from ..facilitation.drive import Call, steer
from ..facilitation.models import Participant, Run
from ..facilitation.participants import Entrance, join
from ..outcomes.actions import IDEA, Basket, Pick, harvest
from ..outcomes.queries import became, plots_of
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
        if cards:
            _write(run, guests, cards, moment)
            with at(moment + minutes * MINUTE / 2):
                steer(run, Call("reveal", run.rev, {"activity": str(run.activity_id)}), by=leader)
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


def _write(run: Run, guests: list[Participant], cards: list[str], moment: datetime) -> None:
    activity = run.activity
    if activity is None:
        raise ValueError("cards are written in an activity")
    for place, body in enumerate(cards):
        with at(moment + (1 + place / 2) * MINUTE):
            write_card(run, activity, guests[place % len(guests)], body)


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
