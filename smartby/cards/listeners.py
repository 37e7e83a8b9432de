"""What follows for tables and votes: of being shown out, and of a device's people being counted."""

from __future__ import annotations

from ..core.transaction import together_with
from ..facilitation.facts import HeadsCounted, ParticipantOut
from ..facilitation.streams import tell_count, tell_own_of, tell_shown
from .seating import choose_hosts, has_tables
from .tables import at_table
from .upvotes import weigh_votes


@together_with(ParticipantOut)
def close_ranks(fact: ParticipantOut) -> None:
    """Let somebody else be host; sheets go past an empty place, so the whole table is told."""
    run, table = fact.run, fact.participant.table
    if run.activity is None or table is None or not has_tables(run.activity):
        return
    choose_hosts(run, run.activity)
    for one in at_table(run, table):
        tell_own_of(run, f"p:{one.id}", run.activity)
    tell_count(run, run.activity)


@together_with(HeadsCounted)
def count_tables_anew(fact: HeadsCounted) -> None:
    """Show how many sit at the tables now."""
    if fact.run.activity is not None and has_tables(fact.run.activity):
        tell_count(fact.run, fact.run.activity)


@together_with(HeadsCounted)
def count_votes_anew(fact: HeadsCounted) -> None:
    """Let votes on cards count for as many as there are."""
    if weigh_votes(fact.run, fact.participant) and fact.run.activity is not None:
        tell_shown(fact.run, fact.run.activity)
