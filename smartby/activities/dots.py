"""Dots: everybody spreads a few over what matters most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from math import ceil
from random import Random

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from ..ballots import actions, counts, tallies
from ..ballots.actions import Terms
from ..ballots.counting import setting
from ..ballots.forms import DotsForm
from ..ballots.items import Option
from ..ballots.models import Ballot, Round
from ..ballots.papers import Count, Line, Paper
from ..ballots.sheets import Sheet, in_rows, letters_at
from ..ballots.shown import Mine, Shown
from ..ballots.voting import Voting
from ..cards.piles import Slip
from ..facilitation.fitting import SCALES, fits, lines_of
from ..facilitation.ways import WAYS
from ..workshops.kinds import COUNTS
from ..workshops.models import Activity

BESIDE = 3  # boards beside each other on the projector
ROW = 20  # dots beside each other
MOST_DRAWN = 60  # dots of one group that are drawn


class DotVote(Voting, key="dots"):
    """Some dots each, several on one item if that is allowed."""

    name = _l("Prikker")
    purpose = _l("Hver fordeler noen prikker på det som er viktigst.")
    icon = "dots"
    minutes = 5
    order = 30
    on_paper = COUNTS
    rules_form = DotsForm
    unit = _l("Prikker")
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

    def word_for(self, mine: Mine, item: str) -> str:
        """Say how many dots one has put."""
        many = mine.value(item) or 0
        return str(ngettext("%(num)d prikk", "%(num)d prikker", many))

    def unit_of(self, line: Line) -> str:
        """Return one dot, or dots."""
        return str(ngettext("prikk", "prikker", counts.number_of(line)))

    def count(self, round_: Round, keys: Sequence[str], papers: Sequence[Paper]) -> list[Line]:
        """Add up the dots."""
        return tallies.dots(keys, papers, round_.most)

    def notes(self, shown: Shown, line: Line) -> Sequence[Slip]:
        """Return the cards that lie behind a line that is a group."""
        option = shown.options.get(line.item)
        return option.cards if option else ()

    def dots_in_one(self, count: Count) -> int:
        """Return how many dots one that is drawn stands for, so that three rows are enough."""
        return max(1, ceil(max((line.score or 0 for line in count.lines), default=0) / MOST_DRAWN))

    def used(self, count: Count) -> int:
        """Return how many dots were laid."""
        return int(sum(line.score or 0 for line in count.lines))

    def _sheets(self, shown: Shown) -> list[Sheet]:
        """Lay the result out as boards with their dots, as many as the back row can read."""
        if shown.count is None:
            return super()._sheets(shown)
        # As large as it can be on one page with two cards on each; where it takes several, two
        # cards unless there is less to turn with one.
        found: list[tuple[int, int, list[Sheet]]] = []
        for few, scale in (*((2, scale) for scale in SCALES), (1, SCALES[-1])):
            pages, fit = self._boards(shown, shown.count, few, scale)
            if fit or scale == SCALES[-1]:
                found.append((few, scale, pages))
            if fit:
                break
        few, scale, pages = min(found, key=lambda way: len(way[2]))
        return [replace(page, notes=few, scale=scale) for page in pages] or [Sheet()]

    def _boards(self, shown: Shown, count: Count, few: int, scale: int) -> tuple[list[Sheet], bool]:
        each, room = self.dots_in_one(count), shown.room * 100 / scale
        heights = [
            _height(line, shown.options.get(line.item), few, each, scale) for line in count.lines
        ]
        pages = in_rows(count.lines, heights, room, across=BESIDE)
        return pages, fits(pages, heights, room)

    def support(self, line: Line) -> int:
        """Return the dots."""
        return int(line.score or 0)

    def behind(self, votes: int) -> str:
        """Say how many dots there are."""
        return str(ngettext("%(num)d prikk", "%(num)d prikker", votes))


def _height(line: Line, option: Option | None, few: int, each: int, scale: int) -> float:
    """Return how high a board is, with the gap to the next."""
    title, notes = (option.title, option.cards[:few]) if option else ("", ())
    came = option is not None and option.way in WAYS
    dots = ceil((line.score or 0) / each / ROW) * 1.3
    letters = letters_at(27, scale)
    cards = sum(1.8 + 2.1 * lines_of(note.body[:54], letters) for note in notes)
    foot = 3.4 if line.place == 1 or notes or came else 0
    return 4.5 + 2.25 * lines_of(title[:110], letters_at(21, scale)) + dots + cards + foot
