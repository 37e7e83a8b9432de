"""Putting cards together: each change compares the cards with what was seen, and can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select

from ..core.clock import now
from ..core.errors import Conflict, Invalid, NotFound
from ..core.text import clean
from ..core.transaction import post
from ..extensions import db
from ..facilitation.models import SHOWN, Card, CardGroup, Run
from ..facilitation.play import Fields
from ..facilitation.progress import progress_of, remember
from ..facilitation.streams import room, screen, staff
from ..workshops.models import Activity
from .piles import STAFF, may_see

GRIP = timedelta(seconds=5)  # a card that somebody has taken is theirs for so long
MOST_PICKED = 300  # cards at a time
TITLE = 120  # characters
PICK = "pick-"


class Change:
    """One change of the groups: what was before, so that it can be undone and told of."""

    def __init__(self, run: Run, activity: Activity) -> None:
        self.run, self.activity = run, activity
        self.cards: dict[int, tuple[Card, int | None]] = {}
        self.groups: dict[int, str] = {}  # titles as they were

    def move(self, cards: Iterable[Card], group: CardGroup | None) -> None:
        """Put cards into a group, or out of theirs."""
        for card in cards:
            self.touch(card.group_id)
            self.cards.setdefault(card.id, (card, card.group_id))
            card.group_id = None if group is None else group.id
            card.version += 1
            card.taken_by = card.taken_at = None
        if group is not None:
            self.touch(group.id)

    def touch(self, number: int | None) -> None:
        """Note a group before it is changed."""
        if number is not None and number not in self.groups:
            self.groups[number] = db.session.get_one(CardGroup, number).title

    def found(self, title: str = "") -> CardGroup:
        """Make a new group."""
        group = CardGroup(municipality_id=self.run.municipality_id, run_id=self.run.id, title=title)
        db.session.add(group)
        db.session.flush()
        self.touch(group.id)
        return group

    def settle(self, *, undoable: bool = True) -> None:
        """Take emptied groups away, keep what was before, and tell all who look on."""
        db.session.flush()
        for number in self.groups:
            asked = select(func.count()).where(Card.group_id == number)
            if not db.session.execute(asked).scalar_one():
                db.session.delete(db.session.get_one(CardGroup, number))
        before: dict[str, Any] | None = None
        if undoable:
            cards = {str(n): [was, card.version] for n, (card, was) in self.cards.items()}
            before = {"cards": cards, "groups": {str(n): t for n, t in self.groups.items()}}
        remember(self.activity, before=before)
        self._tell()

    def _tell(self) -> None:
        cards, groups = sorted(self.cards), sorted(self.groups)
        for view, stream in (("room", room(self.run)), ("staff", staff(self.run))):
            post(
                stream, "groups.changed", run=self.run.id, activity=self.activity.id,
                cards=cards, groups=groups, view=view,
            )  # fmt: skip
        run, activity = self.run.id, self.activity.id
        post(staff(self.run), "groups.counted", run=run, activity=activity)
        post(screen(self.run), "activity.shown", run=run, activity=activity, view="screen")


def picked(source: Activity, by: str, fields: Fields) -> list[Card]:
    """Return the cards that were chosen; raise Conflict when one is not as it was seen."""
    seen = {
        int(name[len(PICK) :]): version
        for name, version in fields.items()
        if name.startswith(PICK) and name[len(PICK) :].isdecimal() and len(name) < 15
    }
    if not 0 < len(seen) <= MOST_PICKED:
        raise Invalid(_("Velg noen lapper først."))
    cards = _cards(source, seen, by)
    for card in cards:
        if str(card.version) != seen[card.id]:
            raise Conflict(_("Noen andre flyttet en av lappene først. Se hvor den er nå."))
        require_free(card, by)
    return cards


def take(source: Activity, by: str, number: str) -> None:
    """Take a card into one's hand for a moment, so that nobody else moves it meanwhile."""
    card = _cards(source, [int(number) if number.isdecimal() and len(number) < 10 else 0], by)[0]
    require_free(card, by)
    card.taken_by, card.taken_at = by, now()


def require_free(card: Card, by: str) -> None:
    """Raise Conflict while somebody else has the card in their hand."""
    held = card.taken_at is not None and now() < card.taken_at + GRIP
    if held and card.taken_by != by:
        raise Conflict(_("Noen andre holder i denne lappen akkurat nå."))


def bring_together(change: Change, cards: Sequence[Card]) -> None:
    """Let cards belong together: in the group that one of them is in, else in a new one."""
    if len(cards) < 2:
        raise Invalid(_("Velg minst to lapper som hører sammen."))
    known = next((card.group_id for card in cards if card.group_id is not None), None)
    group = change.found() if known is None else db.session.get_one(CardGroup, known)
    change.move(cards, group)


def merge(change: Change, source: Activity, group: CardGroup, into: CardGroup) -> None:
    """Put all cards of a group into another one; a title is not lost if only one has it."""
    if group.id == into.id:
        raise Invalid(_("Velg en annen gruppe å slå sammen med."))
    change.touch(into.id)
    into.title = into.title or group.title
    asked = select(Card).where(Card.activity_id == source.id, Card.group_id == group.id)
    change.move(db.session.scalars(asked).all(), into)
    into.version += 1


def rename(change: Change, group: CardGroup, title: str, seen: str) -> None:
    """Give a group a title; raise Conflict when it got another one since it was seen."""
    wanted = clean(title)
    if len(wanted) > TITLE:
        raise Invalid(_("Navnet på en gruppe kan ha høyst %(most)s tegn.", most=TITLE))
    if wanted == group.title:
        return
    if seen != str(group.version):
        raise Conflict(_("Noen andre ga gruppa et navn først. Se hva den heter nå."))
    change.touch(group.id)
    group.title, group.version = wanted, group.version + 1


def undo(change: Change) -> None:
    """Put back the last change; a card that was moved again since stays where it is."""
    before = progress_of(change.activity).kept.get("before")
    if not before:
        raise Invalid(_("Det er ikke noe å angre."))
    again = {number: _again(change, int(number), was) for number, was in before["groups"].items()}
    for number, (was, version) in before["cards"].items():
        card = db.session.get(Card, int(number))
        if card is not None and card.version == version:
            change.move([card], again.get(str(was)) if was is not None else None)


def group_in(source: Activity, number: str) -> CardGroup:
    """Find a group of an activity's cards; raise NotFound."""
    wanted = int(number) if number.isdecimal() and len(number) < 10 else 0
    asked = select(Card.id).where(Card.activity_id == source.id, Card.group_id == wanted).limit(1)
    found = db.session.get(CardGroup, wanted)
    if found is None or db.session.execute(asked).first() is None:
        raise NotFound(_("Denne gruppa finnes ikke lenger."))
    return found


def _again(change: Change, number: int, title: str) -> CardGroup:
    group = db.session.get(CardGroup, number)
    if group is None:
        return change.found(title)
    change.touch(number)
    if group.title != title:
        group.title, group.version = title, group.version + 1
    return group


def _cards(source: Activity, numbers: Iterable[int], by: str) -> list[Card]:
    wanted = list(numbers)
    asked = select(Card).where(
        Card.activity_id == source.id, Card.id.in_(wanted), Card.state == SHOWN
    )
    view = STAFF if by == STAFF else "room"
    found = [card for card in db.session.scalars(asked.order_by(Card.id)) if may_see(card, view)]
    if len(found) != len(wanted):
        raise NotFound(_("Denne lappen finnes ikke lenger."))
    return found
