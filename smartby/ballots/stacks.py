"""Ballots on paper: counted by hand, typed in, and from then on ballots like all others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import bindparam, delete

from ..accounts.models import User
from ..core.access import require
from ..core.errors import Invalid, NotFound
from ..core.transaction import lock
from ..extensions import db
from ..facilitation.models import PAPER, Run
from ..facilitation.participants import require_open
from ..facilitation.progress import progress_of, remember
from ..workshops.models import Activity
from .doubts import impossible
from .models import Ballot, Round, Vote
from .stack import SECOND, Stack, columns_of, lines_on, round_for_paper
from .telling import tell_voted

Marks = dict[str, tuple[int, int]]  # both values of each item; the second 0 where there is one
MOST_SHEETS = 500  # of one stack
GONE = [
    delete(table).where(
        table.round_id == bindparam("round"), table.voter.startswith(bindparam("stack"))
    )
    for table in (Vote, Ballot)
]


def bring_in(run: Run, activity_id: int, stack: Stack, *, by: User) -> int:
    """Add a stack's ballots to the round that is on; return how many sheets it has."""
    activity, round_ = _judged(run, activity_id, by)
    _require_possible(run, activity, round_, stack)
    number = max((kept["number"] for kept in stacks_of(activity)), default=0) + 1
    for place, marks in enumerate(_dealt(activity, round_, stack)):
        _hand_in(run, round_, f"x:{number}:{place}", marks)
    none = [0] * max(1, len(columns_of(activity, round_)))
    kept = {
        "number": number, "round": round_.id, "people": stack.people, "by": by.name,
        "listed": stack.listed,
        "counts": {
            key: stack.counts.get(key, none) for key in lines_on(activity, round_)
        },
    }  # fmt: skip
    remember(activity, stacks=[*stacks_of(activity), kept])
    _tell(run, activity, round_)
    return stack.people


def take_out(run: Run, activity_id: int, number: int, *, by: User) -> None:
    """Take a stack's ballots out again; doing so twice changes nothing."""
    activity, round_ = _judged(run, activity_id, by)
    known = stacks_of(activity)
    if all(kept["number"] != number or kept["round"] != round_.id for kept in known):
        return
    db.session.flush()
    for statement in GONE:
        db.session.execute(statement, {"round": round_.id, "stack": f"x:{number}:"})
    db.session.expire_all()
    remember(activity, stacks=[kept for kept in known if kept["number"] != number])
    _tell(run, activity, round_)


def stacks_of(activity: Activity) -> list[dict[str, Any]]:
    """Return what was brought in: number, round, people, by whom, and what each item got."""
    return list(progress_of(activity).kept.get("stacks", []))


def beside_the_list(kept: Mapping[str, Any]) -> int:
    """Count those who voted on paper and are not entered, by what an activity has kept."""
    more: Counter[int] = Counter()  # by round: the same people may vote in each
    for stack in kept.get("stacks", []):
        more[stack["round"]] += stack["people"] - stack.get("listed", 0)
    return max(more.values(), default=0)


def _judged(run: Run, activity_id: int, by: User) -> tuple[Activity, Round]:
    lock(run)
    require("facilitation.help", run, by)
    require_open(run)
    if run.activity is None or run.activity.id != activity_id:
        raise Invalid(_("Dette gjelder en annen aktivitet enn den som er i gang."))
    round_ = round_for_paper(run.activity)
    if round_ is None:
        raise NotFound(_("Denne avstemningen tar ikke imot sedler på papir nå."))
    return run.activity, round_


def _require_possible(run: Run, activity: Activity, round_: Round, stack: Stack) -> None:
    """Raise Invalid unless so many sheets can say this."""
    if not 1 <= stack.people <= MOST_SHEETS:
        raise Invalid(_("Skriv hvor mange sedler det er, fra 1 til %(most)s.", most=MOST_SHEETS))
    found = impossible(run, activity, round_, stack)
    if found:
        raise Invalid(" ".join(found))


def _dealt(activity: Activity, round_: Round, stack: Stack) -> list[Marks]:
    """Deal what was counted to the sheets, in turn: each item's sum is what was counted.

    Which sheet said what is not known; nothing that is told of a vote asks for it.
    """
    sheets: list[Marks] = [{} for _sheet in range(stack.people)]
    marks, at = columns_of(activity, round_), 0
    for item, given in stack.counts.items():
        if item.endswith(SECOND):
            continue
        across = _said(marks, stack.counts.get(item + SECOND, ()))
        for place, mark in enumerate(_said(marks, given)):
            sheet = sheets[at % stack.people]
            # Where there are two values, as many have one as the other: see doubts.py.
            value = sheet[item][0] + mark if item in sheet else mark
            sheet[item] = value, across[place] if across else 0
            at += 1
    return sheets


def _said(marks: Sequence[int], given: Sequence[int]) -> list[int]:
    """Return what was said, one by one: marks as often as they were given, or ones."""
    return [mark for mark, many in zip(marks or [1], given, strict=False) for _one in range(many)]


def _hand_in(run: Run, round_: Round, voter: str, marks: Marks) -> None:
    used = sum(value for value, _across in marks.values()) if round_.budget else 0
    db.session.add(
        Ballot(
            municipality_id=run.municipality_id, round_id=round_.id, voter=voter, way=PAPER,
            abstained=not marks, left_over=max(0, round_.budget - used),
        )
    )  # fmt: skip
    db.session.flush()
    for item, (value, across) in marks.items():
        db.session.add(Vote(round_id=round_.id, voter=voter, item=item, value=value, across=across))


def _tell(run: Run, activity: Activity, round_: Round) -> None:
    round_.rev += 1
    tell_voted(run, activity, round_)
