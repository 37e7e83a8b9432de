"""Votes on cards: at most one each, taken back when one likes; and the orders that they make."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt

from flask_babel import gettext as _
from sqlalchemy import bindparam, delete, select, text

from ..core.errors import NotFound
from ..core.live import Op, shows
from ..core.transaction import post
from ..extensions import db
from ..facilitation.identity import mark_of
from ..facilitation.models import SHOWN, Card, CardVote, Participant, Run
from ..facilitation.streams import room, screen, staff
from ..workshops.models import Activity
from .wall import tell_order

Z = 1.96  # of a normal distribution: 95 %
VOTE = text(
    "INSERT INTO card_vote (card_id, voter, value, heads) VALUES (:card, :voter, :value, :heads)"
    " ON CONFLICT (card_id, voter) DO UPDATE SET value = excluded.value, heads = excluded.heads"
)
UNVOTE = delete(CardVote).where(
    CardVote.card_id == bindparam("card"), CardVote.voter == bindparam("voter")
)
OF_VOTER = (
    select(CardVote)
    .join(Card, Card.id == CardVote.card_id)
    .where(Card.run_id == bindparam("run"), CardVote.voter == bindparam("voter"))
)
CLEAR = delete(CardVote).where(CardVote.card_id == bindparam("card"))
COUNT = (
    select(CardVote.card_id, CardVote.value, db.func.sum(CardVote.heads))
    .where(CardVote.card_id.in_(bindparam("cards", expanding=True)))
    .group_by(CardVote.card_id, CardVote.value)
)
OWN = (
    select(CardVote.card_id, CardVote.value)
    .join(Card, Card.id == CardVote.card_id)
    .where(Card.activity_id == bindparam("activity"), CardVote.voter == bindparam("voter"))
)


@dataclass(frozen=True, slots=True)
class Votes:
    """How many hold a card to be important, and how many do not."""

    up: int = 0
    down: int = 0

    def best(self) -> float:
        """The lower end of Wilson's interval for the share that is for it.

        What many are for stands above what few are for, also when nobody is against: 1 of 1 says
        less than 9 of 10.
        """
        count = self.up + self.down
        if count == 0:
            return 0.0
        share = self.up / count
        spread = Z * sqrt((share * (1 - share) + Z * Z / (4 * count)) / count)
        return (share + Z * Z / (2 * count) - spread) / (1 + Z * Z / count)

    def controversy(self) -> float:
        """Many votes, evenly split, are the most controversial; one-sided ones are not at all."""
        few, many = sorted((self.up, self.down))
        return float((few + many) ** (few / many)) if few else 0.0


def votes_on(cards: Iterable[Card]) -> dict[int, Votes]:
    """Count the votes on cards: a device's for all who share it."""
    found: dict[int, dict[int, int]] = {card.id: {} for card in cards}
    if found:
        for card, value, count in db.session.execute(COUNT, {"cards": list(found)}):
            found[card][value] = int(count)
    return {card: Votes(values.get(1, 0), values.get(-1, 0)) for card, values in found.items()}


def votes_by(activity: Activity, voter: str) -> dict[int, int]:
    """Return how somebody has voted on an activity's cards."""
    asked = {"activity": activity.id, "voter": voter}
    return {row.card_id: row.value for row in db.session.execute(OWN, asked)}


def vote(run: Run, activity: Activity, card: Card, voter: Participant, value: int) -> None:
    """Vote for a card (1) or against it (-1), instead of what one said before; 0 takes it back."""
    mark = mark_of(run, voter)
    if card.state != SHOWN:
        raise NotFound(_("Denne lappen finnes ikke lenger."))
    if value:
        said = {"card": card.id, "voter": mark, "value": value, "heads": voter.heads}
        db.session.execute(VOTE, said)
    else:
        db.session.execute(UNVOTE, {"card": card.id, "voter": mark})
    tell_votes(run, activity, card)


def weigh_votes(run: Run, voter: Participant) -> bool:
    """Let what somebody has voted count for as many as share their device; tell if it changed."""
    said = db.session.scalars(OF_VOTER, {"run": run.id, "voter": mark_of(run, voter)}).all()
    changed = [one for one in said if one.heads != voter.heads]
    for one in changed:
        one.heads = voter.heads
    return bool(changed)


def clear_votes(card: Card) -> None:
    """Forget the votes on a card: it says something else now."""
    db.session.execute(CLEAR, {"card": card.id})


def tell_votes(run: Run, activity: Activity, card: Card) -> None:
    """Tell how many votes a card has; nothing moves on a phone while somebody aims at it."""
    for stream in (room(run), staff(run)):
        post(stream, "votes.counted", card=card.id)
    tell_order(run, activity)
    post(screen(run), "activity.shown", run=run.id, activity=activity.id, view="screen")


def in_order(cards: Iterable[Card], votes: Mapping[int, Votes], order: str) -> list[Card]:
    """Return cards in an order: best, newest or controversial; the older first among equals."""
    if order == "newest":
        return sorted(cards, key=lambda card: -card.id)
    measure = Votes.controversy if order == "controversial" else Votes.best
    return sorted(cards, key=lambda card: (-measure(votes[card.id]), card.id))


@shows("votes.counted")
def votes_counted(card: int) -> Iterable[Op]:
    """Set the counts; on a phone the order stays until it is asked for."""
    found = db.session.get(Card, card)
    if found is None or found.state != SHOWN:
        return []
    votes = votes_on([found])[card]
    return [
        {"op": "set", "target": f"up-{card}", "value": str(votes.up)},
        {"op": "set", "target": f"down-{card}", "value": str(votes.down)},
    ]
