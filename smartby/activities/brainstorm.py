"""Brainstorm: everybody writes for themselves, then all is revealed together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField
from wtforms.validators import Length, ValidationError

from ..cards.actions import (
    card_in,
    conceal,
    edit_card,
    judge,
    own_card,
    reveal,
    take_back,
    write_card,
)
from ..cards.columns import MOST, TITLE, Column, column_key, columns_of, lines_of
from ..cards.wall import (
    Wall,
    cards_unseen,
    cards_waiting,
    spotlit,
    tell_card,
)
from ..core.errors import Invalid
from ..core.forms import Form, ProseField
from ..extensions import db
from ..facilitation.authors import names_for_room, names_for_staff
from ..facilitation.card_facts import is_open, is_open_to
from ..facilitation.fitting import in_columns_of, on_walls
from ..facilitation.identity import mark_of
from ..facilitation.models import HELD, HIDDEN, SHOWN, WAITING, Card, Participant, Run
from ..facilitation.paging import PAGING
from ..facilitation.play import PROPOSALS, Fields, Harvest, Play
from ..facilitation.progress import Page, page_among
from ..facilitation.queries import cards_of, own_cards
from ..facilitation.rehearsal import MOST_CARDS, made_up, written
from ..facilitation.streams import tell_shown
from ..facilitation.ways import WAYS, with_ways
from ..workshops.models import Activity


class BrainstormRules(Form):
    """How a brainstorm is held."""

    open = BooleanField(_l("Vis lappene for alle med en gang"))
    approval = BooleanField(_l("Godkjenn hver lapp før rommet ser den"))
    locks = BooleanField(_l("Lås når tiden er ute"))
    columns = ProseField(
        _l("Kolonner"),
        description=_l("Én på hver linje, høyst fire. Uten kolonner ligger alle lappene samlet."),
        validators=[Length(max=200, message=_l("Skriv kortere navn på kolonnene."))],
    )

    def validate_columns(self, field: ProseField) -> None:
        """Accept up to four names, each short enough to stand above its cards."""
        lines = lines_of(field.data or "")
        if len(lines) > MOST or any(len(line) > TITLE for line in lines):
            raise ValidationError(_("Skriv høyst fire kolonner, hver på høyst 40 tegn."))
        if len({line.casefold() for line in lines}) != len(lines):
            raise ValidationError(_("To kolonner kan ikke hete det samme."))


class Brainstorm(Play, key="brainstorm"):
    """Cards that are written privately and revealed together."""

    name = _l("Idédugnad")
    purpose = _l("Alle skriver lapper for seg selv. Så avsløres de for alle samtidig.")
    icon = "pencil"
    minutes = 8
    order = 10
    rules_form = BrainstormRules
    gives = PROPOSALS

    def picture(self, activity: Activity) -> Wall:
        """Return the cards that the room may see."""
        cards = cards_of(activity)
        shown = [card for card in cards if is_open_to(activity, card)]
        return _wall(activity, cards, shown, names_for_room(_run(activity), shown))

    def insight(self, activity: Activity) -> Wall:
        """Return all cards; those that wait for a word come first."""
        cards = cards_of(activity)
        first = sorted(cards, key=lambda card: (card.state != WAITING, -card.id))
        return _wall(activity, cards, first, names_for_staff(_run(activity), cards))

    def columns(self, activity: Activity) -> list[Column]:
        """Return the columns that one can write in."""
        return columns_of(activity)

    def places(self, activity: Activity) -> Sequence[tuple[str, str]]:
        """Return the columns."""
        return [(column.key, column.title) for column in columns_of(activity)]

    def pages(self, activity: Activity) -> Page:
        """Return the part of the wall that the projectors show."""
        wall = self.picture(activity)
        feet = [card.way in WAYS or bool(wall.names.get(card.author)) for card in wall.cards]
        if wall.columns:
            columns = [column.key for column in wall.columns]
            return page_among(activity, in_columns_of(wall.cards, feet, columns))
        scale, pages = on_walls(wall.cards, feet)
        return page_among(activity, pages, scale)

    def possession(self, activity: Activity, participant: Participant) -> list[Card]:
        """Return the participant's own cards, the newest last."""
        return list(own_cards(activity, mark_of(participant.run, participant)))

    def simulate(self, run: Run, activity: Activity, turn: int) -> list[tuple[str, Fields]]:
        """Let each write two cards, in the columns in turn."""
        if len(written(activity)) >= MOST_CARDS:
            return []
        cards = made_up()["cards"][run.workshop.lang]
        columns = [column.key for column in columns_of(activity)] or [""]
        return [
            ("write", {"body": cards[n % len(cards)], "card": columns[n % len(columns)]})
            for n in (2 * turn, 2 * turn + 1)
        ]

    def harvest(self, activity: Activity) -> list[Harvest]:
        """Return each card that the room saw."""
        return [
            Harvest(f"card:{card.id}", card.body, authors=[card.author], ways=[card.way])
            for card in self.picture(activity).cards
        ]

    def unseen(self, activity: Activity) -> str:
        """Say how many cards are not revealed; those held back are not told of as such."""
        shown = [card for card in cards_of(activity) if card.state == SHOWN]
        return cards_unseen(card for card in shown if not is_open_to(activity, card))

    def unfinished(self, activity: Activity) -> str:
        """Say how many cards wait to be approved."""
        return cards_waiting(cards_of(activity))

    def unveil(self, run: Run, activity: Activity) -> None:
        """Reveal all cards."""
        _reveal(run, activity, {})

    def rows(self, activity: Activity) -> list[list[Any]]:
        """Return the cards that the room saw."""
        titles = {column.key: column.title for column in columns_of(activity)}
        heading = [str(_("Lapp")), str(_("Kolonne"))] if titles else [str(_("Lapp"))]
        cards = self.picture(activity).cards
        lines = [[c.body, titles.get(c.column, "")][: len(heading)] for c in cards]
        return with_ways(heading, lines, [card.way for card in cards])


