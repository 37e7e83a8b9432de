"""How the number of votes on a card changes where it stands."""

from __future__ import annotations

from collections.abc import Iterable

from ..core.live import Op, shows
from ..extensions import db
from .models import SHOWN, Card
from .upvotes import votes_on


@shows("votes.counted")
def votes_counted(card: int) -> Iterable[Op]:
    """Set the counts; the order stays until it is asked for."""
    found = db.session.get(Card, card)
    if found is None or found.state != SHOWN:
        return []
    votes = votes_on([found])[card]
    return [
        {"op": "set", "target": f"up-{card}", "value": str(votes.up)},
        {"op": "set", "target": f"down-{card}", "value": str(votes.down)},
    ]
