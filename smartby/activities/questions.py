"""Questions from the room: asked, voted up, and marked when they have been answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from ..cards.actions import card_in, edit_card, judge, own_card, take_back, write_card
from ..cards.upvotes import Votes, clear_votes, in_order, vote, votes_by, votes_on
from ..cards.wall import MOST_SHOWN, cards_waiting, spotlit, tell_card
from ..core.clock import now
from ..core.errors import Invalid
from ..core.forms import Form
from ..extensions import db
from ..facilitation.authors import names_for_room, names_for_staff
from ..facilitation.fitting import first_that_fit, lines_of
from ..facilitation.identity import mark_of
from ..facilitation.models import HELD, HIDDEN, SHOWN, WAITING, Card, Participant, Run
from ..facilitation.play import ITEMS, Fields, Harvest, Play
from ..facilitation.progress import progress_of, remember
from ..facilitation.queries import cards_of, own_cards
from ..facilitation.rehearsal import MOST_CARDS, made_up, written
from ..facilitation.streams import tell_own_of, tell_shown
from ..facilitation.ways import with_ways
from ..workshops.models import Activity

ORDERS = ("best", "newest", "controversial")
ON_SCREEN = 42.7, 5  # how high the questions may be, and how many they are at most
AROUND, LINE, LETTERS = 3.0, 2.75, 62  # of one: what surrounds it, a line, letters on a line


@dataclass(frozen=True, slots=True)
class Listing:
    """The questions as one audience sees them."""

    cards: list[Card]  # in order, those that are answered last
    votes: dict[int, Votes]
    order: str
    total: int
    held: int
    waiting: int
    names: dict[str, str]
    spotlight: Card | None

    @property
    def unanswered(self) -> list[Card]:
        """The questions that are still to be answered."""
        return [card for card in self.cards if card.answered_at is None]

    @property
    def on_screen(self) -> Sequence[Card]:
        """The first of them, as many as the projectors have room for."""
        room, most = ON_SCREEN
        left = self.unanswered[:most]
        heights = [AROUND + LINE * lines_of(card.body, LETTERS) for card in left]
        return first_that_fit(left, heights, room)


@dataclass(frozen=True, slots=True)
class Mine:
    """One's own questions, and what one has voted on."""

    cards: list[Card]
    votes: list[tuple[Card, int]]

    @property
    def asked(self) -> str:
        """The numbers of one's own questions."""
        return " ".join(str(card.id) for card in self.cards)

    def voted(self, value: int) -> str:
        """The numbers of the questions that one has voted for (1) or against (-1)."""
        return " ".join(str(card.id) for card, own in self.votes if own == value)


class QuestionsRules(Form):
    """How questions are asked."""

    approval = BooleanField(_l("Godkjenn hvert spørsmål før rommet ser det"))
    against = BooleanField(_l("La deltakerne også stemme imot"))
    locks = BooleanField(_l("Lås når tiden er ute"))


