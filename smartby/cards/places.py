"""A place at a table: what somebody has before them there, and what they left elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..facilitation.authors import names_for_room
from ..facilitation.identity import mark_of
from ..facilitation.models import Card, Participant
from ..facilitation.queries import own_cards
from ..workshops.models import Activity
from .tables import IDEAS, SHEETS, Seat, host_at, on_sheet, seat_of, sheet_of, table_of, way_of


@dataclass(frozen=True, slots=True)
class Place:
    """What one participant has before them."""

    seat: Seat
    sheet: list[Card]  # what stands on it already: others' cards, and one's own of earlier rounds
    cards: list[Card]  # one's own, of this round
    elsewhere: list[Card]  # one's own, on other sheets and at other tables
    mark: str  # how one's own cards are marked
    left: int  # how many more one may write in this round
    names: dict[str, str]  # of those who wrote, where all may know
    host: str  # the name of whoever is host at the table, where all may know

    @property
    def places(self) -> list[tuple[int, int, list[Card]]]:
        """What one has written elsewhere, by table and sheet."""
        found: dict[tuple[int, int], list[Card]] = {}
        for card in self.elsewhere:
            found.setdefault((table_of(card), sheet_of(card)), []).append(card)
        return [(table, sheet, cards) for (table, sheet), cards in sorted(found.items())]


def place_of(activity: Activity, participant: Participant) -> Place | None:
    """Return what a participant has before them; None without a table."""
    seat = seat_of(participant.run, activity, participant)
    if seat is None:
        return None
    mark = mark_of(participant.run, participant)
    written = own_cards(activity, mark)
    own = [card for card in written if card.column == seat.column]
    sheet = on_sheet(activity, seat, mark)
    return Place(
        seat, sheet, own, [c for c in written if not c.column.startswith(seat.before)], mark,
        left=left(activity, own), names=names_for_room(participant.run, sheet),
        host=host_at(participant.run, activity, seat),
    )  # fmt: skip


def left(activity: Activity, own: Sequence[Card]) -> int:
    """Return how many more cards one may write in this round, with these written already."""
    # At a café one writes as much as one likes; the general limit holds.
    return max(0, IDEAS - len(own)) if way_of(activity) == SHEETS else 1
