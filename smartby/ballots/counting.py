"""How a kind of voting is set up and counted: what each kind says for itself, and what follows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random
from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ..core.text import capital
from ..facilitation.play import Harvest, Play
from ..workshops.models import Activity
from . import actions, counts
from .actions import Terms
from .items import Row, harvested, items_for, titles_of
from .models import Ballot, Round
from .papers import Count, Line, Paper, Part, turnout
from .parts import HOME, parts_of
from .queries import counted, papers_of, rounds_of, run_of, turnout_of

Column = tuple[Any, Callable[[Line], Any]]


class Counting(Play):
    """A kind of voting. `terms` and `count` must be said; the rest may be as it is here."""

    unit: ClassVar[Any]  # what the score is counted in
    twofold: ClassVar[bool] = False  # whether an item gets two values
    tie_rule: ClassVar[Any] = _l(
        "Likt resultat gir delt plass. Innbyrdes står de i samme rekkefølge som på stemmeseddelen."
    )

    lead: ClassVar[Any] = _l("Øverst")  # what is said of the first
    tells_unity: ClassVar[bool] = True  # whether it says anything how far apart people are
    lines_on_screen: ClassVar[bool] = True  # unless something else says it all from the back row
    draws_columns: ClassVar[bool] = False  # whether it is drawn how many gave each value
    one_at_a_time: ClassVar[bool] = False  # whether the ballot shows one thing at a time
    on_screen: ClassVar[int] = 6  # lines that can be read from the back row

    def terms(self, activity: Activity) -> Terms:
        """Return how a round of this activity is voted."""
        raise NotImplementedError

    def count(self, round_: Round, keys: Sequence[str], papers: Sequence[Paper]) -> list[Line]:
        """Count the ballots: a line for each item, in order."""
        raise NotImplementedError

    def special(self, round_: Round, keys: Sequence[str], papers: Sequence[Paper]) -> Any:
        """Return what else the ballots say."""
        return None

    def items(self, activity: Activity) -> list[Row]:
        """Return what is voted on."""
        return items_for(activity)

    def knows(self, round_: Round, ballot: Ballot, item: str) -> bool:
        """Tell whether something can be said of an item."""
        return item in round_.keys

    def put(self, round_: Round, ballot: Ballot, item: str, value: int | None) -> None:
        """Write a value on a ballot; None takes back what was said of the item."""
        actions.put(ballot, item, value)

    def told(self, line: Line) -> str:
        """Say a line's score as the table and the bars do."""
        return counts.whole(line)

    @property
    def head(self) -> str:
        """Return what stands above the scores in a table."""
        return capital(str(self.unit))

    def figure(self, line: Line) -> Any:
        """Return a line's score as a table has it: a number, or a share in per cent."""
        return line.score if line.score is None else round(line.score, 2)

    def unit_of(self, line: Line) -> str:
        """Return what a line's score is counted in."""
        return str(self.unit)

    def details(self, line: Line) -> list[str]:
        """Return what else a line says in words."""
        return []

    def length(self, line: Line, count: Count) -> float:
        """Return how long a line's bar is, 0 to 100."""
        return counts.against_best(line, count)

    def unity(self, line: Line) -> str:
        """Say in a word how far apart people are."""
        return counts.unity(line)

    def part_name(self, part: Part) -> str:
        """Name some of the voters."""
        return str(_("Hjemme")) if part.name == HOME else str(_("I rommet"))

    def part_told(self, line: Line, part: Part) -> str:
        """Say what some of the voters gave an item."""
        return self.told(replace(line, score=part.scores.get(line.item)))

    def support(self, line: Line) -> int:
        """Return how many votes an item is said to have."""
        return line.voters

    def columns(self) -> list[Column]:
        """Return what only this kind has in its table: the heading, and how a cell is found."""
        return []

    def imagine(self, round_: Round, keys: Sequence[str], lot: Random) -> list[str]:
        """Return what somebody made up could press on a ballot."""
        return [f"{key}={lot.randint(round_.least, round_.most)}" for key in keys]

    def is_blind(self, activity: Activity) -> bool:
        """Tell whether nobody sees the votes while they come."""
        return activity.rules.get("blind", True) is not False

    def result(self, round_: Round) -> Count:
        """Count a round; the caller answers for that it may be seen."""
        keys = list(titles_of(round_.items))
        found = counted(round_, keys, lambda: self._counted(round_, keys))
        return replace(found, turnout=turnout_of(round_, run_of(round_.activity).joined))

    def harvest(self, activity: Activity) -> list[Harvest]:
        """Return what was voted on in the last settled round, the best supported first."""
        rounds = settled(activity)
        if not rounds:
            return []
        titles = titles_of(rounds[-1].items)
        known = {item.key: item for item in harvested(activity)}
        return [
            replace(
                known.get(line.item) or Harvest(line.item, ""),
                title=titles[line.item], votes=self.support(line),
            )
            for line in self.result(rounds[-1]).lines
            if not line.item.startswith("question:")  # what an activity asks is nothing it made
        ]  # fmt: skip

    def rows(self, activity: Activity) -> list[list[Any]]:
        """Return the results of all settled rounds as a table."""
        rounds = settled(activity)
        if not rounds:
            return []
        heading = [_("Runde"), _("Plass"), _("Hva"), self.head, _("Stemte"), _("Spredning")]
        heading += [str(name) for name, _cell in self.columns()]
        return [heading, *(row for round_ in rounds for row in self._rows(round_))]

    def _rows(self, round_: Round) -> list[list[Any]]:
        titles, count = titles_of(round_.items), self.result(round_)
        empty = [None] * len(self.columns())
        lines = [
            [
                round_.number, line.place, titles[line.item], self.figure(line), line.voters,
                self._apart(line),
                *(cell(line) for _name, cell in self.columns()),
            ]
            for line in count.lines
        ]  # fmt: skip
        said = turnout_in_words(count)
        return [*lines, [round_.number, None, said, None, count.turnout.voted, None, *empty]]

    def _apart(self, line: Line) -> float | None:
        told = self.tells_unity and line.is_broken_down and line.spread is not None
        return round(line.spread or 0, 2) if told else None

    def _counted(self, round_: Round, keys: Sequence[str]) -> Count:
        papers = papers_of(round_, keys)
        lines = self.count(round_, keys, papers)
        parts = parts_of(papers, lambda some: self.count(round_, keys, some))
        return Count(lines, turnout(papers), parts, self.special(round_, keys, papers))


def settled(activity: Activity) -> list[Round]:
    """Return the rounds whose result is final, or no secret."""
    over = activity.ended_at is not None
    return [r for r in rounds_of(activity) if over or r.is_shown or not r.is_open]


def turnout_in_words(count: Count) -> str:
    """Say how many voted of those who were there, and how many handed in a blank."""
    told = count.turnout
    return str(
        _(
            "%(voted)s av %(present)s stemte, %(blank)s blankt",
            voted=told.voted, present=told.present, blank=told.abstained,
        )
    )  # fmt: skip


def setting(activity: Activity, name: str, usual: int, low: int, high: int) -> int:
    """Return a whole number from an activity's rules, kept between two others."""
    try:
        wished = int(activity.rules.get(name) or usual)
    except (TypeError, ValueError):
        wished = usual
    return max(low, min(high, wished))
