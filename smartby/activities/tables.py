"""Tables with rounds: sheets go from hand to hand (6-3-5), or people from table to table (café)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

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
from ..cards.forms import TablesRules
from ..cards.places import Place, left, place_of
from ..cards.seating import go_round, replace_host, seat_all, seat_late
from ..cards.tables import (
    IDEAS,
    SHEETS,
    at_table,
    hosts_of,
    rounds_of,
    seat_of,
    seated,
    table_of,
    tell_table,
    topic_of,
    turn_of,
    way_of,
)
from ..cards.wall import MOST_SHOWN, cards_unseen, tell_card
from ..core.errors import Conflict, Invalid
from ..extensions import db
from ..facilitation.authors import names_for_room, names_for_staff
from ..facilitation.fitting import on_walls
from ..facilitation.identity import mark_of
from ..facilitation.models import HELD, HIDDEN, SHOWN, Card, Participant, Run
from ..facilitation.paging import PAGING
from ..facilitation.play import PROPOSALS, Fields, Harvest, Play
from ..facilitation.progress import Page, page_among, progress_of
from ..facilitation.queries import cards_of, own_cards
from ..facilitation.rehearsal import MOST_CARDS, made_up, written
from ..facilitation.streams import tell_moved, tell_own_of, tell_shown
from ..facilitation.ways import beside, with_ways
from ..workshops.models import Activity

LEAST = 120  # seconds of a round


@dataclass(frozen=True, slots=True)
class Around:
    """How far the rounds have come, who sits where, and the cards that may be seen."""

    turn: int
    rounds: int
    way: str
    tables: dict[int, list[Participant]]
    hosts: dict[int, int]
    cards: list[Card]
    total: int
    held: int
    counts: dict[int, int]  # cards by table
    names: dict[str, str]
    revealed: bool

    @property
    def at_tables(self) -> list[tuple[int, list[Card]]]:
        """The cards by the table at which they were written."""
        found: dict[int, list[Card]] = {}
        for card in self.cards[:MOST_SHOWN]:
            found.setdefault(table_of(card), []).append(card)
        return sorted(found.items())


class Tables(Play, key="tables"):
    """Small tables, and rounds in which ideas or people move on."""

    name = _l("Bord med runder")
    purpose = _l("Ideene, eller folk, går fra bord til bord, og bygges videre på.")
    icon = "town"
    minutes = 30
    order = 50
    personal = True
    rules_form = TablesRules
    gives = PROPOSALS

    def doubts(self, activity: Activity) -> str:
        """Say that nobody has the time to write anything in a round."""
        seconds = round(activity.minutes * 60 / rounds_of(activity))
        told = _("Hver runde varer bare %(seconds)s sekunder.", seconds=seconds)
        return "" if seconds >= LEAST else str(told)

    def begin(self, run: Run, activity: Activity) -> None:
        """Find a table for everybody; the first round begins when those who lead say so."""
        seat_all(run, activity)

    def picture(self, activity: Activity) -> Around:
        """Return the cards once they are revealed; before that only how many there are."""
        cards = [card for card in cards_of(activity) if card.state == SHOWN]
        return _around(activity, cards if activity.revealed_at else [], names_for_room)

    def insight(self, activity: Activity) -> Around:
        """Return all cards, the newest first."""
        return _around(activity, list(cards_of(activity))[::-1], names_for_staff)

    def pages(self, activity: Activity) -> Page:
        """Return the cards that the projectors show, table by table."""
        cards = sorted(self.picture(activity).cards, key=lambda card: (table_of(card), card.id))
        scale, pages = on_walls(cards, [True] * len(cards))
        return page_among(activity, pages, scale)

    def table_of(self, card: Card) -> int:
        """Return the table at which a card was written."""
        return table_of(card)

    def topic(self, activity: Activity, table: int) -> str:
        """Return what a table talks about, where each has its own."""
        return topic_of(activity, table)

    def possession(self, activity: Activity, participant: Participant) -> Place | None:
        """Return what a participant has before them; None without a table."""
        return place_of(activity, participant)

    def simulate(self, run: Run, activity: Activity, turn: int) -> list[tuple[str, Fields]]:
        """Let each write what there is room for in a round at a table."""
        cards, round_ = made_up()["cards"][run.workshop.lang], progress_of(activity).turn
        if not round_ or _is_full(activity, round_):
            return []
        many = IDEAS if way_of(activity) == SHEETS else 1
        first = many * turn + round_
        texts = [cards[(first + n) % len(cards)] for n in range(many)]
        return [("write", {"body": text, "turn": str(round_)}) for text in texts]

    def harvest(self, activity: Activity) -> list[Harvest]:
        """Return what was written at all tables, once it is revealed to the room."""
        cards = self.picture(activity).cards
        return [
            Harvest(f"card:{card.id}", card.body, authors=[card.author], ways=[card.way])
            for card in cards
        ]

    def unseen(self, activity: Activity) -> str:
        """Say how many cards are not revealed to the room."""
        shown = [card for card in cards_of(activity) if card.state == SHOWN]
        return "" if activity.revealed_at else cards_unseen(shown)

    def unveil(self, run: Run, activity: Activity) -> None:
        """Reveal all cards."""
        _reveal(run, activity, {})

    def rows(self, activity: Activity) -> list[list[Any]]:
        """Return each card with its table and round, once they are revealed to the room."""
        cards = self.picture(activity).cards
        heading = [str(_("Bord")), str(_("Runde")), str(_("Lapp"))]
        lines = [[table_of(card), turn_of(card), card.body] for card in cards]
        told = with_ways(heading, lines, [card.way for card in cards])
        topics = [str(_("Tema")), *(topic_of(activity, table_of(card)) for card in cards)]
        return beside(told, topics, at=1)


def _is_full(activity: Activity, round_: int) -> bool:
    """Tell whether those who are made up have written what there is room for in a round."""
    cards = written(activity)
    if way_of(activity) != SHEETS:
        return len(cards) >= MOST_CARDS
    return sum(turn_of(card) == round_ for card in cards) >= IDEAS * len(made_up()["names"])


def _around(activity: Activity, cards: list[Card], names: Any) -> Around:
    run = db.session.get_one(Run, activity.workshop_id)
    everything = cards_of(activity)
    counts = dict(Counter(map(table_of, everything)))
    return Around(
        turn=progress_of(activity).turn, rounds=rounds_of(activity), way=way_of(activity),
        tables=seated(run), hosts=hosts_of(activity), cards=cards, total=len(everything),
        held=sum(card.state in (HELD, HIDDEN) for card in everything), counts=counts,
        names=names(run, cards), revealed=activity.revealed_at is not None,
    )  # fmt: skip


def _write(run: Run, activity: Activity, author: Participant, fields: Fields) -> None:
    seat = seat_of(run, activity, author)
    if seat is None or seat.turn == 0:
        raise Invalid(_("Vent til runden begynner."))
    if fields.get("turn") != str(seat.turn):
        raise Conflict(_("Runden er over, så dette ble ikke sendt. Teksten din er her ennå."))
    own = [c for c in own_cards(activity, mark_of(run, author)) if c.column == seat.column]
    if not left(activity, own):
        raise Invalid(_("Du har skrevet tre ideer på dette arket. Vent på neste runde."))
    _tell(run, activity, write_card(run, activity, author, fields.get("body", ""), seat.column))


def _edit(run: Run, activity: Activity, author: Participant, fields: Fields) -> None:
    number = own_card(run, activity, author, fields).id
    body = fields.get(f"body-{number}", fields.get("body", ""))
    _tell(run, activity, edit_card(run, activity, author, {**fields, "body": body}))


def _take_back(run: Run, activity: Activity, author: Participant, fields: Fields) -> None:
    _tell(run, activity, take_back(run, activity, author, fields))


def _tell(run: Run, activity: Activity, card: Card) -> None:
    tell_table(run, activity, card)
    if activity.revealed_at:
        tell_shown(run, activity)
    else:
        tell_card(run, activity, card, seen=False)


def _sit(run: Run, activity: Activity, who: Participant, _fields: Fields) -> None:
    """Find a table for whoever came late, and for all others who did."""
    _tell_placed(run, activity, seat_late(run, activity, who))


def _seat_late(run: Run, activity: Activity, _fields: Fields) -> None:
    _tell_placed(run, activity, seat_late(run, activity))


def _replace_host(run: Run, activity: Activity, fields: Fields) -> None:
    """Let another be host at a table: the button carries its number."""
    number = fields.get("card", "")
    table = int(number) if number.isdecimal() and len(number) < 5 else 0
    replace_host(run, activity, table)
    _tell_placed(run, activity, at_table(run, table))


def _tell_placed(run: Run, activity: Activity, these: Sequence[Participant]) -> None:
    for one in these:
        tell_own_of(run, f"p:{one.id}", activity)
    tell_shown(run, activity)


def _rotate(run: Run, activity: Activity, _fields: Fields) -> None:
    go_round(run, activity)
    tell_moved(run, again=True)


def _judge(state: str, run: Run, activity: Activity, fields: Fields) -> None:
    number = fields.get("card", "")
    reason = fields.get(f"reason-{number}", fields.get("reason", ""))
    card_in(activity, fields)
    _tell(run, activity, judge(run, activity, {"card": number, "reason": reason}, state))


def _reveal(run: Run, activity: Activity, _fields: Fields) -> None:
    reveal(activity, {})
    tell_shown(run, activity)


def _conceal(run: Run, activity: Activity, _fields: Fields) -> None:
    conceal(activity)
    tell_shown(run, activity)


TABLES = Tables()
Tables.acts = {"write": _write, "edit": _edit, "take_back": _take_back, "sit": _sit}
Tables.orders = {
    "round": _rotate,
    "seat": _seat_late,
    "host": _replace_host,
    "reveal": _reveal,
    "conceal": _conceal,
    "approve": partial(_judge, SHOWN),
    "hold": partial(_judge, HELD),
    "hide": partial(_judge, HIDDEN),
    **PAGING,
}
