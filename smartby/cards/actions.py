"""Cards: written, changed and taken back by those who take part; judged by those who lead."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import bindparam, func, select, update

from ..core.clock import now
from ..core.errors import Invalid, NotFound
from ..core.text import clean_multiline
from ..extensions import db
from ..facilitation.card_facts import readable
from ..facilitation.identity import mark_of
from ..facilitation.models import HELD, HIDDEN, SHOWN, WAITING, Card, Participant, Run
from ..facilitation.play import Fields
from ..facilitation.streams import tell_own_of, tell_queue
from ..workshops.models import Activity

MOST_OWN = 60  # cards of a person in an activity
MOST = 5_000  # cards of a workshop
COUNT = select(func.count()).select_from(Card).where(Card.run_id == bindparam("run"))
COUNT_OWN = (
    select(func.count())
    .select_from(Card)
    .where(Card.activity_id == bindparam("activity"), Card.author == bindparam("author"))
)
CONCEAL = (
    update(Card)
    .where(Card.activity_id == bindparam("activity"), Card.revealed_at.is_not(None))
    .values(revealed_at=None)
    .execution_options(synchronize_session="fetch")
)


def write_card(
    run: Run, activity: Activity, author: Participant, body: str, column: str = ""
) -> Card:
    """Add a card; it waits when the activity's rules ask for approval."""
    text, mark = readable(body), mark_of(run, author)
    own = db.session.execute(COUNT_OWN, {"activity": activity.id, "author": mark}).scalar_one()
    if own >= MOST_OWN:
        raise Invalid(
            _("Du har skrevet %(most)s lapper. Flere er det ikke plass til.", most=MOST_OWN)
        )
    if db.session.execute(COUNT, {"run": run.id}).scalar_one() >= MOST:
        raise Invalid(_("Verkstedet har fått alle lappene det er plass til."))
    waits = bool(activity.rules.get("approval"))
    card = Card(
        municipality_id=run.municipality_id, run_id=run.id, activity_id=activity.id, author=mark,
        way=author.kind, column=column, body=text, state=WAITING if waits else SHOWN,
    )  # fmt: skip
    db.session.add(card)
    db.session.flush()
    tell_own_of(run, mark, activity)
    tell_queue(activity)
    return card


def edit_card(run: Run, activity: Activity, author: Participant, fields: Fields) -> Card:
    """Change one's own card."""
    card = own_card(run, activity, author, fields)
    text = readable(fields.get("body", ""))
    if text != card.body:
        card.body, card.version = text, card.version + 1
        if activity.rules.get("approval"):
            card.state, card.reason = WAITING, ""
        tell_own_of(run, card.author, activity)
        tell_queue(activity)
    return card


def take_back(run: Run, activity: Activity, author: Participant, fields: Fields) -> Card:
    """Take one's own card back and return it; another's is not found, like one that is gone."""
    card = own_card(run, activity, author, fields)
    db.session.delete(card)
    db.session.flush()
    tell_own_of(run, card.author, activity)
    tell_queue(activity)
    return card


def judge(run: Run, activity: Activity, fields: Fields, state: str) -> Card:
    """Approve, hold back or hide a card; its author sees which, and why."""
    card = card_in(activity, fields)
    reason = clean_multiline(fields.get("reason", ""))[:200] if state in (HELD, HIDDEN) else ""
    if card.state != state or card.reason != reason:
        card.state, card.reason, card.version = state, reason, card.version + 1
        tell_own_of(run, card.author, activity)
        tell_queue(activity)
    return card


def reveal(activity: Activity, fields: Fields) -> None:
    """Reveal all cards, those of one column, or one card."""
    moment = now()
    if "card" in fields:
        card_in(activity, fields).revealed_at = moment
    elif "column" in fields:
        asked = select(Card).where(
            Card.activity_id == activity.id, Card.column == fields["column"][:20]
        )
        for card in db.session.scalars(asked):
            card.revealed_at = card.revealed_at or moment
    else:
        activity.revealed_at = activity.revealed_at or moment
    tell_queue(activity)


def conceal(activity: Activity) -> None:
    """Take back that cards were revealed: all, a column's, or one's."""
    activity.revealed_at = None
    db.session.execute(CONCEAL, {"activity": activity.id})
    tell_queue(activity)


def card_in(activity: Activity, fields: Fields) -> Card:
    """Find a card of an activity by its number; raise NotFound."""
    number = fields.get("card", "")
    found = db.session.get(Card, int(number)) if number.isdecimal() and len(number) < 10 else None
    if found is None or found.activity_id != activity.id:
        raise NotFound(_("Denne lappen finnes ikke lenger."))
    return found


def own_card(run: Run, activity: Activity, author: Participant, fields: Fields) -> Card:
    """Find one's own card; somebody else's is not found."""
    card = card_in(activity, fields)
    if card.author != mark_of(run, author):
        raise NotFound(_("Denne lappen finnes ikke lenger."))
    return card
