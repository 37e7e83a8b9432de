"""Everyone counts: those who lead act for people without phones, and bring in what is on paper."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import bindparam, select

from ..core.access import Person, require
from ..core.errors import Invalid, NotFound
from ..core.transaction import lock
from ..extensions import db
from ..workshops.models import Activity
from .card_facts import readable
from .models import CARD, PAPER, PROXY, Participant, Run
from .participants import add_proxy, require_open
from .play import play_of

MOST_LINES = 300  # cards of one sheet
STANDS_FOR = (
    select(Participant)
    .where(
        Participant.run_id == bindparam("run"),
        Participant.kind == PROXY,
        Participant.removed_at.is_(None),
    )
    .order_by(Participant.number)
)


def proxies(run: Run) -> Sequence[Participant]:
    """Return those whom one acts for, in the order in which they were added."""
    return db.session.scalars(STANDS_FOR, {"run": run.id}).all()


def proxy_in(run: Run, number: int) -> Participant:
    """Find somebody whom one acts for; raise NotFound: nobody acts for one with a phone."""
    found = db.session.get(Participant, number)
    if found is None or found.run_id != run.id or found.kind != PROXY or found.removed_at:
        raise NotFound(_("Vi finner ikke det du leter etter."))
    return found


def sheet(text: str) -> tuple[list[str], list[str]]:
    """Split what was pasted into cards; return those that fit, and those that are too long."""
    lines = [line.strip().strip("\t;") for line in text.splitlines()]
    cards = [line for line in lines if line]
    if len(cards) > MOST_LINES:
        raise Invalid(_("Ta med høyst %(most)s lapper om gangen.", most=MOST_LINES))
    return [c for c in cards if len(c) <= CARD], [c for c in cards if len(c) > CARD]


def takes_paper(activity: Activity | None) -> bool:
    """Tell whether cards can be brought into an activity."""
    return activity is not None and play_of(activity).writes(activity)


def bring_in(run: Run, activity: int, text: str, *, place: str = "", by: Person) -> int:
    """Add the cards of a sheet to the activity that is on; return how many."""
    lock(run)
    require("facilitation.help", run, by)
    require_open(run)
    current = run.activity
    if current is None or current.id != activity or not takes_paper(current):
        raise Invalid(_("Denne aktiviteten tar ikke imot lapper nå."))
    fits, long = sheet(text)
    if long or not fits:
        raise Invalid(_("Noen av lappene er for lange. Del dem, og prøv igjen."))
    write = play_of(current).acts["write"]
    author = add_proxy(run, str(_("Papir")), kind=PAPER, by=by)
    for turn, body in enumerate(fits):
        if turn and turn % 60 == 0:  # what one person may write
            author = add_proxy(run, str(_("Papir")), kind=PAPER, by=by)
        write(run, current, author, {"body": readable(body), "card": place})
    return len(fits)
