"""Reading rounds, ballots and votes, and counting them once for all who look."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import bindparam, case, exists, func, select

from ..core.known import known
from ..extensions import db
from ..facilitation.identity import mark_of
from ..facilitation.models import PAPER, Participant, Run
from ..facilitation.progress import progress_of
from ..workshops.models import Activity
from .models import Ballot, Round, Vote
from .papers import Count, Paper, Turnout

B, V = Ballot.__table__, Vote.__table__
KEPT = 50  # counts in memory
ROUNDS = select(Round).where(Round.activity_id == bindparam("activity")).order_by(Round.number)
HERE = B.c.round_id == bindparam("round")
SAME = (V.c.round_id == B.c.round_id) & (V.c.voter == B.c.voter)
OWN_VOTES = select(Vote).where(
    Vote.round_id == bindparam("round"), Vote.voter == bindparam("voter")
)
BALLOTS = select(B.c.voter, B.c.heads, B.c.way, B.c.at_home, B.c.abstained).where(HERE)
VOTES = select(V.c.voter, V.c.item, V.c.value, V.c.across).where(V.c.round_id == bindparam("round"))
SAID = B.c.abstained.is_(False) & exists().where(SAME)
TURNOUT = select(
    func.coalesce(func.sum(case((SAID, B.c.heads), else_=0)), 0),
    func.coalesce(func.sum(case((B.c.abstained, B.c.heads), else_=0)), 0),
    func.coalesce(func.sum(case((SAID, 1), else_=0)), 0),
    func.coalesce(func.sum(case((B.c.way == PAPER, B.c.heads), else_=0)), 0),
).where(HERE)
_counts: OrderedDict[Any, Count] = OrderedDict()


def rounds_of(activity: Activity) -> list[Round]:
    """Return an activity's rounds in order."""

    def read() -> list[Round]:
        return list(db.session.scalars(ROUNDS, {"activity": activity.id}))

    return list(known(activity, "rounds", read))


def run_of(activity: Activity) -> Run:
    """Return the run that an activity belongs to."""
    return db.session.get_one(Run, activity.workshop_id)


def own_ballot(round_: Round, run: Run, participant: Participant) -> Ballot | None:
    """Return a participant's ballot in a round."""
    voter = mark_of(run, participant)
    return known(round_, voter, lambda: db.session.get(Ballot, (round_.id, voter)))


def own_votes(ballot: Ballot) -> dict[str, Vote]:
    """Return what a ballot says, by item; whoever changes the ballot changes this too."""

    def read() -> dict[str, Vote]:
        asked = {"round": ballot.round_id, "voter": ballot.voter}
        return {vote.item: vote for vote in db.session.scalars(OWN_VOTES, asked)}

    return known(ballot, "votes", read)


def could_vote(round_: Round) -> int:
    """Return how many have a phone to vote with: those who are in while one can, else who were."""
    run = run_of(round_.activity)
    on = round_.is_open and run.activity_id == round_.activity_id
    return run.joined if on or round_.present is None else round_.present


def turnout_of(round_: Round) -> Turnout:
    """Count who has voted so far, without a look at what."""
    present = could_vote(round_)
    voted, abstained, ballots, sheets = db.session.execute(TURNOUT, {"round": round_.id}).one()
    # Of those who voted on paper some are counted in the room already, others not.
    more = int(sheets) - listed_on_paper(round_) if sheets else 0
    there = max(present + more, voted + abstained)
    return Turnout(int(voted), int(abstained), there, int(ballots), int(sheets))


def listed_on_paper(round_: Round) -> int:
    """Count the sheets of people without a phone who are counted in the room already."""
    stacks = progress_of(round_.activity).kept.get("stacks", [])
    return sum(kept.get("listed", 0) for kept in stacks if kept["round"] == round_.id)


def papers_of(round_: Round, keys: Sequence[str] | None = None) -> list[Paper]:
    """Return all ballots of a round; `keys` leaves out what is said of other items."""
    known = None if keys is None else set(keys)
    marks: dict[str, dict[str, int]] = defaultdict(dict)
    across: dict[str, dict[str, int]] = defaultdict(dict)
    for voter, item, value, second in db.session.execute(VOTES, {"round": round_.id}):
        if known is None or known.issuperset(item.split("|")):
            marks[voter][item], across[voter][item] = value, second
    return [
        Paper(marks.get(row[0], {}), across.get(row[0], {}), *row[1:])
        for row in db.session.execute(BALLOTS, {"round": round_.id})
    ]


def counted(round_: Round, keys: Sequence[str], make: Callable[[], Count]) -> Count:
    """Return a round's count, made anew only when something has changed since."""
    name = (round_.id, round_.opened_at, round_.rev, tuple(keys))
    found = _counts.get(name)
    if found is None:
        found = _counts[name] = make()
        while len(_counts) > KEPT:
            _counts.popitem(last=False)
    return found
