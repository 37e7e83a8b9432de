"""Impact and effort: what gives much for little?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from ..ballots import counts, matrix
from ..ballots.actions import Terms
from ..ballots.forms import BallotForm
from ..ballots.models import Round
from ..ballots.papers import Count, Line, Paper
from ..ballots.shown import Mine
from ..ballots.slips import AXIS, Mark
from ..ballots.spots import Spot, spots
from ..ballots.stack import SECOND
from ..ballots.voting import Voting
from ..workshops.kinds import MARKS
from ..workshops.models import Activity

QUARTERS = {
    matrix.NOW: _l("Gjør nå"),
    matrix.PLAN: _l("Planlegg"),
    matrix.SOMETIME: _l("Når det passer"),
    matrix.LEAVE: _l("La ligge"),
}


class Matrix(Voting, key="matrix"):
    """Each item gets an impact and an effort from 1 to 5, and lands in one of four quarters."""

    name = _l("Virkning og innsats")
    purpose = _l("Hver sier hvor stor virkning et forslag har, og hvor mye innsats det krever.")
    icon = "quarters"
    minutes = 10
    order = 38
    on_paper = MARKS
    draws_beside = True
    around = 5.6  # the picture says what bars would
    rules_form = BallotForm
    unit = _l("virkning minus innsats")
    twofold = True
    tells_place = False  # the quarter does
    quarters = QUARTERS
    one_at_a_time = True
    tie_rule = _l(
        "Snittet av virkning og innsats avgjør ruta. Midt på regnes som stor virkning og liten "
        "innsats. Poengene er virkning minus innsats. Likt resultat gir delt plass, men hvert sitt "
        "tall på kartet."
    )

    def terms(self, activity: Activity) -> Terms:
        """Return marks from 1 to 5; a round is always blind, one cannot read it while it moves."""
        return Terms(0, matrix.LOW, matrix.HIGH, self.is_blind(activity))

    def paper_lines(self, titles: Mapping[str, str]) -> dict[str, str]:
        """Return two lines for each item: one of impact, one of effort."""
        found = {}
        for item, title in titles.items():
            found[item] = _("%(title)s, virkning", title=title)
            found[item + SECOND] = _("%(title)s, innsats", title=title)
        return found

    def slip_mark(self, terms: Round | Terms) -> Mark:
        """Return two rows of marks below each title."""
        return Mark(0, below=2 * AXIS, rule=110)

    @property
    def paper_hint(self) -> str:
        """Say what is counted, and of which ballots: a mark alone places nothing."""
        return str(
            _(
                "Fem tall på hver linje: hvor mange sedler som gir 1, så 2, 3, 4 og 5. Tell et "
                "forslag bare på sedler som har ring rundt både virkning og innsats."
            )
        )

    def imagine(self, round_: Round, keys: Sequence[str], lot: Random) -> list[str]:
        """Give each item both marks."""
        return [f"{key}{way}{lot.randint(1, 5)}" for key in keys for way in "=~"]

    def ask(self, mine: Mine, voter: str) -> str | None:
        """Return the first item that lacks one of its two marks."""
        done = self.done(mine)
        return next((item for item in mine.titles if item not in done), None)

    def word_for(self, mine: Mine, item: str) -> str:
        """Say the marks that one has given."""
        words = [
            (mine.value(item), _("virkning %(mean)s", mean=mine.value(item))),
            (mine.across(item), _("innsats %(mean)s", mean=mine.across(item))),
        ]
        return ", ".join(said for mark, said in words if mark)

    def done(self, mine: Mine) -> list[str]:
        """Return the items that have both marks."""
        return [item for item in mine.titles if mine.value(item) and mine.across(item)]

    def count(self, round_: Round, keys: Sequence[str], papers: Sequence[Paper]) -> list[Line]:
        """Take the means, and find the quarters."""
        return matrix.quarters(keys, papers)

    def told(self, line: Line) -> str:
        """Say the difference."""
        return counts.decimal(line)

    def unit_of(self, line: Line) -> str:
        """Return what a difference is called: what it is made of is told below."""
        return str(ngettext("poeng", "poeng", counts.number_of(line)))

    def number(self, line: Line, count: Count) -> int | None:
        """Return which line of the list it is, so that equals can be told apart on the map."""
        return count.lines.index(line) + 1 if line.place else None

    def spots(self, count: Count) -> list[Spot]:
        """Return where the items are drawn; what would lie on top of each other is one spot."""
        return spots(line for line in count.lines if line.place)

    def result_of(self, line: Line) -> str:
        """Say the quarter and the two means."""
        return ", ".join(self.details(line))

    def details(self, line: Line) -> list[str]:
        """Say the quarter and the two means."""
        if line.score is None:
            return []
        impact, effort = (counts.tenths(line.figures[name]) for name in ("impact", "effort"))
        return [
            str(QUARTERS[line.figures["quarter"]]),
            _("virkning %(mean)s", mean=impact),
            _("innsats %(mean)s", mean=effort),
        ]

    def length(self, line: Line, count: Count) -> float:
        """Return where the difference lies between the least and the most."""
        return counts.between(line, matrix.LOW - matrix.HIGH, matrix.HIGH - matrix.LOW)

    def columns(self, most: int) -> list[tuple[Any, Any]]:
        """Return the two means and the quarter."""
        return [
            (_("Virkning"), lambda line: line.figures.get("impact")),
            (_("Innsats"), lambda line: line.figures.get("effort")),
            (_("Rute"), lambda line: str(QUARTERS.get(line.figures.get("quarter"), ""))),
        ]
