"""Statements that those who take part add to a vote while it is held: cards that become items."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from flask_babel import gettext as _

from ..cards.actions import judge, take_back, write_card
from ..core.errors import Invalid, Refused
from ..core.live import Op, shows
from ..core.transaction import post
from ..extensions import db
from ..facilitation.models import HELD, HIDDEN, SHOWN, WAITING, Card, Participant, Run
from ..facilitation.play import Fields, play_of
from ..facilitation.queries import cards_of
from ..facilitation.streams import room, tell_count, tell_moved, tell_shown
from ..workshops.models import Activity
from .actions import open_round, the_open
from .counting import Counting
from .items import MOST, Row
from .queries import rounds_of


def may_add(activity: Activity) -> bool:
    """Tell whether the plan lets those who take part add something to vote on."""
    return bool(activity.rules.get("adding"))


def added(activity: Activity) -> Sequence[Card]:
    """Return what was added, with what waits for a word first."""
    return sorted(cards_of(activity), key=lambda card: (card.state != WAITING, card.id))


def rows_of(activity: Activity) -> list[Row]:
    """Return what was added as items of a round."""
    return [[_key(card), ""] for card in cards_of(activity) if card.state == SHOWN]


def no_room(activity: Activity, card: Card) -> str:
    """Say why there is no room for a card in the round that is on; "" when there is."""
    rounds = rounds_of(activity)
    if not rounds or not rounds[-1].is_open or _key(card) in rounds[-1].keys:
        return ""
    full = len(rounds[-1].items) >= MOST
    return _("Det er plass til høyst %(most)s påstander.", most=MOST) if full else ""


def write(run: Run, activity: Activity, author: Participant, fields: Fields) -> None:
    """Add something; where the plan asks for approval it waits."""
    if not may_add(activity):
        raise Refused(_("Her er det de som leder, som legger inn påstander."))
    if rounds_of(activity):
        the_open(activity)  # raises Conflict: what comes too late is told, and kept in the browser
    card = write_card(run, activity, author, fields.get("body", ""))
    if card.state == SHOWN:
        _include(run, activity, card)
    tell_count(run, activity)


def withdraw(run: Run, activity: Activity, author: Participant, fields: Fields) -> None:
    """Take back what one has added oneself; votes on it count no more."""
    take_back(run, activity, author, fields)
    _count_anew(activity)
    tell_shown(run, activity)


def decide(state: str, run: Run, activity: Activity, fields: Fields) -> None:
    """Let something that was added be voted on, hold it back, or hide it."""
    number = fields.get("card", "")
    reason = fields.get(f"reason-{number}", fields.get("reason", ""))
    card = judge(run, activity, {"card": number, "reason": reason}, state)
    if state == SHOWN:
        _include(run, activity, card)
    _count_anew(activity)
    tell_shown(run, activity)


@shows("item.added")
def item_added(activity: int, card: int) -> Iterable[Op]:
    """Tell those who have answered everything that there is more, without moving what they read."""
    found = db.session.get(Card, card)
    if found is None or found.state != SHOWN:
        return []
    return [{"op": "waiting", "target": f"added-{activity}", "value": str(card)}]


def _include(run: Run, activity: Activity, card: Card) -> None:
    rounds, kind = rounds_of(activity), play_of(activity)
    if not rounds and isinstance(kind, Counting):
        open_round(activity, kind.terms(activity), kind.items(activity))
        tell_moved(run, again=True)
    elif rounds and rounds[-1].is_open and _key(card) not in rounds[-1].keys:
        if why := no_room(activity, card):
            raise Invalid(why)
        rounds[-1].items = [*rounds[-1].items, [_key(card), ""]]
        post(room(run), "item.added", activity=activity.id, card=card.id)
        _count_anew(activity)


def _count_anew(activity: Activity) -> None:
    for round_ in rounds_of(activity):
        round_.rev += 1


def _key(card: Card) -> str:
    return f"card:{card.id}"


ACTS = {"write": write, "take_back": withdraw}
ORDERS = {
    "approve": partial(decide, SHOWN),
    "hold": partial(decide, HELD),
    "hide": partial(decide, HIDDEN),
}
