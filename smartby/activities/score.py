"""Scores: everybody gives each item marks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ..ballots import counts, tallies
from ..ballots.actions import Terms
from ..ballots.counting import Column, setting
from ..ballots.forms import ScoreForm
from ..ballots.models import Round
from ..ballots.papers import Count, Line, Paper
from ..ballots.shown import Mine
from ..ballots.voting import Voting
from ..workshops.kinds import MARKS
from ..workshops.models import Activity


class Score(Voting, key="score"):
    """Marks from 1 and up; the mean decides, and the spread is told."""

    name = _l("Poeng")
    purpose = _l("Hver gir alle forslagene poeng. Snittet avgjør.")
    icon = "bars"
    minutes = 8
    order = 33
    on_paper = MARKS
    rules_form: ClassVar[type[Any] | None] = ScoreForm
    draws_columns = True
    around = 7.9
    unit = _l("i snitt")

    def terms(self, activity: Activity) -> Terms:
        """Return how high the marks go."""
        return Terms(0, 1, setting(activity, "high", 5, 3, 10), self.is_blind(activity))

    def word_for(self, mine: Mine, item: str) -> str:
        """Say the mark that one has given, and how high they go."""
        most = mine.round.most if mine.round else 0
        return str(_("%(mark)s av %(most)s", mark=mine.value(item), most=most))

    def count(self, round_: Round, keys: Sequence[str], papers: Sequence[Paper]) -> list[Line]:
        """Take the means."""
        return tallies.scores(keys, papers, round_.least, round_.most)

    def told(self, line: Line) -> str:
        """Say the mean."""
        return counts.decimal(line)

    def columns(self, most: int) -> list[Column]:
        """Return how many gave each mark."""
        return [(_("Ga %(mark)s", mark=mark), counts.given(mark)) for mark in range(1, most + 1)]

    def length(self, line: Line, count: Count) -> float:
        """Return how long the bar is when the scale is the whole of it."""
        return counts.between(line, 0, self.top_of(count))

    def top_of(self, count: Count) -> int:
        """Return the highest mark there is."""
        return int(count.special or 5)

    def special(self, round_: Round, keys: Sequence[str], papers: Sequence[Paper]) -> Any:
        """Return the highest mark, which the bars are measured against."""
        return round_.most
