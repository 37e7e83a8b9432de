"""Reading what came of workshops, and what is still to be harvested."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Row, bindparam, select

from ..accounts.models import User
from ..contributions.models import Contribution
from ..extensions import db
from ..facilitation.models import Card, Participant, Run
from ..facilitation.play import Harvest, Play, play_of
from ..workshops.kinds import kind_of
from ..workshops.models import STRICT, Activity
from ..workshops.queries import steps_of
from .models import Contributor, Outcome

C, OUT, STEP = Contribution.__table__, Outcome.__table__, Activity.__table__
NAMED, PERSON = Contributor.__table__, User.__table__
BECAME = (
    select(
        C.c.id, C.c.kind, C.c.code, C.c.title, C.c.lang, C.c.stage_id, C.c.support_count,
        C.c.withdrawn_at, C.c.hidden_at, C.c.author_id, C.c.municipality_id, OUT.c.item,
        OUT.c.votes, STEP.c.kind.label("made_in"),
    )
    .join(C, C.c.id == OUT.c.contribution_id)
    .join(STEP, STEP.c.id == OUT.c.activity_id)
    .where(OUT.c.run_id == bindparam("run"))
    .order_by(OUT.c.id)
)  # fmt: skip
CAME_FROM = (
    select(Outcome)
    .where(Outcome.contribution_id == bindparam("contribution"))
    .order_by(Outcome.id)
    .limit(20)
)
NAMES = (
    select(PERSON.c.id, PERSON.c.name)
    .join(NAMED, NAMED.c.user_id == PERSON.c.id)
    .where(NAMED.c.contribution_id == bindparam("contribution"))
    .order_by(NAMED.c.created_at, PERSON.c.id)
)
GROUPED = select(Card.id, Card.group_id).where(
    Card.run_id == bindparam("run"), Card.group_id.is_not(None)
)
WILLING = select(Participant.user_id).where(
    Participant.run_id == bindparam("run"),
    Participant.id.in_(bindparam("participants", expanding=True)),
    Participant.consents.is_(True),
    Participant.user_id.is_not(None),
)


# Rows of their own, which later activities build on: the same item wherever it is met.
SHARED = ("card:", "group:")


@dataclass(frozen=True, slots=True)
class Crop:
    """Something that can be harvested; `key` names it in its whole workshop."""

    key: str
    activity: Activity
    item: Harvest
    told: Sequence[Harvest] = ()  # what came of it each time there was a result, as the day went


@dataclass(frozen=True, slots=True)
class Plot:
    """An activity and what can be harvested from it, the best supported first."""

    activity: Activity
    kind: Play
    crops: Sequence[Crop]


def begun(run: Run) -> list[Activity]:
    """Return the activities that have been held, in order."""
    return [step for step in steps_of(run.workshop) if step.begun_at is not None]


def plots_of(run: Run) -> list[Plot]:
    """Return what a workshop has made, each thing once.

    The latest activity comes first: it builds on the others, and knows the votes.
    """
    met: set[str] = set()
    grouped = db.session.execute(GROUPED, {"run": run.id}).all()
    whole = [_whole(step) for step in begun(run)]
    told = _told(whole)
    plots = [_fresh(plot, met, grouped, told) for plot in reversed(whole)]
    return [plot for plot in plots if plot.crops]


def walls_of(run: Run) -> list[Plot]:
    """Return what hung on the wall, as the day went: of each vote all that it was about.

    All else is there once, where it came last, and so are the cards in a group.
    """
    last = {plot.activity.id: plot for plot in plots_of(run)}
    return [_wall(step, last.get(step.id)) for step in begun(run)]


def crops_of(run: Run) -> dict[str, Crop]:
    """Return all that can be harvested, by key."""
    return {crop.key: crop for plot in plots_of(run) for crop in plot.crops}


def became(run_id: int) -> list[Row[Any]]:
    """Return what became of a workshop's items, as they stand now."""
    return list(db.session.execute(BECAME, {"run": run_id}))


def in_the_room(row: Row[Any]) -> str:
    """Say how many stood behind something in the room, in the unit of how they did: "4 prikker"."""
    return behind(row.made_in, row.votes)


def behind(kind: str, votes: int | None) -> str:
    """Say how many stood behind something that came out of a kind of activity; "" for none."""
    play = kind_of(kind)
    return play.behind(votes) if votes and isinstance(play, Play) else ""


def came_from(contribution_id: int) -> Sequence[Outcome]:
    """Return the items that became a contribution."""
    return db.session.scalars(CAME_FROM, {"contribution": contribution_id}).all()


def contributors_of(contribution_id: int) -> list[Row[Any]]:
    """Return who is named on a contribution: id and name."""
    return list(db.session.execute(NAMES, {"contribution": contribution_id}))


def quoted(crop: Crop) -> list[str]:
    """Return the cards behind something: a line that was typed in the plan has none."""
    alone = [crop.item.title] if crop.item.key.startswith(SHARED) else []
    return list(crop.item.quotes) or alone


def willing(run: Run, marks: Iterable[str]) -> list[int]:
    """Return the accounts behind marks whose owners asked to be named; none when it is strict."""
    numbers = sorted({int(mark[2:]) for mark in marks if mark.startswith("p:")})
    if run.workshop.anonymity == STRICT or not numbers:
        return []
    asked = {"run": run.id, "participants": numbers}
    return [int(found) for found in db.session.scalars(WILLING, asked) if found is not None]


def _whole(activity: Activity) -> Plot:
    play = play_of(activity)
    crops = [Crop(_key(activity, item), activity, item) for item in play.harvest(activity)]
    return Plot(activity, play, crops)


def _wall(activity: Activity, fresh: Plot | None) -> Plot:
    play, crops = play_of(activity), [] if fresh is None else list(fresh.crops)
    if not play.weighs:
        return Plot(activity, play, crops)
    here = {crop.key for crop in crops}
    hung = [Crop(_key(activity, item), activity, item) for item in play.hung(activity)]
    bare = [c if c.key in here else replace(c, item=replace(c.item, quotes=[])) for c in hung]
    return Plot(activity, play, bare)


def _told(plots: Sequence[Plot]) -> dict[str, list[Harvest]]:
    """Return what came of each thing, by its names, in the order of the plots."""
    told: dict[str, list[Harvest]] = defaultdict(list)
    for crop in (crop for plot in plots for crop in plot.crops):
        for name in _names(crop) if crop.item.result and crop.item.votes else ():
            told[name].append(crop.item)
    return told


def _fresh(
    plot: Plot, met: set[str], grouped: Sequence[Any], told: Mapping[str, list[Harvest]]
) -> Plot:
    """Return a plot without what a later one had."""
    fresh = [crop for crop in plot.crops if not _names(crop) & met]
    met.update(*map(_names, fresh))
    # A card that has been put in a group is harvested with it.
    met.update(f"card:{row.id}" for row in grouped if f"group:{row.group_id}" in met)
    crops = [
        replace(crop, told=max((told.get(name, []) for name in _names(crop)), key=len))
        for crop in fresh
    ]
    return replace(plot, crops=crops)


def _names(crop: Crop) -> set[str]:
    """Return what makes it the same as another: lines that were typed are so by what they say."""
    own = not crop.item.key.startswith(SHARED)
    return {crop.key, f"says:{crop.item.title.casefold()}"} if own else {crop.key}


def _key(activity: Activity, item: Harvest) -> str:
    return item.key if item.key.startswith(SHARED) else f"{activity.id}/{item.key}"
