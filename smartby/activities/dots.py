"""Dots: everybody spreads a few over what matters most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from random import Random

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from ..ballots import actions, tallies
from ..ballots.actions import Terms
from ..ballots.counting import setting
from ..ballots.forms import DotsForm
from ..ballots.models import Ballot, Round
from ..ballots.papers import Line, Paper
from ..ballots.voting import Voting
from ..workshops.models import Activity


class DotVote(Voting, key="dots"):
    """Some dots each, several on one item if that is allowed."""

    name = _l("Prikker")
    purpose = _l("Hver fordeler noen prikker på det som er viktigst.")
    icon = "dots"
    minutes = 5
    order = 30
    on_paper = "counts"
    rules_form = DotsForm
    unit = _l("prikker")
    lead = _l("Flest prikker")
    tells_unity = False

    def terms(self, activity: Activity) -> Terms:
        """Return how many dots each has, and how many may lie on one item."""
        budget = setting(activity, "budget", 3, 1, 20)
        most = setting(activity, "most", budget, 1, budget)
        return Terms(budget, 0, most, self.is_blind(activity))

    def put(self, round_: Round, ballot: Ballot, item: str, value: int | None) -> None:
        """Make so many dots lie on an item; raise Invalid when there are too few left."""
        actions.spend(round_, ballot, (value or 0) - actions.value_of(ballot, item))
        actions.put(ballot, item, value or None)

    def imagine(self, round_: Round, keys: Sequence[str], lot: Random) -> list[str]:
        """Spread the dots."""
        spread = Counter(lot.choices(keys, k=round_.budget))
        return [f"{key}={min(many, round_.most)}" for key, many in spread.items()]

    def unit_of(self, line: Line) -> str:
        """Return one dot, or dots."""
        return str(ngettext("prikk", "prikker", int(line.score or 0)))

    def count(self, round_: Round, keys: Sequence[str], papers: Sequence[Paper]) -> list[Line]:
        """Add up the dots."""
        return tallies.dots(keys, papers, round_.most)

    def support(self, line: Line) -> int:
        """Return the dots."""
        return int(line.score or 0)

    def behind(self, votes: int) -> str:
        """Say how many dots there are."""
        return str(ngettext("%(num)d prikk", "%(num)d prikker", votes))
