"""Fist of five: how strongly does everybody stand behind this?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from ..ballots import counts, tallies
from ..ballots.actions import Terms
from ..ballots.counting import Column
from ..ballots.forms import FistForm
from ..ballots.items import Option, Row
from ..ballots.models import Round
from ..ballots.papers import Count, Line, Paper
from ..ballots.shown import Mine
from ..ballots.slips import BOX, Mark
from ..ballots.voting import Voting
from ..facilitation.play import NOTHING
from ..workshops.kinds import MARKS
from ..workshops.models import Activity

ENOUGH = 3  # fingers: fewer are objections


class FistOfFive(Voting, key="fist"):
    """From a closed fist, which stops it, to five fingers; those with the fewest are heard."""

    name = _l("Fem fingre")
    purpose = _l("Hver viser med null til fem fingre hvor godt de støtter et forslag.")
    icon = "hand"
    minutes = 3
    order = 35
    on_paper = MARKS
    rules_form = FistForm
    unit = _l("fingre i snitt")
    above = 27.0
    gives = NOTHING
    steps = (
        _l("Nei, dette stopper jeg"),
        _l("Jeg har store innvendinger"),
        _l("Jeg har noen innvendinger"),
        _l("Det er greit for meg"),
        _l("Det er bra"),
        _l("Jeg vil være med og gjøre det"),
    )

    def items(self, activity: Activity) -> list[Row]:
        """Return what the activity itself asks."""
        return [["question:1", activity.title]]

    def terms(self, activity: Activity) -> Terms:
        """Return none to five fingers."""
        return Terms(0, 0, 5, self.is_blind(activity))

    def given(self, mine: Mine) -> list[tuple[str, str]]:
        """Return the fingers that one has shown, in words."""
        shown = [vote.value for vote in mine.votes.values()]
        return [(str(self.steps[fingers]), str(fingers)) for fingers in shown]

    def count(self, round_: Round, keys: Sequence[str], papers: Sequence[Paper]) -> list[Line]:
        """Take the mean."""
        return tallies.scores(keys, papers, 0, 5)

    def told(self, line: Line) -> str:
        """Say the mean."""
        return counts.decimal(line)

    def unity(self, line: Line) -> str:
        """Say that people agree only when they stand behind it: no fist, and few objections."""
        against = sum(n for fingers, n in line.histogram.items() if fingers < ENOUGH)
        vetoed = line.histogram.get(0, 0) > 0
        return counts.unity(line, hindered=vetoed or against > counts.FEW * (line.voters or 0))

    def on_wall(self, round_: Round, options: Mapping[str, Option]) -> list[Option]:
        """Return what each number of fingers says: what is asked stands above them."""
        return [Option(line) for line in reversed(self.slip_lines({}))]

    def slip_lines(self, titles: Mapping[str, str]) -> list[str]:
        """Return a line for each number of fingers, in the order in which they are typed in.

        What is asked stands above them.
        """
        return [f"{fingers}: {step}" for fingers, step in enumerate(self.steps)]

    def slip_mark(self, terms: Round | Terms) -> Mark:
        """Return a box beside each line."""
        return Mark(BOX)

    def mark_names(self, marks: Sequence[int]) -> list[str]:
        """Return how many fingers each mark is."""
        named = [
            ngettext("%(num)d finger", "%(num)d fingre", fingers) for fingers in marks if fingers
        ]
        return [_("0 fingre (knyttneve)"), *named]

    @property
    def paper_hint(self) -> str:
        """Say that it is counted how many showed each number of fingers."""
        return str(
            _("Seks tall: hvor mange sedler som sier 0 fingre, så 1, 2, 3, 4 og til slutt 5.")
        )

    def columns(self, most: int) -> list[Column]:
        """Return how many showed each number of fingers."""
        return [
            (ngettext("%(num)d finger", "%(num)d fingre", fingers), counts.given(fingers))
            for fingers in range(5, -1, -1)
        ]

    def length(self, line: Line, count: Count) -> float:
        """Return how long the bar is out of five."""
        return counts.between(line, 0, 5)
