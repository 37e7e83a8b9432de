"""Groups as they lie on the table: which cards they are made of, and what is left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import and_, bindparam, or_, select

from ..extensions import db
from ..facilitation.authors import names_for_room, names_for_staff
from ..facilitation.card_facts import is_open_to
from ..facilitation.models import SHOWN, Card, CardGroup, Run
from ..facilitation.queries import cards_of
from ..workshops.models import Activity
from ..workshops.queries import steps_of

GIVES_CARDS = ("brainstorm", "tables")  # kinds whose cards can be put together
# As card_facts.is_open_to, of a card that is shown.
SEEN = or_(
    Activity.revealed_at.is_not(None), Card.revealed_at.is_not(None),
    Activity.rules["open"].as_boolean(),
)  # fmt: skip
GROUPS = (
    # What was hidden again since is not read inside a group either.
    select(CardGroup.id, CardGroup.title, Card.body, Card.way, SEEN.label("seen"))
    .outerjoin(Card, and_(Card.group_id == CardGroup.id, Card.state == SHOWN))
    .outerjoin(Activity, Activity.id == Card.activity_id)
    .where(CardGroup.id.in_(bindparam("groups", expanding=True)))
    .order_by(CardGroup.id, Card.id)
)
LYING = (
    select(Card).where(Card.group_id == bindparam("group"), Card.state == SHOWN).order_by(Card.id)
)
STAFF = "staff"  # whose hand a card is in when those who lead move it


@dataclass(frozen=True, slots=True)
class Pile:
    """A group with the cards that an audience may see in it; called the same by all audiences."""

    group: CardGroup
    cards: list[Card]
    title: str


@dataclass(frozen=True, slots=True)
class Slip:
    """What stands on a card in a group, and how it came there."""

    body: str
    way: str


@dataclass(frozen=True, slots=True)
class Heap:
    """A group where it stands among others: what it is called, and what the room has seen in it."""

    title: str
    slips: tuple[Slip, ...] = ()


@dataclass(frozen=True, slots=True)
class Board:
    """Groups in the order in which they were made, and the cards that are in none."""

    piles: list[Pile]
    loose: list[Card]
    names: dict[str, str] = field(default_factory=dict)
    concealed: frozenset[int] = frozenset()  # cards that those who lead see, and the room does not

    @property
    def many(self) -> int:
        """How many cards there are, in groups or not."""
        return len(self.loose) + sum(len(pile.cards) for pile in self.piles)

    @property
    def fullest(self) -> list[Pile]:
        """The groups, the fullest first; where one moves cards they stay where they are.

        One that has no name and nothing in it that may be seen says nothing, and is left out.
        """
        telling = (pile for pile in self.piles if pile.group.title or pile.cards)
        return sorted(telling, key=lambda pile: (-len(pile.cards), pile.group.id))


def heaps_of(numbers: Iterable[int]) -> dict[int, Heap]:
    """Return groups as they stand among others."""
    rows: dict[int, list[Any]] = defaultdict(list)
    for row in db.session.execute(GROUPS, {"groups": list(numbers)}):
        rows[row.id].append(row)
    return {number: _heap(found) for number, found in rows.items()}


def _heap(rows: Sequence[Any]) -> Heap:
    cards = [row for row in rows if row.body is not None and row.seen]
    title = called(rows[0].title, [card.body for card in cards])
    return Heap(title, tuple(Slip(card.body, card.way) for card in cards))


def called(title: str, bodies: Sequence[str]) -> str:
    """Return what a group is called everywhere; `bodies` are the cards in it that the room sees.

    One without a name is called by its first card, with how many more lie in it: never by what
    the room has not seen, not where those who lead see it either.
    """
    if title:
        return title
    if not bodies:
        return str(_("Gruppe uten navn"))
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


def board_of(activity: Activity, view: str = "room") -> Board:
    """Return the groups and the cards in none, without what an audience may not see."""
    run = db.session.get_one(Run, activity.workshop_id)
    source = source_of(activity)
    cards = [c for c in cards_of(source) if c.state == SHOWN] if source else []
    lying: dict[int | None, list[Card]] = {card.group_id: [] for card in cards}
    shown = [card for card in cards if may_see(card, view)]
    for card in shown:
        lying[card.group_id].append(card)
    loose = lying.pop(None, [])
    asked = select(CardGroup).where(CardGroup.id.in_(sorted(filter(None, lying))))
    groups = db.session.scalars(asked.order_by(CardGroup.id))
    piles = [_pile(group, lying[group.id]) for group in groups]
    names = (names_for_staff if view == STAFF else names_for_room)(run, shown)
    concealed = frozenset(card.id for card in shown if not may_see(card, "room"))
    return Board(piles, loose, names, concealed)


def pile_of(group: CardGroup, view: str) -> Pile:
    """Return a group with the cards in it that an audience may see."""
    lying = db.session.scalars(LYING, {"group": group.id})
    return _pile(group, [card for card in lying if may_see(card, view)])


def _pile(group: CardGroup, cards: list[Card]) -> Pile:
    seen = [card.body for card in cards if may_see(card, "room")]
    return Pile(group, cards, called(group.title, seen))


def may_see(card: Card, view: str) -> bool:
    """Tell whether an audience may see a card: what was hidden again only those who lead."""
    source = db.session.get_one(Activity, card.activity_id)
    return card.state == SHOWN if view == STAFF else is_open_to(source, card)
