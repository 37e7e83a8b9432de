"""Brainstorm: everybody writes for themselves, then all is revealed together."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from ..core.forms import Form
from ..facilitation.cards import edit_card, judge, reveal, take_back, write_card
from ..facilitation.identity import mark_of
from ..facilitation.models import HELD, HIDDEN, SHOWN, WAITING, Card, Participant, Run
from ..facilitation.play import Fields, Harvest, Play
from ..facilitation.queries import cards_of, own_cards
from ..facilitation.rehearsal import made_up
from ..facilitation.streams import tell_count, tell_shown
from ..workshops.models import Activity

MOST_SHOWN = 300  # cards on a phone or a screen at a time


@dataclass(frozen=True, slots=True)
class Wall:
    """The cards that one audience sees, and what is said of the others."""

    cards: list[Card]
    total: int
    writers: int
    held: int
    waiting: int = 0
    revealed: bool = False
    spotlight: Card | None = field(default=None)

    @property
    def more(self) -> int:
        """How many cards there is no room for."""
        return max(0, len(self.cards) - MOST_SHOWN)


class BrainstormRules(Form):
    """How a brainstorm is held."""

    open = BooleanField(_l("Vis lappene for alle med en gang"))
    approval = BooleanField(_l("Godkjenn hver lapp før rommet ser den"))
    locks = BooleanField(_l("Lås når tiden er ute"))


def is_open_to(activity: Activity, card: Card) -> bool:
    """Tell whether the room may see a card."""
    if card.state != SHOWN:
        return False
    shown = activity.revealed_at or card.revealed_at or activity.rules.get("open")
    return bool(shown)


class Brainstorm(Play, key="brainstorm"):
    """Cards that are written privately and revealed together."""

    name = _l("Idédugnad")
    purpose = _l("Alle skriver lapper for seg selv. Så avsløres de for alle samtidig.")
    icon = "pencil"
    minutes = 8
    order = 10
    rules_form = BrainstormRules

    def picture(self, activity: Activity) -> Wall:
        """Return the cards that the room may see."""
        cards = cards_of(activity)
        return self._wall(activity, cards, [c for c in cards if is_open_to(activity, c)])

    def insight(self, activity: Activity) -> Wall:
        """Return all cards; those that wait for a word come first."""
        cards = cards_of(activity)
        first = sorted(cards, key=lambda card: (card.state != WAITING, -card.id))
        return self._wall(activity, cards, first)

    def possession(self, activity: Activity, participant: Participant) -> list[Card]:
        """Return the participant's own cards, the newest last."""
        return list(own_cards(activity, mark_of(participant.run, participant)))

    def simulate(self, run: Run, activity: Activity, turn: int) -> list[tuple[str, Fields]]:
        """Let each write two cards."""
        cards = made_up()["cards"][run.workshop.lang]
        return [("write", {"body": cards[(2 * turn + n) % len(cards)]}) for n in range(2)]

    def harvest(self, activity: Activity) -> list[Harvest]:
        """Return each card that the room saw."""
        return [
            Harvest(f"card:{card.id}", card.body, authors=[card.author])
            for card in self.picture(activity).cards
        ]

    def rows(self, activity: Activity) -> list[list[Any]]:
        """Return the cards that the room saw."""
        return [
            ["card", "group"],
            *([c.body, c.group_id or ""] for c in self.picture(activity).cards),
        ]

    def _wall(self, activity: Activity, cards: Any, shown: list[Card]) -> Wall:
        states = Counter(card.state for card in cards)
        return Wall(
            cards=shown, total=len(cards), writers=len({card.author for card in cards}),
            held=states[HELD] + states[HIDDEN], waiting=states[WAITING],
            revealed=activity.revealed_at is not None,
        )  # fmt: skip


def _write(run: Run, activity: Activity, author: Participant, fields: Fields) -> None:
    # Returns nothing: what is kept of a command must not tie a person to a card.
    _tell(run, activity, write_card(run, activity, author, fields.get("body", "")))


def _edit(run: Run, activity: Activity, author: Participant, fields: Fields) -> None:
    _tell(run, activity, edit_card(run, activity, author, fields))


def _take_back(run: Run, activity: Activity, author: Participant, fields: Fields) -> None:
    take_back(run, activity, author, fields)
    tell_shown(run, activity)


def _judge(state: str, run: Run, activity: Activity, fields: Fields) -> None:
    judge(run, activity, fields, state)
    tell_shown(run, activity)


def _reveal(run: Run, activity: Activity, fields: Fields) -> None:
    reveal(activity, fields)
    tell_shown(run, activity)


def _conceal(run: Run, activity: Activity, _fields: Fields) -> None:
    activity.revealed_at = None
    tell_shown(run, activity)


def _tell(run: Run, activity: Activity, card: Card) -> None:
    # What the room may not see is not even told to it; the projector counts.
    (tell_shown if is_open_to(activity, card) else tell_count)(run, activity)


Brainstorm.acts = {"write": _write, "edit": _edit, "take_back": _take_back}
Brainstorm.orders = {
    "reveal": _reveal,
    "conceal": _conceal,
    "approve": partial(_judge, SHOWN),
    "hold": partial(_judge, HELD),
    "hide": partial(_judge, HIDDEN),
}
