"""A wall of cards: what of it an audience sees, and how one card changes on it.

A card is told of alone, so that a room of many people does not draw the whole wall at each card;
projectors show a page, and draw that anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from flask import current_app
from flask_babel import ngettext
from sqlalchemy import bindparam, func, select

from ..core.live import Op, shows
from ..core.transaction import post
from ..extensions import db
from ..facilitation.authors import names_for_room, names_for_staff
from ..facilitation.card_facts import is_open, is_open_to
from ..facilitation.models import SHOWN, WAITING, Card, Run
from ..facilitation.play import play_of
from ..facilitation.streams import room, screen, staff
from ..workshops.models import Activity
from .columns import Column, columns_of

MOST_SHOWN = 300  # cards on a phone at a time
SHOWN_CARDS = select(func.count()).where(
    Card.activity_id == bindparam("activity"), Card.state == SHOWN
)


@dataclass(frozen=True, slots=True)
class Wall:
    """The cards that one audience sees, and what is said of the others."""

    cards: list[Card]
    total: int
    writers: int
    held: int
    waiting: int = 0
    revealed: bool = False  # all of them
    open: bool = False  # whether what is written now is seen at once
    spotlight: Card | None = None
    columns: list[Column] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)  # by the authors' marks

    def of(self, column: Column | None) -> list[Card]:
        """Return the cards of a column, or all when there are no columns."""
        return [c for c in self.cards if column is None or c.column == column.key][:MOST_SHOWN]


def cards_unseen(cards: Iterable[Card]) -> str:
    """Say how many cards the room has not been shown."""
    count = len(list(cards))
    if not count:
        return ""
    return str(ngettext("%(num)d lapp er ikke avslørt.", "%(num)d lapper er ikke avslørt.", count))


def cards_waiting(cards: Iterable[Card]) -> str:
    """Say how many cards wait for a word from those who lead."""
    count = sum(card.state == WAITING for card in cards)
    if not count:
        return ""
    told = ngettext(
        "%(num)d lapp venter på godkjenning.", "%(num)d lapper venter på godkjenning.", count
    )
    return str(told)


def spotlit(run: Run, cards: Iterable[Card]) -> Card | None:
    """Return the card that everybody looks at, if it is among these."""
    return next((card for card in cards if card.id == run.spotlight_id), None)


def tell_card(run: Run, activity: Activity, card: Card, *, seen: bool) -> None:
    """Tell that a card is new, another or gone; the room only when it is, or was, seen there."""
    number = card.id
    streams = {"staff": staff(run)} | ({"room": room(run)} if seen else {})
    for view, stream in streams.items():
        post(stream, "card.shown", run=run.id, activity=activity.id, card=number, view=view)
    post(staff(run), "wall.counted", run=run.id, activity=activity.id)
    if play_of(activity).sorts:
        tell_order(run, activity)
    post(screen(run), "activity.shown", run=run.id, activity=activity.id, view="screen")


def tell_order(run: Run, activity: Activity) -> None:
    """Tell those who lead that the cards may stand in another order; after what else is told."""
    post(staff(run), "desk.sorted", run=run.id, activity=activity.id)


@shows("desk.sorted", totals=True)
def desk_sorted(run: int, activity: int) -> Iterable[Op]:
    """Put the cards of those who lead in the order that the projectors show."""
    found = db.session.get(Run, run)
    if found is None or found.activity is None or found.activity_id != activity:
        return []
    cards = play_of(found.activity).insight(found.activity).cards
    order = " ".join(f"card-{card.id}" for card in cards)
    return [{"op": "sort", "target": f"desk-{activity}", "value": order}]


@shows("wall.counted", totals=True)
def wall_counted(run: int, activity: int) -> Iterable[Op]:
    """Show those who lead how many cards there are, and how many wait."""
    found = db.session.get(Run, run)
    if found is None or found.activity is None or found.activity_id != activity:
        return []
    play = play_of(found.activity)
    html = current_app.jinja_env.get_template(f"activities/{play.key}/_stats.html").render(
        shown=play.insight(found.activity), activity=found.activity
    )
    return [{"op": "replace", "target": f"stats-{activity}", "html": html}]


@shows("card.shown")
def card_shown(run: int, activity: int, card: int, view: str) -> Iterable[Op]:
    """Put a card where it belongs on the wall, or take it away."""
    found, step = db.session.get(Run, run), db.session.get(Activity, activity)
    if found is None or step is None or found.activity_id != activity:
        return []
    one = db.session.get(Card, card)
    if view == "staff":
        return _staff_ops(found, step, one, card)
    return _room_ops(found, step, one, card)


def _room_ops(run: Run, activity: Activity, card: Card | None, number: int) -> list[Op]:
    count = db.session.execute(SHOWN_CARDS, {"activity": activity.id}).scalar_one()
    ops: list[Op] = []
    if is_open(activity):
        ops.append({"op": "set", "target": f"cards-{activity.id}", "value": str(count)})
    if card is None or not is_open_to(activity, card):
        ops.append({"op": "remove", "target": f"card-{number}"})
    elif count <= MOST_SHOWN:
        html = drawn_card(run, activity, card)
        ops.append(_append(card, f"wall-{activity.id}{_suffix(activity, card)}", html))
    return ops


def _staff_ops(run: Run, activity: Activity, card: Card | None, number: int) -> list[Op]:
    if card is None:
        return [{"op": "remove", "target": f"card-{number}"}]
    html = _drawn("_staffcard", run, activity, card, names_for_staff(run, [card]))
    op = _append(card, f"desk-{activity.id}", html)
    # Where votes decide the order it gets its place by that, and pushes nothing down meanwhile.
    op["place"] = "last" if play_of(activity).sorts else "first"
    return [op]


def drawn_card(run: Run, activity: Activity, card: Card) -> str:
    """Draw a card as those who take part see it."""
    return _drawn("_card", run, activity, card, names_for_room(run, [card]))


def _append(card: Card, into: str, html: str) -> Op:
    return {"op": "append", "target": f"card-{card.id}", "into": into, "html": html}


def _suffix(activity: Activity, card: Card) -> str:
    return f"-{card.column}" if columns_of(activity) else ""


def _drawn(name: str, run: Run, activity: Activity, card: Card, names: dict[str, str]) -> str:
    values: dict[str, Any] = {
        "run": run, "activity": activity, "card": card, "names": names, "workshop": run.workshop,
        "columns": columns_of(activity), "revealed": activity.revealed_at is not None,
    }  # fmt: skip
    play = play_of(activity)
    names_ = [f"{folder}/{name}.html" for folder in (f"activities/{play.key}", "cards")]
    return current_app.jinja_env.select_template(names_).render(kind=play, **values)
