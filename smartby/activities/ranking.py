"""Ranking: everybody puts the items in order."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from ..ballots import actions, counts
from ..ballots import ranking as method
from ..ballots.actions import Terms
from ..ballots.forms import BallotForm
from ..ballots.items import MOST
from ..ballots.models import Ballot, Round
from ..ballots.papers import Line, Paper
from ..ballots.queries import own_votes
from ..ballots.shown import Mine
from ..ballots.voting import Voting
from ..workshops.models import Activity


class Ranking(Voting, key="ranking"):
    """Best first, as far as one has an opinion. Borda decides, and a Condorcet winner is told."""

    name = _l("Rangering")
    purpose = _l("Hver setter forslagene i rekkefølge, det beste først.")
    icon = "order"
    minutes = 8
    order = 36
    rules_form = BallotForm
    below = 3.5  # who wins two by two
    takes_back = True
    unit = _l("Poeng")
    tie_rule = _l(
        "Bordas metode: sist gir 0 poeng, nest sist 1 og så videre. De som ikke er rangert, deler "
        "poengene som er igjen. Likt antall gir delt plass."
    )

    def terms(self, activity: Activity) -> Terms:
        """Return that any place may be given."""
        return Terms(0, 1, MOST, self.is_blind(activity))

    def put(self, round_: Round, ballot: Ballot, item: str, value: int | None) -> None:
        """Move an item to a place; the others make room. None takes it out of the order."""
        order = [other for other in order_of(own_votes(ballot)) if other != item]
        if value is not None:
            order.insert(value - 1, item)
        actions.arrange(ballot, {key: place for place, key in enumerate(order, start=1)})

    def ranked(self, mine: Mine) -> list[str]:
        """Return what a participant has ranked, best first."""
        return [item for item in order_of(mine.votes) if item in mine.titles]

    def given(self, mine: Mine) -> list[tuple[str, str]]:
        """Return one's own order."""
        places = enumerate(self.ranked(mine), start=1)
        return [(mine.titles[item], _("nummer %(place)s", place=place)) for place, item in places]

    def unit_of(self, line: Line) -> str:
        """Return one, or several."""
        return str(ngettext("poeng", "poeng", counts.number_of(line)))

    def imagine(self, round_: Round, keys: Sequence[str], lot: Random) -> list[str]:
        """Rank three."""
        best = lot.sample(keys, min(3, len(keys)))
        return [f"{key}={place}" for place, key in enumerate(best, start=1)]

    def count(self, round_: Round, keys: Sequence[str], papers: Sequence[Paper]) -> list[Line]:
        """Give points by place."""
        return method.borda(keys, papers)

    def special(self, round_: Round, keys: Sequence[str], papers: Sequence[Paper]) -> Any:
        """Return whether one beats all others two by two."""
        return method.duels(keys, papers)


def order_of(votes: Any) -> list[str]:
    """Return the items of a ballot by the places it gave."""
    return sorted(votes, key=lambda item: votes[item].value)
