"""Opening and closing rounds, and voting in them: all under the run's lock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import bindparam, update
from sqlalchemy.orm.attributes import set_committed_value

from ..core.clock import now
from ..core.errors import Conflict, Gone, Invalid
from ..core.known import forget, known
from ..core.storing import store
from ..extensions import db
from ..facilitation.identity import mark_of
from ..facilitation.models import Participant, Run
from ..workshops.models import Activity
from .items import Row
from .models import Ballot, Round, Vote
from .queries import could_vote, own_ballot, own_votes, rounds_of

MOST_ROUNDS = 5
BALLOT = Ballot.__table__
SPEND = (
    update(BALLOT)  # type: ignore[arg-type]
    .where(
        BALLOT.c.round_id == bindparam("round"),
        BALLOT.c.voter == bindparam("by"),
        BALLOT.c.left_over >= bindparam("cost"),
    )
    .values(left_over=BALLOT.c.left_over - bindparam("cost"))
    .returning(BALLOT.c.left_over)
)


@dataclass(frozen=True, slots=True)
class Terms:
    """How a round is voted: how much each has, which values there are, and whether it is blind."""

    budget: int = 0
    least: int = 0
    most: int = 1
    blind: bool = True


def open_round(activity: Activity, terms: Terms, items: list[Row]) -> Round | None:
    """Open the next round; None when there is nothing to vote on. Invalid while one is open."""
    earlier = rounds_of(activity)
    if earlier and earlier[-1].is_open:
        raise Invalid(_("Runden er allerede åpen."))
    if is_last(activity):
        raise Invalid(_("Det kan være høyst %(most)s runder.", most=MOST_ROUNDS))
    if not items:
        return None
    made = Round(
        municipality_id=activity.municipality_id, activity_id=activity.id, kind=activity.kind,
        number=len(earlier) + 1, budget=terms.budget, least=terms.least, most=terms.most,
        blind=terms.blind, items=items, opened_at=now(),
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    forget(activity, "rounds")
    return made


def is_last(activity: Activity) -> bool:
    """Tell whether there have been as many rounds as there can be."""
    return len(rounds_of(activity)) >= MOST_ROUNDS


def close_round(round_: Round) -> None:
    """Take no more votes in a round; saying so twice changes nothing."""
    if round_.closed_at is None:
        leave_round(round_)
        round_.closed_at = now()


def leave_round(round_: Round) -> None:
    """Keep how many could vote: who comes or is shown out later is no part of the turnout."""
    if round_.is_open:
        round_.present = could_vote(round_)


def reopen_round(round_: Round) -> None:
    """Take votes again; raise Invalid once people have seen the result of a blind round."""
    if round_.revealed_at is not None:
        raise Invalid(_("Resultatet er vist. Åpne en ny runde i stedet."))
    round_.closed_at = None


def reveal_round(round_: Round) -> None:
    """Show the result; nobody votes any more after having seen it."""
    close_round(round_)
    round_.revealed_at = round_.revealed_at or now()


def the_open(activity: Activity) -> Round:
    """Return the round that takes votes; raise Conflict when none does."""
    found = rounds_of(activity)
    if not found or not found[-1].is_open:
        raise Conflict(_("Runden er lukket, så dette ble ikke lagret."))
    return found[-1]


def ballot_for(round_: Round, run: Run, participant: Participant) -> Ballot:
    """Return a participant's ballot, handed out now if it was not before."""
    voter = mark_of(run, participant)
    made = Ballot(
        municipality_id=run.municipality_id, round_id=round_.id, voter=voter,
        way=participant.kind, heads=participant.heads, at_home=participant.at_home,
        left_over=round_.budget,
    )  # fmt: skip
    # In a storm nearly everybody's is new: writing it says so, and nothing need be read before.
    if not store(made):
        forget(round_, voter)
        found = own_ballot(round_, run, participant)
        if found is None:
            raise Gone
        return found
    forget(round_, voter)
    known(round_, voter, lambda: made)
    known(made, "votes", dict)
    return made


def put(ballot: Ballot, item: str, value: int | None) -> None:
    """Write what a ballot says of an item; None takes it back. Saying so twice changes nothing."""
    votes = own_votes(ballot)
    if item in votes and value is None:
        db.session.delete(votes.pop(item))
    elif item in votes and value is not None:
        votes[item].value = value
    elif value is not None:
        votes[item] = _new(ballot, item, value)


def put_across(ballot: Ballot, item: str, value: int) -> None:
    """Write the second value of an item; the first is 0 until it is said."""
    votes = own_votes(ballot)
    if item in votes:
        votes[item].across = value
    else:
        votes[item] = _new(ballot, item, 0, value)


def value_of(ballot: Ballot, item: str) -> int:
    """Return what a ballot gives an item, 0 when it says nothing of it."""
    votes = own_votes(ballot)
    return votes[item].value if item in votes else 0


def spend(round_: Round, ballot: Ballot, cost: int) -> None:
    """Take from what a ballot has left, or give back; raise Invalid when it is too little."""
    if not round_.budget:
        return
    db.session.flush()
    asked = {"round": round_.id, "by": ballot.voter, "cost": cost}
    left = db.session.execute(SPEND, asked).scalar()
    if left is None:
        raise Invalid(_("Du har ikke flere igjen. Ta tilbake noe for å flytte det."))
    set_committed_value(ballot, "left_over", left)


def arrange(ballot: Ballot, order: Mapping[str, int]) -> None:
    """Make a ballot say exactly this."""
    for item in sorted(own_votes(ballot).keys() - order.keys()):
        put(ballot, item, None)
    for item, value in order.items():
        put(ballot, item, value)


def wipe(round_: Round, ballot: Ballot) -> None:
    """Take back everything a ballot says."""
    arrange(ballot, {})
    ballot.left_over = round_.budget


def abstain(round_: Round, ballot: Ballot, *, wanted: bool) -> None:
    """Hand in a blank ballot, or take that back."""
    if wanted:
        wipe(round_, ballot)
    ballot.abstained = wanted


def _new(ballot: Ballot, item: str, value: int, across: int = 0) -> Vote:
    made = Vote(
        round_id=ballot.round_id, voter=ballot.voter, item=item, value=value, across=across
    )  # fmt: skip
    db.session.add(made)
    return made
