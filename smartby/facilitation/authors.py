"""Who wrote a card, for those who may know it."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _
from sqlalchemy import bindparam, select

from ..extensions import db
from ..workshops.models import NAMED, STRICT
from .models import Card, Participant, Run

NAMES = select(Participant.id, Participant.number, Participant.name).where(
    Participant.id.in_(bindparam("ids", expanding=True))
)


def names_for_room(run: Run, cards: Iterable[Card]) -> dict[str, str]:
    """Return names by mark where all may see who wrote what, else nothing."""
    return names_of(cards) if run.workshop.anonymity == NAMED else {}


def names_for_staff(run: Run, cards: Iterable[Card]) -> dict[str, str]:
    """Return names by mark where those who lead may see who wrote what, else nothing."""
    return {} if run.workshop.anonymity == STRICT else names_of(cards)


def names_of(cards: Iterable[Card]) -> dict[str, str]:
    """Return who wrote cards, by mark; whoever has been forgotten has no name."""
    ids = {int(card.author[2:]) for card in cards if card.author.startswith("p:")}
    if not ids:
        return {}
    return {
        f"p:{number}": name or str(_("Deltaker %(number)s", number=place))
        for number, place, name in db.session.execute(NAMES, {"ids": sorted(ids)})
    }
