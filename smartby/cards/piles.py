"""Groups as they lie on the table: which cards they are made of, and what is left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import bindparam, select

from ..extensions import db
from ..facilitation.authors import names_for_room
from ..facilitation.models import SHOWN, Card, CardGroup, Run
from ..facilitation.queries import cards_of
from ..workshops.models import Activity
from ..workshops.queries import steps_of

GIVES_CARDS = ("brainstorm", "tables")  # kinds whose cards can be put together
GROUPS = select(CardGroup.id, CardGroup.title).where(
    CardGroup.id.in_(bindparam("groups", expanding=True))
)
IN_GROUPS = (
    select(Card.group_id, Card.body)
    .where(Card.group_id.in_(bindparam("groups", expanding=True)), Card.state == SHOWN)
    .order_by(Card.id)
)
STAFF = "staff"  # whose hand a card is in when those who lead move it


@dataclass(frozen=True, slots=True)
class Pile:
    """A group with its cards."""

    group: CardGroup
    cards: list[Card]

    @property
    def title(self) -> str:
        """What the group is called, or that it has no name yet."""
        return self.group.title or str(_("Gruppe uten navn"))


@dataclass(frozen=True, slots=True)
class Board:
    """Groups in the order in which they were made, and the cards that are in none."""

    piles: list[Pile]
    loose: list[Card]
    names: dict[str, str] = field(default_factory=dict)

    @property
    def fullest(self) -> list[Pile]:
        """The groups, the fullest first; where one moves cards they stay where they are."""
        return sorted(self.piles, key=lambda pile: (-len(pile.cards), pile.group.id))


def names_of(numbers: Iterable[int]) -> dict[int, str]:
    """Name groups where they stand among others: one without a name is called by its first card."""
    groups = {group.id: group.title for group in db.session.execute(GROUPS, {"groups": numbers})}
    nameless = [number for number, title in groups.items() if not title]
    cards = bodies_in(nameless)
    return groups | {number: called_by(cards.get(number, [])) for number in nameless}


def bodies_in(numbers: Iterable[int]) -> dict[int, list[str]]:
    """Return what stands on the cards in groups, by the groups' numbers."""
    cards: dict[int, list[str]] = defaultdict(list)
    groups = list(numbers)
    if groups:
        for card in db.session.execute(IN_GROUPS, {"groups": groups}):
            cards[card.group_id].append(card.body)
    return cards


def called_by(bodies: Sequence[str]) -> str:
    """Call a group without a name by its first card, and say how many more lie in it."""
    if not bodies:
        return str(_("Uten navn"))
    more = len(bodies) - 1
    told = ngettext("og %(num)d lapp til", "og %(num)d lapper til", more)
    return f"«{bodies[0]}» {told}" if more else bodies[0]


def source_of(activity: Activity) -> Activity | None:
    """Return the activity whose cards are put together: the one chosen, or the nearest before."""
    wanted = str(activity.rules.get("source") or "")
    workshop = db.session.get_one(Run, activity.workshop_id).workshop
    earlier = [
        step for step in steps_of(workshop)
        if step.position < activity.position and step.kind in GIVES_CARDS
    ]  # fmt: skip
    chosen = next((step for step in earlier if str(step.id) == wanted), None)
    return chosen or (earlier[-1] if earlier else None)


def board_of(activity: Activity) -> Board:
    """Return the groups and the cards in none, without what is held back."""
    run = db.session.get_one(Run, activity.workshop_id)
    source = source_of(activity)
    cards = [c for c in cards_of(source) if c.state == SHOWN] if source else []
    lying: dict[int | None, list[Card]] = defaultdict(list)
    for card in cards:
        lying[card.group_id].append(card)
    loose = lying.pop(None, [])
    asked = select(CardGroup).where(CardGroup.id.in_(sorted(filter(None, lying))))
    groups = db.session.scalars(asked.order_by(CardGroup.id))
    piles = [Pile(group, lying[group.id]) for group in groups]
    return Board(piles, loose, names_for_room(run, cards))