def _run(activity: Activity) -> Run:
    return db.session.get_one(Run, activity.workshop_id)


def _wall(
    activity: Activity, cards: Sequence[Card], shown: list[Card], names: dict[str, str]
) -> Wall:
    states = Counter(card.state for card in cards)
    return Wall(
        cards=shown, total=len(cards), writers=len({card.author for card in cards}),
        held=states[HELD] + states[HIDDEN], waiting=states[WAITING],
        revealed=activity.revealed_at is not None, open=is_open(activity),
        spotlight=spotlit(_run(activity), (c for c in shown if is_open_to(activity, c))),
        columns=columns_of(activity), names=names,
    )  # fmt: skip


def _write(run: Run, activity: Activity, author: Participant, fields: Fields) -> None:
    # Returns nothing: what is kept of a command must not tie a person to a card.
    # The button says which column: it is the one that was pressed.
    column = column_key(activity, fields.get("card", ""))
    card = write_card(run, activity, author, fields.get("body", ""), column)
    tell_card(run, activity, card, seen=is_open_to(activity, card))


def _edit(run: Run, activity: Activity, author: Participant, fields: Fields) -> None:
    before = is_open_to(activity, own_card(run, activity, author, fields))
    body = fields.get("body-" + fields["card"], fields.get("body", ""))
    card = edit_card(run, activity, author, {**fields, "body": body})
    _tell(run, activity, card, seen=before or is_open_to(activity, card))


def _take_back(run: Run, activity: Activity, author: Participant, fields: Fields) -> None:
    card = take_back(run, activity, author, fields)
    _tell(run, activity, card, seen=is_open_to(activity, card))


def _judge(state: str, run: Run, activity: Activity, fields: Fields) -> None:
    number = fields.get("card", "")
    reason = fields.get(f"reason-{number}", fields.get("reason", ""))
    before = is_open_to(activity, card_in(activity, fields))
    card = judge(run, activity, {"card": number, "reason": reason}, state)
    if before or is_open_to(activity, card):
        tell_shown(run, activity)  # how many are held back stands there too
    else:
        tell_card(run, activity, card, seen=False)


def _tell(run: Run, activity: Activity, card: Card, *, seen: bool) -> None:
    if run.spotlight_id == card.id:
        tell_shown(run, activity)
    tell_card(run, activity, card, seen=seen)


def _reveal(run: Run, activity: Activity, fields: Fields) -> None:
    reveal(activity, fields)
    tell_shown(run, activity)


def _reveal_column(run: Run, activity: Activity, fields: Fields) -> None:
    _reveal(run, activity, {"column": column_key(activity, fields.get("card", ""))})


def _conceal(run: Run, activity: Activity, _fields: Fields) -> None:
    conceal(activity)
    tell_shown(run, activity)


def _spotlight(run: Run, activity: Activity, fields: Fields) -> None:
    """Let everybody look at one card; one that was not revealed is so now."""
    card = card_in(activity, fields)
    if card.state != SHOWN:
        raise Invalid(_("Denne lappen er holdt tilbake. Vis den for rommet først."))
    if not is_open_to(activity, card):
        reveal(activity, fields)
    run.spotlight_id = card.id
    tell_shown(run, activity)


def _dim(run: Run, activity: Activity, _fields: Fields) -> None:
    run.spotlight_id = None
    tell_shown(run, activity)


Brainstorm.acts = {"write": _write, "edit": _edit, "take_back": _take_back}
Brainstorm.orders = {
    "reveal": _reveal,
    "reveal_column": _reveal_column,
    "conceal": _conceal,
    "approve": partial(_judge, SHOWN),
    "hold": partial(_judge, HELD),
    "hide": partial(_judge, HIDDEN),
    "spotlight": _spotlight,
    "dim": _dim,
    **PAGING,
}
BRAINSTORM = Brainstorm()
