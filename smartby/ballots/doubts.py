"""What ballots on paper cannot say, and what is asked about once more before they count."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext as _
from flask_babel import ngettext

from ..core.text import inner
from ..facilitation.models import Run
from ..workshops.models import Activity
from .models import Round
from .queries import turnout_of
from .stack import SECOND, Stack, columns_of, lines_on
from .typed_sheets import plain
from .unphoned import not_on_paper

FEW = 20  # sheets that nobody is asked about, however few the others are


def impossible(run: Run, activity: Activity, round_: Round, stack: Stack) -> list[str]:
    """Say what so many sheets cannot say, and how much each line can have."""
    return [
        *_too_many(activity, round_, stack),
        *_over_budget(activity, round_, stack),
        *_halves(activity, round_, stack),
        *_too_many_listed(run, round_, stack),
    ]


def is_surprising(round_: Round, people: int) -> bool:
    """Tell whether so many sheets would make the room twice what it is counted to be.

    That some vote on paper who were counted nowhere before is as it should be.
    """
    told = turnout_of(round_)
    return told.voted + told.abstained + people > max(FEW, 2 * told.present)


def _too_many(activity: Activity, round_: Round, stack: Stack) -> Iterator[str]:
    lines, people = lines_on(activity, round_), stack.people
    most = people * (1 if columns_of(activity, round_) else round_.most)
    for key, numbers in stack.counts.items():
        if sum(numbers) > most:
            yield ngettext(
                "«%(title)s» har fått %(given)s, men %(num)d seddel kan gi høyst %(most)s.",
                "«%(title)s» har fått %(given)s, men %(num)d sedler kan gi høyst %(most)s.",
                people, title=_named(lines.get(key, "")), given=sum(numbers), most=most,
            )  # fmt: skip


def _over_budget(activity: Activity, round_: Round, stack: Stack) -> Iterator[str]:
    total, budget = sum(map(sum, stack.counts.values())), stack.people * round_.budget
    if round_.budget and not columns_of(activity, round_) and total > budget:
        yield ngettext(
            "Til sammen er det %(given)s, men %(num)d seddel kan gi høyst %(most)s.",
            "Til sammen er det %(given)s, men %(num)d sedler kan gi høyst %(most)s.",
            stack.people, given=total, most=budget,
        )  # fmt: skip


def _halves(activity: Activity, round_: Round, stack: Stack) -> Iterator[str]:
    """Say where one of two values is counted on more sheets than the other: both are needed."""
    lines = lines_on(activity, round_)
    for key, title in lines.items():
        second = key + SECOND
        given, across = (sum(stack.counts.get(name, ())) for name in (key, second))
        if second in lines and given != across:
            yield _(
                "Antall sedler med «%(title)s» er %(given)s, men med «%(other)s» %(across)s. "
                "Tell bare sedler som har begge.",
                title=_named(title), other=_named(lines[second]), given=given, across=across,
            )  # fmt: skip


def _named(title: str) -> str:
    return inner(plain(title))


def _too_many_listed(run: Run, round_: Round, stack: Stack) -> Iterator[str]:
    most = min(stack.people, not_on_paper(run, round_))
    if stack.listed > most:
        yield ngettext(
            "Høyst %(num)d av sedlene kan være fra folk som er ført opp uten telefon.",
            "Høyst %(num)d av sedlene kan være fra folk som er ført opp uten telefon.", most,
        )  # fmt: skip
