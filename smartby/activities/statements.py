"""Statements: agree, disagree or pass, and a map of who thinks alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from random import Random
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from ..ballots import adding, counts, opinion
from ..ballots.actions import Terms
from ..ballots.forms import StatementsForm
from ..ballots.items import MOST, Row
from ..ballots.models import Round
from ..ballots.papers import Count, Line, Paper
from ..ballots.shown import Mine
from ..ballots.voting import Voting
from ..core.clock import now
from ..facilitation.authors import names_for_staff
from ..facilitation.identity import mark_of
from ..facilitation.models import SHOWN, Card, Participant, Run
from ..facilitation.play import Harvest
from ..facilitation.queries import own_cards
from ..workshops.models import Activity


class Statements(Voting, key="statements"):
    """One statement at a time; what unites and what divides, and groups of at least five."""

    name = _l("Påstander og meningskart")
    purpose = _l("Alle svarer på påstander. Kartet viser hva som samler og skiller.")
    icon = "map"
    minutes = 10
    order = 39
    rules_form = StatementsForm
    unit = _l("enige")
    letters = "ABCDE"
    one_at_a_time = True
    most_items = MOST
    lines_on_screen = False  # the map does
    tie_rule = _l(
        "Andelen enige av dem som er enige eller uenige, avgjør. De som hoppet over, telles ikke "
        "der. Likt resultat gir delt plass."
    )

    acts = {**Voting.acts, **adding.ACTS}
    orders = {**Voting.orders, **adding.ORDERS}

    def writes(self, activity: Activity) -> bool:
        """Tell whether those who take part may add statements."""
        return adding.may_add(activity)

    def begin(self, run: Run, activity: Activity) -> None:
        """Open the first round; what is added is seen as it is added."""
        super().begin(run, activity)
        activity.revealed_at = activity.revealed_at or now()

    def items(self, activity: Activity) -> list[Row]:
        """Return what the plan says, and what was added in the room."""
        return [*super().items(activity), *adding.rows_of(activity)][:MOST]

    def origins(self, activity: Activity) -> list[Harvest]:
        """Return also who added what."""
        own = [c for c in adding.added(activity) if c.state == SHOWN]
        mine = [
            Harvest(f"card:{card.id}", card.body, authors=[card.author], ways=[card.way])
            for card in own
        ]
        return [*super().origins(activity), *mine]

    def is_alike(self, activity: Activity) -> bool:
        """Tell whether a blank ballot holds nothing of one's own."""
        return not adding.may_add(activity)

    def written(self, activity: Activity, participant: Participant | None) -> Sequence[Card]:
        """Return what a participant has added, the newest last."""
        if participant is None:
            return []
        return own_cards(activity, mark_of(participant.run, participant))

    def no_room(self, activity: Activity, card: Card) -> str:
        """Say that a round has room for so many statements only, where it is full."""
        return adding.no_room(activity, card)

    def added(self, activity: Activity) -> Sequence[Card]:
        """Return all that was added, for those who lead."""
        return adding.added(activity)

    def names(self, run: Run, cards: Sequence[Card]) -> dict[str, str]:
        """Return who added what, where those who lead may know."""
        return names_for_staff(run, cards)

    def terms(self, activity: Activity) -> Terms:
        """Return disagree, pass and agree."""
        return Terms(0, opinion.DISAGREE, opinion.AGREE, self.is_blind(activity))

    def imagine(self, round_: Round, keys: Sequence[str], lot: Random) -> list[str]:
        """Belong to one of two camps, more or less."""
        camp = lot.choice((-1, 1))
        said = [camp if place % 2 else -camp for place in range(len(keys))]
        return [f"{k}={lot.choice((s, s, s, 0, -s))}" for k, s in zip(keys, said, strict=True)]

    def ask(self, mine: Mine, voter: str) -> str | None:
        """Return the first statement that has not been answered."""
        return next((item for item in mine.titles if item not in mine.votes), None)

    def word_for(self, mine: Mine, item: str) -> str:
        """Say whether one agrees."""
        said = mine.value(item)
        if said == opinion.PASS:
            return str(_("Hoppet over"))
        return str(_("Enig") if said == opinion.AGREE else _("Uenig"))

    def count(self, round_: Round, keys: Sequence[str], papers: Sequence[Paper]) -> list[Line]:
        """Return which statements people agree with."""
        return opinion.agreements(keys, papers)

    def special(self, round_: Round, keys: Sequence[str], papers: Sequence[Paper]) -> Any:
        """Return the map."""
        return opinion.opinion_map(keys, papers)

    def spots(self, found: opinion.OpinionMap) -> list[tuple[float, float, float, int]]:
        """Return the map's circles: those who stand close share one, as large as they are many."""
        many = Counter((round(x, 1), round(-y, 1), group) for x, y, group in found.points)
        return [
            (x + 0.0, y + 0.0, round(min(0.04 * n**0.5, 0.2), 3), group)
            for (x, y, group), n in sorted(many.items())
        ]

    @property
    def head(self) -> str:
        """Return that it is a share: how many agree has a column of its own."""
        return str(_("Andel enige"))

    def figure(self, line: Line) -> Any:
        """Return the share in per cent."""
        return None if line.score is None else counts.share(line)

    def told(self, line: Line) -> str:
        """Say the share that agrees."""
        return counts.share(line)

    def details(self, line: Line) -> list[str]:
        """Say how many disagree and pass."""
        against, passed = (line.histogram.get(v, 0) for v in (opinion.DISAGREE, opinion.PASS))
        return [
            ngettext("%(num)d uenig", "%(num)d uenige", against),
            ngettext("%(num)d hoppet over", "%(num)d hoppet over", passed),
        ]

    def unity(self, line: Line) -> str:
        """Say it by the sides: nobody can stand between them."""
        return counts.unity_of_sides(line)

    def length(self, line: Line, count: Count) -> float:
        """Return the share as a length."""
        return counts.between(line, 0, 1)

    def columns(self, most: int) -> list[tuple[Any, Any]]:
        """Return how many agree, disagree and pass."""
        names = {1: _("Enige"), -1: _("Uenige"), 0: _("Hoppet over")}
        return [(name, lambda line, v=v: line.histogram.get(v, 0)) for v, name in names.items()]
