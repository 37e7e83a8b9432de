"""How a kind of voting is set up and counted: what each kind says for itself, and what follows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from random import Random
from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from ..core.text import capital
from ..facilitation.play import NOTHING, PROPOSALS, Harvest
from ..facilitation.ways import beside, way_in_words
from ..workshops.models import Activity
from . import actions, counts
from .actions import Terms
from .items import Option, Row, harvested, items_for, options_of, titles_of
from .models import Ballot, Round
from .on_paper import OnPaper
from .papers import Count, Line, Paper, Part, Turnout, turnout
from .parts import HOME, PAPER, parts_of
from .queries import counted, papers_of, rounds_of, turnout_of

Column = tuple[Any, Callable[[Line], Any]]


class Counting(OnPaper):
    """A kind of voting. `terms` and `count` must be said; the rest may be as it is here."""

    is_vote: ClassVar[bool] = True
    gives: ClassVar[str] = PROPOSALS  # what was voted on, in the order that the room gave it
    weighs = True
    unit: ClassVar[Any]  # what the score is counted in
    twofold: ClassVar[bool] = False  # whether an item gets two values
    tie_rule: ClassVar[Any] = _l(
        "Likt resultat gir delt plass. Innbyrdes står de i samme rekkefølge som på stemmeseddelen."
    )

    lead: ClassVar[Any] = _l("Øverst")  # what is said of the first
    tells_unity: ClassVar[bool] = True  # whether it says anything how far apart people are
    tells_place: ClassVar[bool] = True  # whether the place says more than the result does
    lines_on_screen: ClassVar[bool] = True  # unless something else says it all from the back row
    draws_columns: ClassVar[bool] = False  # whether it is drawn how many gave each value
    one_at_a_time: ClassVar[bool] = False  # whether the ballot shows one thing at a time
    takes_back: ClassVar[bool] = False  # whether a ballot has a button that takes one thing back
    draws_beside: ClassVar[bool] = False  # whether a picture stands beside the lines
    # How high a line of one title is on a projector, and what stands below and above them all:
    # see sheets.py.
    around: ClassVar[float] = 7.1
    below: ClassVar[float] = 0.0
    above: ClassVar[float] = 0.0

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

    def on_wall(self, round_: Round, options: Mapping[str, Option]) -> list[Option]:
        """Return what the projectors show while one votes; one thing at a time is on the phone."""
        return [] if self.one_at_a_time and not self.on_paper else list(options.values())

    def knows(self, round_: Round, ballot: Ballot, item: str) -> bool:
        """Tell whether something can be said of an item."""
        return item in round_.keys

    def put(self, round_: Round, ballot: Ballot, item: str, value: int | None) -> None:
        """Write a value on a ballot; None takes back what was said of the item."""
        actions.put(ballot, item, value)

    def turnout_told(self, turned: Turnout) -> str:
        """Say how many have answered, and how many of them with a blank."""
        return counts.turnout_in_words(turned)

    def told(self, line: Line) -> str:
        """Say a line's score as the table and the bars do."""
        return counts.whole(line)

    @property
    def head(self) -> str:
        """Return what stands above the scores in a table."""
        return capital(str(self.unit))

    def number(self, line: Line, count: Count) -> int | None:
        """Return the number that stands before a line in the list: its place."""
        return line.place

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
        names = {HOME: _("Hjemme"), PAPER: _("På papir")}
        return str(names.get(part.name) or _("I rommet"))

    def part_told(self, line: Line, part: Part) -> str:
        """Say what some of the voters gave an item."""
        return self.told(replace(line, score=part.scores.get(line.item)))

    def support(self, line: Line) -> int:
        """Return how many stand behind an item, as `behind` says."""
        return line.voters or 0

    def behind(self, votes: int) -> str:
        """Say how many took a stand on an item."""
        return str(ngettext("%(num)d tok stilling", "%(num)d tok stilling", votes))

    def result_of(self, line: Line) -> str:
        """Say what an item got, with its unit; "" when it has no place."""
        return "" if line.score is None else f"{self.told(line)} {self.unit_of(line)}"

    def columns(self, most: int) -> list[Column]:
        """Return what only this kind has in its table: the heading, and how a cell is found.

        `most` is the highest value that could be given; a cell that may not be told is None.
        """
        return []

    def told_columns(self, most: int, results: Iterable[Count]) -> list[Column]:
        """Return those of the columns that something may be told in."""
        lines = [line for count in results for line in count.lines]
        return [
            (name, cell)
            for name, cell in self.columns(most)
            if any(cell(line) is not None for line in lines)
        ]

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
        return replace(found, turnout=turnout_of(round_))

    def harvest(self, activity: Activity) -> list[Harvest]:
        """Return what was voted on in the last round that was shown, the best supported first."""
        if self.gives == NOTHING:  # answers to a question are nothing it made
            return []
        # What an activity asks is nothing it made either.
        return [item for item in self.hung(activity) if not item.key.startswith("question:")]

    def hung(self, activity: Activity) -> list[Harvest]:
        """Return all that was voted on in the last round that was shown, with what it got."""
        rounds = shown(activity)
        if not rounds:
            return []
        titles = titles_of(rounds[-1].items)
        lines = self.result(rounds[-1]).lines
        known = {item.key: item for item in self.origins(activity)}
        return [
            replace(
                known.get(line.item) or Harvest(line.item, titles[line.item]),
                votes=self.support(line), result=self.result_of(line),
                place=line.place if self.tells_place else None, among=len(lines),
            )
            for line in lines
        ]  # fmt: skip

    def origins(self, activity: Activity) -> list[Harvest]:
        """Return where what is voted on came from, with its authors and quotes."""
        return harvested(activity)

    def rows(self, activity: Activity) -> list[list[Any]]:
        """Return the results of all rounds that were shown, as a table."""
        rounds = shown(activity)
        if not rounds:
            return []
        heading = [_("Runde"), _("Plass"), _("Hva"), self.head, _("Stemte"), _("Spredning")]
        results = [self.result(round_) for round_ in rounds]
        columns = self.told_columns(max(round_.most for round_ in rounds), results)
        heading += [str(name) for name, _cell in columns]
        if _has_paper(results):
            heading.append(_("Av dem på papir"))
        rows = [row for round_ in rounds for row in self._rows(round_, columns)]
        if len(rounds) == 1:  # one alone needs no number
            rows = [[None, *row[1:]] for row in rows]
        # Rounds without paper have nothing to say in that column.
        rows = [heading, *([*row, *[None] * (len(heading) - len(row))] for row in rows)]
        came = [str(_("Kom inn")), *(way for round_ in rounds for way in self._ways(round_))]
        return beside(rows, came, at=heading.index(_("Hva")) + 1)

    def sums(self, activity: Activity) -> frozenset[int]:
        """Return which rows say how many voted: the last of each round."""
        ends = accumulate(len(self.result(round_).lines) + 1 for round_ in shown(activity))
        return frozenset(end - 1 for end in ends)

    def _ways(self, round_: Round) -> list[str]:
        options = options_of(round_.items)
        ways = [way_in_words(options[line.item].way) for line in self.result(round_).lines]
        return [*ways, ""]  # the turnout has none

    def _rows(self, round_: Round, columns: Sequence[Column]) -> list[list[Any]]:
        titles, count = titles_of(round_.items), self.result(round_)
        empty = [None] * len(columns)
        parts = [part for part in count.parts if part.name == PAPER]

        def on_paper(line: Line) -> list[float | None]:
            return [part.scores.get(line.item) for part in parts]

        lines = [
            [
                round_.number, line.place, titles[line.item], self.figure(line), line.voters,
                self._apart(line),
                *(_short(cell(line)) for _name, cell in columns), *on_paper(line),
            ]
            for line in count.lines
        ]  # fmt: skip
        said = counts.turnout_in_words(count.turnout)
        return [*lines, [round_.number, None, said, None, count.turnout.answered, None, *empty]]

    def _apart(self, line: Line) -> float | None:
        told = self.tells_unity and line.is_broken_down and line.spread is not None
        return round(line.spread or 0, 2) if told else None

    def _counted(self, round_: Round, keys: Sequence[str]) -> Count:
        papers = papers_of(round_, keys)
        lines = self.count(round_, keys, papers)
        parts = parts_of(papers, lambda some: self.count(round_, keys, some))
        return Count(lines, turnout(papers), parts, self.special(round_, keys, papers))


def _short(value: Any) -> Any:
    """Round a mean to what a dozen votes can tell."""
    return round(value, 2) if isinstance(value, float) else value


def _has_paper(results: Iterable[Count]) -> bool:
    return any(part.name == PAPER for result in results for part in result.parts)


def shown(activity: Activity) -> list[Round]:
    """Return the rounds whose result the room has seen: nobody reads any other, wherever it is."""
    return [round_ for round_ in rounds_of(activity) if round_.is_shown]


def hidden(activity: Activity) -> list[Round]:
    """Return the rounds whose result nobody has seen."""
    return [round_ for round_ in rounds_of(activity) if not round_.is_shown]


def setting(activity: Activity, name: str, usual: int, low: int, high: int) -> int:
    """Return a whole number from an activity's rules, kept between two others."""
    try:
        wished = int(activity.rules.get(name) or usual)
    except (TypeError, ValueError):
        wished = usual
    return max(low, min(high, wished))
