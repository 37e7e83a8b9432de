"""What holds for any card: whether it can be read, and whether the room may see it."""

from __future__ import annotations

from flask_babel import gettext as _

from ..core.errors import Invalid
from ..core.text import clean_multiline
from ..workshops.models import Activity
from .models import CARD, SHOWN, Card


def readable(body: str) -> str:
    """Clean what was typed; raise Invalid when nothing is left or it is too long."""
    text = clean_multiline(body)
    if not text:
        raise Invalid(_("Skriv noe på lappen først."))
    if len(text) > CARD:
        raise Invalid(
            _("En lapp har plass til %(most)s tegn. Kort ned, eller del i to.", most=CARD)
        )
    return text


def is_open(activity: Activity) -> bool:
    """Tell whether the room sees what is written as it is written."""
    return bool(activity.revealed_at or activity.rules.get("open"))


def is_open_to(activity: Activity, card: Card) -> bool:
    """Tell whether the room may see a card."""
    return card.state == SHOWN and (is_open(activity) or card.revealed_at is not None)
