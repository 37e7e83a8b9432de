"""A poll: one question, and answers to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from ..ballots import actions, counts, tallies
from ..ballots.actions import Terms
from ..ballots.forms import PollForm
from ..ballots.models import Ballot, Round
from ..ballots.papers import Count, Line, Paper
from ..ballots.voting import Voting
from ..facilitation.play import NOTHING
from ..workshops.kinds import COUNTS
from ..workshops.models import Activity


class Poll(Voting, key="poll"):
    """One answer each, or several."""

    name = _l("Avstemning")
    purpose = _l("Alle svarer på ett spørsmål med svar å velge mellom.")
    icon = "bars"
    minutes = 3
    order = 32
    on_paper = COUNTS
    rules_form = PollForm
    unit = _l("Svar")
    gives = NOTHING
    tells_unity = False

    def terms(self, activity: Activity) -> Terms:
        """Return whether one may choose several answers."""
        most = 0 if activity.rules.get("several") else 1
        return Terms(most, 0, 1, self.is_blind(activity))

    def put(self, round_: Round, ballot: Ballot, item: str, value: int | None) -> None:
        """Choose an answer: where one may have one only, instead of the other."""
        if value and round_.budget:
            actions.arrange(ballot, {item: 1})
        else:
            actions.put(ballot, item, value or None)

    def unit_of(self, line: Line) -> str:
        """Return one, or several."""
        return str(ngettext("svar", "svar", counts.number_of(line)))

    def imagine(self, round_: Round, keys: Sequence[str], lot: Random) -> list[str]:
        """Choose one answer."""
        return [f"{lot.choice(keys)}=1"]

    def count(self, round_: Round, keys: Sequence[str], papers: Sequence[Paper]) -> list[Line]:
        """Count who gave which answer."""
        return tallies.approvals(keys, papers)

    def length(self, line: Line, count: Count) -> float:
        """Return how many of those who voted it is."""
        return counts.of_voters(line, count)