class Questions(Play, key="questions"):
    """Questions that the room asks and votes up."""

    name = _l("Spørsmål fra rommet")
    purpose = _l("Deltakerne stiller spørsmål og stemmer fram de viktigste.")
    icon = "question"
    minutes = 15
    order = 30
    sorts = True
    rules_form = QuestionsRules
    gives = ITEMS

    def begin(self, run: Run, activity: Activity) -> None:
        """Questions are seen as they are asked."""
        activity.revealed_at = activity.revealed_at or now()

    def picture(self, activity: Activity) -> Listing:
        """Return the questions that the room may see."""
        return _listing(activity, [c for c in cards_of(activity) if c.state == SHOWN], staff=False)

    def insight(self, activity: Activity) -> Listing:
        """Return all questions; those that wait for a word come first."""
        return _listing(activity, list(cards_of(activity)), staff=True)

    def possession(self, activity: Activity, participant: Participant) -> Mine:
        """Return one's own questions and votes."""
        mark = mark_of(participant.run, participant)
        own = votes_by(activity, mark)
        voted = [(card, own[card.id]) for card in cards_of(activity) if card.id in own]
        seen = [(card, value) for card, value in voted if card.state == SHOWN]
        return Mine(list(own_cards(activity, mark)), seen)

    def votes(self, card: Card) -> Votes:
        """Count the votes on one question."""
        return votes_on([card])[card.id]

    def simulate(self, run: Run, activity: Activity, turn: int) -> list[tuple[str, Fields]]:
        """Let every other ask something, and the rest vote for what has been asked."""
        asked = made_up()["questions"][run.workshop.lang]
        if not turn % 2:
            if len(written(activity)) >= MOST_CARDS:
                return []
            return [("write", {"body": asked[turn // 2 % len(asked)]})]
        shown = [card for card in cards_of(activity) if card.state == SHOWN]
        return [("up", {"card": str(card.id)}) for card in shown[turn % 3 :: 2]]

    def harvest(self, activity: Activity) -> list[Harvest]:
        """Return the questions, the best first."""
        shown = self.picture(activity)
        return [
            Harvest(
                f"card:{c.id}", c.body, votes=shown.votes[c.id].up, authors=[c.author],
                result=self.behind(shown.votes[c.id].up), ways=[c.way],
            )
            for c in in_order(shown.cards, shown.votes, "best")
        ]  # fmt: skip

    def unfinished(self, activity: Activity) -> str:
        """Say how many questions wait to be approved."""
        return cards_waiting(cards_of(activity))

    def rows(self, activity: Activity) -> list[list[Any]]:
        """Return the questions with their votes."""
        shown = self.picture(activity)
        heading = [_("Spørsmål"), _("For"), _("Imot"), _("Besvart")]
        cards = list(in_order(shown.cards, shown.votes, "best"))
        lines = [
            [c.body, shown.votes[c.id].up, shown.votes[c.id].down, _("ja") if c.answered_at else ""]
            for c in cards
        ]
        return with_ways([str(word) for word in heading], lines, [card.way for card in cards])


def _listing(activity: Activity, cards: list[Card], *, staff: bool) -> Listing:
    run = db.session.get_one(Run, activity.workshop_id)
    votes, order = votes_on(cards), progress_of(activity).kept.get("order", ORDERS[0])
    states = [card.state for card in cards_of(activity)]
    ordered = in_order(cards, votes, order)
    ordered.sort(key=lambda card: (card.state != WAITING, card.answered_at is not None))
    return Listing(
        cards=ordered[:MOST_SHOWN], votes=votes, order=order, total=len(states),
        held=states.count(HELD) + states.count(HIDDEN), waiting=states.count(WAITING),
        names=(names_for_staff if staff else names_for_room)(run, cards),
        spotlight=spotlit(run, (card for card in cards if card.state == SHOWN)),
    )  # fmt: skip


def _ask(run: Run, activity: Activity, author: Participant, fields: Fields) -> None:
    card = write_card(run, activity, author, fields.get("body", ""))
    tell_card(run, activity, card, seen=card.state == SHOWN)


def _edit(run: Run, activity: Activity, author: Participant, fields: Fields) -> None:
    """Change one's own question; votes were for what it said before, so they go."""
    card = own_card(run, activity, author, fields)
    before, was = card.body, card.state
    body = fields.get(f"body-{card.id}", fields.get("body", ""))
    edit_card(run, activity, author, {**fields, "body": body})
    if card.body != before:
        clear_votes(card)
        card.answered_at = None
    tell_card(run, activity, card, seen=SHOWN in (was, card.state))


def _take_back(run: Run, activity: Activity, author: Participant, fields: Fields) -> None:
    card = take_back(run, activity, author, fields)
    tell_card(run, activity, card, seen=card.state == SHOWN)


def _vote(value: int, run: Run, activity: Activity, voter: Participant, fields: Fields) -> None:
    if value < 0 and not activity.rules.get("against"):
        raise Invalid
    mark, card = mark_of(run, voter), card_in(activity, fields)
    if value and card.author == mark:
        raise Invalid(_("Du kan ikke stemme på ditt eget spørsmål."))
    vote(run, activity, card, voter, value)
    tell_own_of(run, mark, activity)


def _judge(state: str, run: Run, activity: Activity, fields: Fields) -> None:
    number = fields.get("card", "")
    reason = fields.get(f"reason-{number}", fields.get("reason", ""))
    judge(run, activity, {"card": number, "reason": reason}, state)
    tell_shown(run, activity)


def _answered(answered: bool, run: Run, activity: Activity, fields: Fields) -> None:
    card = card_in(activity, fields)
    card.answered_at = (card.answered_at or now()) if answered else None
    if answered and run.spotlight_id == card.id:
        run.spotlight_id = None
    tell_shown(run, activity)


def _order(order: str, run: Run, activity: Activity, _fields: Fields) -> None:
    remember(activity, order=order)
    tell_shown(run, activity)


def _spotlight(run: Run, activity: Activity, fields: Fields) -> None:
    card = card_in(activity, fields)
    if card.state != SHOWN:
        raise Invalid(_("Denne lappen er holdt tilbake. Vis den for rommet først."))
    run.spotlight_id = card.id
    tell_shown(run, activity)


def _dim(run: Run, activity: Activity, _fields: Fields) -> None:
    run.spotlight_id = None
    tell_shown(run, activity)


Questions.acts = {
    "write": _ask,
    "edit": _edit,
    "take_back": _take_back,
    "up": partial(_vote, 1),
    "down": partial(_vote, -1),
    "unvote": partial(_vote, 0),
}
Questions.orders = {
    "approve": partial(_judge, SHOWN),
    "hold": partial(_judge, HELD),
    "hide": partial(_judge, HIDDEN),
    "answer": partial(_answered, True),
    "reopen": partial(_answered, False),
    "spotlight": _spotlight,
    "dim": _dim,
    **{order: partial(_order, order) for order in ORDERS},
}
