"""What follows for ballots when those who lead have counted the people at a device."""

from __future__ import annotations

from sqlalchemy import select

from ..core.transaction import together_with
from ..extensions import db
from ..facilitation.facts import HeadsCounted
from ..facilitation.identity import mark_of
from .models import Ballot, Round
from .telling import tell_voted

OF_VOTER = (
    select(Ballot, Round)
    .join(Round, Round.id == Ballot.round_id)
    .where(Round.revealed_at.is_(None))
)


@together_with(HeadsCounted)
def count_ballots_anew(fact: HeadsCounted) -> None:
    """Let ballots count for so many people; what the room has seen in the end stays as it was."""
    run, participant = fact.run, fact.participant
    asked = OF_VOTER.where(
        Ballot.voter == mark_of(run, participant), Round.municipality_id == run.municipality_id
    )
    for ballot, round_ in db.session.execute(asked).all():
        if round_.activity.workshop_id != run.id or ballot.heads == participant.heads:
            continue
        if round_.present is not None:
            round_.present += participant.heads - ballot.heads
        ballot.heads = participant.heads
        round_.rev += 1
        if run.activity is not None and run.activity_id == round_.activity_id:
            tell_voted(run, run.activity, round_)
