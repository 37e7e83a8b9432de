"""Tables: who sits where, and what goes round: the sheets (6-3-5), or the people (World Café)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import and_, bindparam, or_, select

from ..core.live import Op, shows
from ..core.transaction import post
from ..extensions import db
from ..facilitation.identity import mark_of
from ..facilitation.models import MOST_PEOPLE, SHOWN, Card, Participant, Run
from ..facilitation.progress import progress_of
from ..facilitation.queries import people
from ..facilitation.streams import person
from ..workshops.models import NAMED, Activity
from .columns import lines_of
from .wall import drawn_card

SHEETS, PEOPLE = "sheets", "people"  # what goes round
SIZE = 6  # people at a table, unless the plan says otherwise
MOST_TOPICS, TOPIC = 30, 120  # characters of each
IDEAS = 3  # of each on a sheet in a round
AT_TABLE = (
    select(Participant)
    .where(
        Participant.run_id == bindparam("run"), Participant.table == bindparam("table"),
        Participant.removed_at.is_(None),
    )
    .order_by(Participant.number)
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Seat:
    """Where somebody is in this round: their table, the sheet before them, and who is host."""

    table: int
    sheet: int  # of the table; 0 when the table has one for all
    turn: int
    host: bool

    @property
    def before(self) -> str:
        """How the cards on this sheet are marked, whatever the round."""
        return f"{self.table}:{self.sheet}:"

    @property
    def column(self) -> str:
        """How the cards of this round on this sheet are marked."""
        return f"{self.before}{self.turn}"


def table_of(card: Card) -> int:
    """Return the table at which a card was written."""
    return int(card.column.split(":")[0])


def sheet_of(card: Card) -> int:
    """Return the sheet of that table on which a card was written; 0 where there is one for all."""
    return int(card.column.split(":")[1])


def turn_of(card: Card) -> int:
    """Return the round in which a card was written."""
    return int(card.column.split(":")[2])


def way_of(activity: Activity) -> str:
    """Return what goes round."""
    return PEOPLE if activity.rules.get("way") == PEOPLE else SHEETS


def size_of(activity: Activity) -> int:
    """Return how many sit at a table."""
    wanted = activity.rules.get("size")
    return wanted if isinstance(wanted, int) and 2 <= wanted <= 12 else SIZE


def topics_of(activity: Activity) -> list[str]:
    """Return what the tables talk about, one after the other; none when all have the same."""
    return lines_of(str(activity.rules.get("topics") or ""))[:MOST_TOPICS]


def topic_of(activity: Activity, table: int) -> str:
    """Return what a table talks about; with more tables than topics they begin anew."""
    topics = topics_of(activity)
    return topics[(table - 1) % len(topics)] if topics else ""


def rounds_of(activity: Activity) -> int:
    """Return how many rounds there are: as many as sit at a table when the sheets go round."""
    wanted = activity.rules.get("rounds")
    if isinstance(wanted, int) and 1 <= wanted <= 12:
        return wanted
    return size_of(activity) if way_of(activity) == SHEETS else 3


def seated(run: Run) -> dict[int, list[Participant]]:
    """Return who sits at each table, in the order in which they came."""
    found: dict[int, list[Participant]] = defaultdict(list)
    for one in people(run, MOST_PEOPLE):
        if one.table is not None:
            found[one.table].append(one)
    return dict(sorted(found.items()))


def at_table(run: Run, table: int) -> list[Participant]:
    """Return who sits at one table, in the order in which they came."""
    return list(db.session.scalars(AT_TABLE, {"run": run.id, "table": table}))


def hosts_of(activity: Activity) -> dict[int, int]:
    """Return each table's host by the table's number."""
    return {int(table): who for table, who in progress_of(activity).kept.get("hosts", {}).items()}


def host_at(run: Run, activity: Activity, seat: Seat) -> str:
    """Return the name of whoever is host where somebody sits, if all may know; else ""."""
    number = hosts_of(activity).get(seat.table)
    if seat.host or number is None or run.workshop.anonymity != NAMED:
        return ""
    found = db.session.get(Participant, number)
    return found.name if found is not None and found.removed_at is None else ""


def seat_of(run: Run, activity: Activity, who: Participant) -> Seat | None:
    """Return where somebody is in this round; None when they have no table."""
    if who.table is None:
        return None
    turn, sheet = progress_of(activity).turn, 0
    if way_of(activity) == SHEETS:
        ids = [one.id for one in at_table(run, who.table)]
        sheet = (ids.index(who.id) - max(turn - 1, 0)) % len(ids) + 1 if who.id in ids else 1
    return Seat(who.table, sheet, turn, hosts_of(activity).get(who.table) == who.id)


def on_sheet(activity: Activity, seat: Seat, mark: str) -> list[Card]:
    """Return what stands on the sheet before somebody: others' cards, and their own of before."""
    asked = select(Card).where(
        Card.activity_id == activity.id, Card.column.startswith(seat.before, autoescape=True),
        or_(
            and_(Card.author != mark, Card.state == SHOWN),
            and_(Card.author == mark, Card.column != seat.column),
        ),
    )  # fmt: skip
    return list(db.session.scalars(asked.order_by(Card.id)))


def tell_table(run: Run, activity: Activity, card: Card) -> None:
    """Tell those who have this sheet before them, and nobody else, that a card on it is another."""
    table = int(card.column.partition(":")[0] or 0)
    for one in at_table(run, table):
        seat = seat_of(run, activity, one)
        here = seat is not None and card.column.startswith(seat.before)
        if here and card.author != mark_of(run, one):
            post(person(one), "table.card", participant=one.id, activity=activity.id, card=card.id)


@shows("table.card")
def table_card(participant: int, activity: int, card: int) -> Iterable[Op]:
    """Put a card on the sheet before a participant, or take it away."""
    who, step = db.session.get(Participant, participant), db.session.get(Activity, activity)
    if who is None or step is None or who.run.activity_id != activity:
        return []
    found, seat = db.session.get(Card, card), seat_of(who.run, step, who)
    here = found is not None and seat is not None and found.column.startswith(seat.before)
    if found is None or not here or found.state != SHOWN:
        return [{"op": "remove", "target": f"card-{card}"}]
    html = drawn_card(who.run, step, found)
    into = f"sheet-{activity}"
    return [{"op": "append", "target": f"card-{card}", "into": into, "html": html}]
