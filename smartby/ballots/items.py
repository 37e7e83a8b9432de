"""What is voted on: what came out of an earlier activity, or what was typed when planning."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from ..cards.piles import SEEN, Slip, heaps_of
from ..core.clock import now
from ..extensions import db
from ..facilitation.models import SHOWN, Card
from ..facilitation.play import NOTHING, PROPOSALS, Harvest, Play
from ..facilitation.queries import cards_of
from ..workshops.kinds import kind_of
from ..workshops.models import Activity, Workshop
from ..workshops.queries import steps_of

MOST = 60  # items of one round
Row = list[Any]  # key and title; cards and groups are looked up each time, and have none here


@dataclass(frozen=True, slots=True)
class Option:
    """Something that is voted on as it is now: a line, a card, or a group with its cards."""

    title: str
    way: str = ""  # how a card came: on paper, by somebody else's hand
    cards: tuple[Slip, ...] = ()  # of a group


def items_for(activity: Activity) -> list[Row]:
    """Return what an activity votes on when a round is opened now."""
    found = harvested(activity)
    if found:
        return [[item.key, _kept_title(item)] for item in found]
    typed = activity.rules.get("options") or []
    return [[f"option:{place}", title] for place, title in enumerate(typed[:MOST], start=1)]


def harvested(activity: Activity) -> list[Harvest]:
    """Return what this activity votes on that came out of an earlier one, the best first.

    That is the one that was chosen, else the last that made proposals; nothing when the options
    were typed. Each is asked once: what it voted on came out of another.
    """
    top = activity.rules.get("top") or MOST
    found: list[Harvest] = next(filter(None, map(_harvest, _sources(activity))), [])
    return found[: min(int(top), MOST)]


def unveil(activity: Activity) -> None:
    """Reveal what is voted on, where it was not: one cannot vote on what one may not see."""
    source = _unseen(activity)
    if source is not None:
        source.revealed_at = now()


def is_hidden(activity: Activity) -> bool:
    """Tell whether there are cards to vote on that are revealed when a round is opened."""
    source = _unseen(activity)
    return source is not None and any(card.state == SHOWN for card in cards_of(source))


def _unseen(activity: Activity) -> Activity | None:
    for source in _sources(activity):
        if _harvest(source):
            return None  # also where those who lead have revealed some of it only
        if source.revealed_at is None and cards_of(source):
            return source
    return None


def _sources(activity: Activity) -> list[Activity]:
    workshop = db.session.get_one(Workshop, activity.workshop_id)
    earlier = [step for step in steps_of(workshop) if step.position < activity.position]
    chosen = [step for step in earlier if step.id == activity.rules.get("source")]
    if chosen or activity.rules.get("options"):
        return chosen
    return proposing(earlier)


def proposing(steps: Iterable[Activity]) -> list[Activity]:
    """Return the steps that proposals come out of, the latest first."""
    return [step for step in steps if what_gives(step) == PROPOSALS][::-1]


def what_gives(step: Activity) -> str:
    """Tell what comes out of a step."""
    kind = kind_of(step.kind)
    return kind.gives if isinstance(kind, Play) else NOTHING


def _harvest(source: Activity) -> list[Harvest]:
    play = kind_of(source.kind)
    if source.begun_at is None:  # nor is there a run to ask, before the doors were opened
        return []
    return play.harvest(source) if isinstance(play, Play) else []


def titles_of(rows: Iterable[Row]) -> dict[str, str]:
    """Return the titles of items as they are now; what has been hidden since is left out."""
    return titled(options_of(rows))


def titled(options: Mapping[str, Option]) -> dict[str, str]:
    """Return the titles of options."""
    return {key: option.title for key, option in options.items()}


def options_of(rows: Iterable[Row]) -> dict[str, Option]:
    """Return items as they are now; what has been hidden since is left out."""
    rows = list(rows)
    live = _cards(rows) | _groups(rows)
    options = {}
    for key, kept in rows:
        option = live.get(key) if _is_live(key) else Option(kept)
        if option is not None and option.title:
            options[key] = option
    return options


def _cards(rows: Iterable[Row]) -> dict[str, Option]:
    numbers = _numbers("card", rows)
    if not numbers:
        return {}
    asked = select(Card.id, Card.body, Card.way).join(Activity, Activity.id == Card.activity_id)
    found = db.session.execute(asked.where(Card.id.in_(numbers), Card.state == SHOWN, SEEN))
    return {f"card:{number}": Option(body, way) for number, body, way in found}


def _groups(rows: Iterable[Row]) -> dict[str, Option]:
    numbers = _numbers("group", rows)
    if not numbers:
        return {}
    heaps = heaps_of(numbers).items()
    return {f"group:{number}": Option(heap.title, cards=heap.slips) for number, heap in heaps}


def _numbers(kind: str, rows: Iterable[Row]) -> list[int]:
    split = (key.partition(":") for key, _title in rows)
    return [int(number) for found, _colon, number in split if found == kind]


def _kept_title(item: Harvest) -> str:
    return "" if _is_live(item.key) else item.title


def _is_live(key: str) -> bool:
    return key.partition(":")[0] in ("card", "group")
