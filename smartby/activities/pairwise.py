"""Pairs: which of these two?"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from random import Random
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from ..ballots import actions, counts, pairs
from ..ballots.actions import Terms
from ..ballots.counting import setting
from ..ballots.forms import PairsForm
from ..ballots.models import Ballot, Round
from ..ballots.papers import Count, Line, Paper
from ..ballots.queries import own_votes
from ..ballots.shown import Mine
from ..ballots.voting import Voting
from ..workshops.models import Activity


class Pairwise(Voting, key="pairwise"):
    """Two at a time, by lot; the share of comparisons that an item wins decides."""

    name = _l("To og to")
    purpose = _l("Hver velger mellom to forslag om gangen. Passer når det er mange.")
    icon = "versus"
    minutes = 8
    order = 37
    rules_form = PairsForm
    takes_back = True
    unit = _l("vunnet")
    one_at_a_time = True
    tells_unity = False  # what all put in the middle wins half, too
    personal = True
    tie_rule = _l(
        "Andelen av sammenligningene som er vunnet, avgjør. Uavgjort teller halvt. Med færre enn "
        "8 sammenligninger får et forslag ingen plass. Likt resultat gir delt plass."
    )

    def terms(self, activity: Activity) -> Terms:
        """Return how many pairs each is asked about."""
        return Terms(setting(activity, "budget", 15, 1, 60), -1, 1, self.is_blind(activity))

    def knows(self, round_: Round, ballot: Ballot, item: str) -> bool:
        """Tell whether these are two of what is voted on."""
        return bool(self._own(round_, ballot, item))

    def put(self, round_: Round, ballot: Ballot, item: str, value: int | None) -> None:
        """Say which of a pair is better; a new pair takes one of those one is asked about."""
        own = self._own(round_, ballot, item)
        had = own in own_votes(ballot)
        actions.spend(round_, ballot, (value is not None) - had)
        # The same pair the other way round is the same question.
        actions.put(ballot, own, value if own == item or value is None else -value)

    def imagine(self, round_: Round, keys: Sequence[str], lot: Random) -> list[str]:
        """Compare some pairs."""
        every = [pairs.pair_key(one, other) for one, other in combinations(keys, 2)]
        asked = lot.sample(every, min(round_.budget, len(every)))
        return [f"{pair}={lot.choice((-1, 1))}" for pair in asked]

    def ask(self, mine: Mine, voter: str) -> str | None:
        """Return the next pair that has not been compared."""
        if mine.left < 1 or not voter:
            return None
        return pairs.next_pair(voter, list(mine.titles), mine.votes)

    def sides(self, pair: str) -> tuple[str, str]:
        """Return the two items of a pair."""
        return pairs.split(pair)

    def asked(self, mine: Mine) -> int:
        """Return how many pairs a participant is asked about."""
        every = len(mine.titles) * (len(mine.titles) - 1) // 2
        return min(mine.round.budget if mine.round else 0, every)

    def given(self, mine: Mine) -> list[tuple[str, str]]:
        """Return the pairs that one has compared, what one put first before the other."""
        titles = mine.titles
        split = [(vote.value, *self.sides(pair)) for pair, vote in mine.votes.items()]
        stands = [(value, titles[a], titles[b]) for value, a, b in split if {a, b} <= titles.keys()]
        return [
            (one if value >= 0 else other, _versus(value, other if value >= 0 else one))
            for value, one, other in stands
        ]

    def latest(self, mine: Mine) -> str | None:
        """Return the pair that was compared last: pairs come in an order of the voter's own."""
        if mine.ballot is None:
            return None
        made = pairs.pairs_for(mine.ballot.voter, list(mine.titles))
        return next((pair for pair in reversed(made) if pair in mine.votes), None)

    def count(self, round_: Round, keys: Sequence[str], papers: Sequence[Paper]) -> list[Line]:
        """Return how often each wins."""
        return pairs.wins(keys, papers)

    def figure(self, line: Line) -> Any:
        """Return the share in per cent."""
        return None if line.score is None else counts.share(line)

    def told(self, line: Line) -> str:
        """Say the share that was won."""
        return counts.share(line)

    def details(self, line: Line) -> list[str]:
        """Say how often an item was compared."""
        many = line.figures.get("compared", 0)
        return [ngettext("%(num)d sammenligning", "%(num)d sammenligninger", many)]

    def length(self, line: Line, count: Count) -> float:
        """Return the share as a length."""
        return counts.between(line, 0, 1)

    def columns(self, most: int) -> list[tuple[Any, Any]]:
        """Return how often an item was compared."""
        return [(_("Sammenligninger"), lambda line: line.figures.get("compared", 0))]

    def _own(self, round_: Round, ballot: Ballot, pair: str) -> str:
        every = pairs.pairs_for(ballot.voter, round_.keys)
        both = {pair, pairs.pair_key(*reversed(pairs.split(pair)))}
        return next((own for own in every if own in both), "")


def _versus(value: int, other: str) -> str:
    said = _("foran «%(other)s»", other=other) if value else _("likt med «%(other)s»", other=other)
    return str(said)
