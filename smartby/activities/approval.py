"""Approval: everybody says which they could live with."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ..ballots import actions, counts, tallies
from ..ballots.actions import Terms
from ..ballots.counting import setting
from ..ballots.forms import ApprovalForm
from ..ballots.models import Ballot, Round
from ..ballots.papers import Count, Line, Paper
from ..ballots.voting import Voting
from ..workshops.kinds import COUNTS
from ..workshops.models import Activity


class Approval(Voting, key="approval"):
    """Yes to as many as one likes, or to so many at most."""

    name = _l("Godkjenning")
    purpose = _l("Hver sier ja til alt de kan leve med.")
    icon = "check"
    minutes = 5
    order = 31
    on_paper = COUNTS
    rules_form = ApprovalForm
    unit = _l("ja")
    tells_unity = False

    def terms(self, activity: Activity) -> Terms:
        """Return how many one may approve of."""
        return Terms(setting(activity, "budget", 0, 0, 60), 0, 1, self.is_blind(activity))

    def put(self, round_: Round, ballot: Ballot, item: str, value: int | None) -> None:
        """Approve of an item, or no more; raise Invalid when it would be one too many."""
        actions.spend(round_, ballot, (value or 0) - actions.value_of(ballot, item))
        actions.put(ballot, item, value or None)

    def behind(self, votes: int) -> str:
        """Say how many approve."""
        return str(_("%(count)s ja", count=votes))

    def imagine(self, round_: Round, keys: Sequence[str], lot: Random) -> list[str]:
        """Approve of about half."""
        many = min(round_.budget or len(keys), (len(keys) + 1) // 2)
        return [f"{key}=1" for key in lot.sample(keys, many)]

    def count(self, round_: Round, keys: Sequence[str], papers: Sequence[Paper]) -> list[Line]:
        """Count those who approve."""
        return tallies.approvals(keys, papers)

    def length(self, line: Line, count: Count) -> float:
        """Return how many of those who voted it is."""
        return counts.of_voters(line, count)
