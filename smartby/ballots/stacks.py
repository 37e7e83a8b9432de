"""Ballots on paper: counted by hand, typed in, and from then on ballots like all others."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import bindparam, delete

from ..accounts.models import User
from ..core.access import require
from ..core.errors import Invalid, NotFound
from ..core.transaction import lock
from ..extensions import db
from ..facilitation.models import PAPER, Run
from ..facilitation.participants import require_open
from ..facilitation.play import play_of
from ..facilitation.progress import progress_of, remember
from ..workshops.models import Activity
from .counting import Counting
from .items import titles_of
from .models import Ballot, Round, Vote
from .queries import rounds_of
from .telling import tell_voted

MOST_SHEETS = 500  # of one stack
USUAL, TIMES = 20, 2  # more sheets than these, and than this many times the room, may be a slip
MARKS = "marks"  # a number of people for each mark; otherwise one number for each item
END = r"[\s;:|]"
GONE = [
    delete(table).where(
        table.round_id == bindparam("round"), table.voter.startswith(bindparam("stack"))
    )
    for table in (Vote, Ballot)
]


@dataclass(frozen=True, slots=True)
class Stack:
    """So many sheets, and how many of them say what of each item."""

    people: int
    counts: Mapping[str, Sequence[int]] = field(default_factory=dict)


def round_for_paper(activity: Activity | None) -> Round | None:
    """Return the round that ballots on paper go into; None when there is none, or it was shown."""
    kind = play_of(activity) if activity is not None else None
    if activity is None or not isinstance(kind, Counting) or not kind.on_paper:
        return None
    rounds = rounds_of(activity)
    return rounds[-1] if rounds and rounds[-1].revealed_at is None else None


def columns_of(activity: Activity, round_: Round) -> list[int]:
    """Return the marks that are counted one by one; [] where one number says it."""
    kind = play_of(activity)
    marks = isinstance(kind, Counting) and kind.on_paper == MARKS
    return list(range(round_.least, round_.most + 1)) if marks else []


def sheet_of(titles: Mapping[str, str], columns: Sequence[int]) -> str:
    """Write an empty sheet: a line for each item, with room for its numbers."""
    return "\n".join(
        f"{plain(title)}: {' '.join('0' for _mark in columns)}" for title in titles.values()
    )


def read(
    text: str, titles: Mapping[str, str], columns: Sequence[int]
) -> tuple[dict[str, list[int]], list[str]]:
    """Read a sheet; return the numbers by item, and the lines that say nothing of any item."""
    keys: dict[str, list[str]] = defaultdict(list)
    for key, title in titles.items():
        keys[plain(title).casefold()].append(key)
    width = max(1, len(columns))
    line_of = re.compile(rf"(.*?){END}*((?:{END}+[0-9]{{1,4}}){{{width}}}){END}*", re.ASCII)
    counts, unknown = {}, []
    for line in filter(None, map(plain, text.splitlines())):
        found = line_of.fullmatch(line)
        empty = keys.get(re.sub(f"{END}+$", "", line).casefold())
        named = keys.get(found[1].casefold()) if found and not empty else empty
        if not named:
            unknown.append(line[:200])
        elif found and not empty:
            counts[named.pop(0)] = [int(n) for n in re.findall("[0-9]+", found[2])]
        else:
            counts[named.pop(0)] = [0] * width
    return counts, unknown


def plain(text: str) -> str:
    """Write a title on one line."""
    return " ".join(text.split())


def impossible(activity: Activity, round_: Round, stack: Stack) -> list[str]:
    """Say what so many sheets cannot say, and how much each item can have."""
    people, marked, titles = stack.people, columns_of(activity, round_), titles_of(round_.items)
    most = people * (1 if marked else round_.most)
    given = {item: sum(numbers) for item, numbers in stack.counts.items()}
    found = [
        ngettext(
            "«%(title)s» har fått %(given)s, men %(num)d seddel kan gi høyst %(most)s.",
            "«%(title)s» har fått %(given)s, men %(num)d sedler kan gi høyst %(most)s.",
            people, title=plain(titles.get(item, "")), given=many, most=most,
        )
        for item, many in given.items() if many > most
    ]  # fmt: skip
    total, budget = sum(given.values()), people * round_.budget
    if round_.budget and not marked and total > budget:
        found.append(
            ngettext(
                "Til sammen er det %(given)s, men %(num)d seddel kan gi høyst %(most)s.",
                "Til sammen er det %(given)s, men %(num)d sedler kan gi høyst %(most)s.",
                people, given=total, most=budget,
            )
        )  # fmt: skip
    return found


def is_surprising(run: Run, people: int) -> bool:
    """Tell whether so many sheets are more than one expects of those who are in."""
    return people > max(USUAL, TIMES * run.joined)


def bring_in(run: Run, activity_id: int, stack: Stack, *, by: User) -> int:
    """Add a stack's ballots to the round that is on; return how many sheets it has."""
    activity, round_ = _judged(run, activity_id, by)
    _require_possible(activity, round_, stack)
    number = max((kept["number"] for kept in stacks_of(activity)), default=0) + 1
    for place, marks in enumerate(_dealt(activity, round_, stack)):
        _hand_in(run, round_, f"x:{number}:{place}", marks)
    none = [0] * max(1, len(columns_of(activity, round_)))
    kept = {
        "number": number, "round": round_.id, "people": stack.people, "by": by.name,
        "counts": {key: stack.counts.get(key, none) for key in titles_of(round_.items)},
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


def _require_possible(activity: Activity, round_: Round, stack: Stack) -> None:
    """Raise Invalid unless so many sheets can say this."""
    if not 1 <= stack.people <= MOST_SHEETS:
        raise Invalid(_("Skriv hvor mange sedler det er, fra 1 til %(most)s.", most=MOST_SHEETS))
    found = impossible(activity, round_, stack)
    if found:
        raise Invalid(" ".join(found))


def _dealt(activity: Activity, round_: Round, stack: Stack) -> list[dict[str, int]]:
    """Deal what was counted to the sheets, in turn: each item's sum is what was counted.

    Which sheet said what is not known; nothing that is told of a vote asks for it.
    """
    sheets: list[dict[str, int]] = [{} for _sheet in range(stack.people)]
    marks, at = columns_of(activity, round_), 0
    for item, given in stack.counts.items():
        if marks:
            said = [mark for mark, many in zip(marks, given, strict=True) for _one in range(many)]
            for sheet, mark in zip(sheets, said, strict=False):
                sheet[item] = mark
            continue
        for _one in range(given[0]):
            sheet = sheets[at % stack.people]
            sheet[item] = sheet.get(item, 0) + 1
            at += 1
    return sheets


def _hand_in(run: Run, round_: Round, voter: str, marks: Mapping[str, int]) -> None:
    used = sum(marks.values()) if round_.budget else 0
    db.session.add(
        Ballot(
            municipality_id=run.municipality_id, round_id=round_.id, voter=voter, way=PAPER,
            abstained=not marks, left_over=max(0, round_.budget - used),
        )
    )  # fmt: skip
    db.session.flush()
    for item, value in marks.items():
        db.session.add(Vote(round_id=round_.id, voter=voter, item=item, value=value))


def _tell(run: Run, activity: Activity, round_: Round) -> None:
    round_.rev += 1
    tell_voted(run, activity, round_)
