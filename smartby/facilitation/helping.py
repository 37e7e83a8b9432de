"""What those who help see and decide: cards and hands, never where the workshop goes."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask_babel import gettext as _

from ..core.access import Person, require
from ..core.errors import Invalid
from ..core.transaction import lock
from ..workshops.models import Activity
from .authors import names_for_room
from .card_facts import is_open_to
from .drive import Call
from .models import SHOWN, WAITING, Card, Run
from .participants import require_open
from .play import play_of
from .queries import cards_of
from .raised import lower_hand

DECISIONS = ("approve", "hold", "hide")
MOST = 100  # cards of one sort, the newest


@dataclass(frozen=True, slots=True)
class Queue:
    """Cards that wait for a word, those that are kept back, and those that the room sees."""

    judged: bool = False  # whether this activity has cards that can be judged
    waiting: list[Card] = field(default_factory=list)
    held: list[Card] = field(default_factory=list)
    shown: list[Card] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)  # only where all may see who wrote what


def queue_of(run: Run, activity: Activity) -> Queue:
    """Return what there is to decide; what is not revealed yet is no helper's to read."""
    if not takes_decisions(activity):
        return Queue()
    cards = cards_of(activity)[::-1]
    waiting = [card for card in cards if card.state == WAITING]
    held = [card for card in cards if card.state not in (SHOWN, WAITING)][:MOST]
    shown = [card for card in cards if is_open_to(activity, card)][:MOST]
    # Whoever has waited longest comes first.
    waiting = waiting[::-1][:MOST]
    return Queue(True, waiting, held, shown, names_for_room(run, [*waiting, *held, *shown]))


def takes_decisions(activity: Activity) -> bool:
    """Tell whether an activity has cards that can be approved or held back."""
    play = play_of(activity)
    return play.writes(activity) and set(DECISIONS) <= set(play.orders)


def decide(run: Run, call: Call, *, by: Person) -> Run:
    """Judge a card, or take down a hand; deciding twice the same changes nothing."""
    lock(run)
    require("facilitation.help", run, by)
    require_open(run)
    if call.name == "lower_hand":
        lower_hand(run, call.fields)
        return run
    activity = run.activity
    if activity is None or call.fields.get("activity") != str(activity.id):
        raise Invalid(_("Dette gjelder en annen aktivitet enn den som er i gang."))
    if call.name not in DECISIONS or not takes_decisions(activity):
        raise Invalid
    play_of(activity).orders[call.name](run, activity, call.fields)
    return run
