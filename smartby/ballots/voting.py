"""A kind of voting while a workshop is held: what the room sees of it, and what is one's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from markupsafe import Markup

from ..core.clock import now
from ..core.fragments import part
from ..facilitation.clockwork import takes_entries
from ..facilitation.fitting import SCALES, fits
from ..facilitation.identity import mark_of
from ..facilitation.models import Participant, Run
from ..facilitation.paging import PAGING
from ..facilitation.play import Fields
from ..facilitation.progress import Page, page_of
from ..facilitation.streams import tell_moved
from ..workshops.models import Activity
from . import deeds
from .actions import MOST_ROUNDS, is_last, leave_round, open_round, reveal_round
from .counting import Counting, hidden
from .items import is_hidden, options_of, titled, titles_of, unveil
from .models import Round
from .movement import moves
from .papers import ENOUGH, Line
from .queries import own_ballot, own_votes, rounds_of, run_of, turnout_of
from .sheets import (
    HALF,
    LINE,
    LISTED,
    NEWS,
    WIDE,
    Sheet,
    costs_of,
    in_columns,
    letters_at,
    listed,
)
from .shown import Mine, Shown
from .stack import round_for_paper


class Voting(Counting):
    """A kind of voting; a subclass with a key registers itself."""

    enough = ENOUGH
    unveiling = _l("Vis resultatet")
    acts = {"mark": deeds.mark}
    orders = {
        "close": deeds.close,
        "reopen": deeds.reopen,
        "reveal": deeds.reveal,
        "again": deeds.again,
        **PAGING,
    }

    def ask(self, mine: Mine, voter: str) -> str | None:
        """Return what a participant is asked about next; None when they choose for themselves."""
        return None

    def hindrance(self, activity: Activity) -> str:
        """Say why no other round can be opened; "" when one can."""
        if is_last(activity):
            return str(_("Det kan være høyst %(most)s runder.", most=MOST_ROUNDS))
        if self.items(activity) or is_hidden(activity):
            return ""
        return str(_("Det er ikke noe å stemme over ennå."))

    def word_for(self, mine: Mine, item: str) -> str:
        """Say what a participant has said of an item; "" where that it stands there says it all."""
        return ""

    def given(self, mine: Mine) -> list[tuple[str, str]]:
        """Return what a participant has voted: the titles, and what was said of each."""
        said = [item for item in mine.titles if item in mine.votes]
        return [(mine.titles[item], self.word_for(mine, item)) for item in said]

    def begin(self, run: Run, activity: Activity) -> None:
        """Open the first round; whoever comes back goes on where they were."""
        if not rounds_of(activity):
            unveil(activity)
            open_round(activity, self.terms(activity), self.items(activity))

    def finish(self, run: Run, activity: Activity) -> None:
        """Keep how many could vote in a round that is left open: one may come back to it."""
        for round_ in rounds_of(activity):
            leave_round(round_)

    def simulate(self, run: Run, activity: Activity, turn: int) -> list[tuple[str, Fields]]:
        """Let somebody made up vote: the same each time in a round, and otherwise than others."""
        rounds = rounds_of(activity)
        if not rounds or not rounds[-1].is_open:
            return []
        lot = Random(f"{rounds[-1].id}:{turn}")  # noqa: S311 - nothing depends on it
        keys = list(titles_of(rounds[-1].items))
        if not keys:
            return []  # all that was voted on has been hidden since
        return [("mark", {"card": mark}) for mark in self.imagine(rounds[-1], keys, lot)]

    def picture(self, activity: Activity) -> Shown:
        """Return who has voted, and the result if it may be seen."""
        rounds = rounds_of(activity)
        if not rounds:
            return Shown()
        last = rounds[-1]
        turned = turnout_of(last)
        options = options_of(last.items)
        shown = Shown(last, turned, titled(options), options)
        seen = [round_ for round_ in rounds if round_.is_shown]
        return self._with_result(shown, seen) if seen else shown

    def in_minutes(self, run: Run, activity: Activity) -> Markup:
        """Draw the result that the room saw last."""
        shown = self.picture(activity)
        return self._draw("minutes", run, activity, shown=shown) if shown.count else Markup()

    def takes_ballots(self, activity: Activity) -> bool:
        """Tell whether ballots on paper can be brought in now."""
        return round_for_paper(activity) is not None

    def pages(self, activity: Activity, shown: Shown | None = None) -> Page:
        """Return the page of the vote that the projectors show: its one item is a sheet."""
        shown = shown or self.picture(activity)
        return page_of(activity, self._sheets(shown), 1)

    def _sheets(self, shown: Shown) -> list[Sheet]:
        if shown.count is None:
            options = self.on_wall(shown.round, shown.options) if shown.round else []
            return listed(options, LISTED - (NEWS if shown.is_another else 0)) or [Sheet()]
        apart = not self.lines_on_screen and bool(shown.count.special)
        pages = self._pages_of_lines(shown, shown.count.lines) or [Sheet()]
        return [Sheet(), *(replace(page, more=False) for page in pages)] if apart else pages

    def _pages_of_lines(self, shown: Shown, lines: Sequence[Line]) -> list[Sheet]:
        """Lay lines out below each other, and side by side where that is less to turn."""
        names = [shown.titles.get(line.item, "") for line in lines]
        pages: list[Sheet] = []
        for scale, across in self._ways_to_lay_out():
            usual = HALF if self.draws_beside or across > 1 else WIDE
            letters = letters_at(usual, scale)
            costs = costs_of(names, letters=letters, beside=self.around - LINE)
            room = (shown.room - self.below) * 100 / scale - self.above
            pages = in_columns(lines, costs, room, across=across)
            usual_size = scale == SCALES[-1] and len(pages) <= 1
            if usual_size or fits(pages, costs, room):
                return [replace(page, scale=scale) for page in pages]
        return pages

    def _ways_to_lay_out(self) -> list[tuple[int, int]]:
        """Return how large, and in how many columns, what is wanted most first."""
        if self.draws_beside:
            return [(SCALES[-1], 1)]
        return [(scale, across) for scale in SCALES for across in (1, 2)]

    def untold(self, activity: Activity) -> Any:
        """Return the options: a card that is hidden in an earlier activity is gone from here."""
        return [options_of(round_.items) for round_ in rounds_of(activity)]

    def possession(self, activity: Activity, participant: Participant | None) -> Mine:
        """Return a participant's ballot in the newest round; without one, a blank ballot."""
        rounds = rounds_of(activity)
        locked = not takes_entries(activity, now())
        if not rounds:
            return Mine(locked=locked)
        last, run = rounds[-1], run_of(activity)
        options = options_of(last.items)
        mine = Mine(last, None, {}, titled(options), options, last.budget, locked=locked)
        voter = mark_of(run, participant) if participant is not None else ""
        ballot = own_ballot(last, run, participant) if participant is not None else None
        if ballot is not None:
            votes = own_votes(ballot)
            mine = replace(mine, ballot=ballot, votes=votes, left=ballot.left_over)
        return replace(mine, next=self.ask(mine, voter))

    def unseen(self, activity: Activity) -> str:
        """Say how many have voted in rounds whose result was not shown."""
        voted = [turnout_of(round_).answered for round_ in hidden(activity)]
        if not any(voted):
            return ""
        told = ngettext(
            "%(num)d har stemt, og resultatet er ikke vist.",
            "%(num)d har stemt, og resultatet er ikke vist.", max(voted),
        )  # fmt: skip
        return str(told)

    def unfinished(self, activity: Activity) -> str:
        """Say that a round is open."""
        rounds = rounds_of(activity)
        return str(_("Runden er åpen.")) if rounds and rounds[-1].is_open else ""

    def unveil(self, run: Run, activity: Activity) -> None:
        """Show every result; nobody votes in these rounds any more."""
        for round_ in hidden(activity):
            reveal_round(round_)
        if run.activity_id == activity.id:
            tell_moved(run, again=True)

    def is_alike(self, activity: Activity) -> bool:
        """Tell whether a blank ballot is the same for everybody."""
        return True

    def own(self, run: Run, activity: Activity, participant: Participant | None) -> Markup:
        """Draw a participant's ballot; without one, as it is before they did anything."""
        mine = self.possession(activity, participant)

        def draw() -> Markup:
            return self._draw("own", run, activity, mine=mine, participant=participant)

        asked = self.one_at_a_time or mine.next is not None  # each in an order of their own
        if mine.round is None or asked or not self.is_alike(activity):
            return draw()
        # A whole hall is handed the same ballot at the same moment, and few fill it in as nobody
        # else does.
        said = sorted((vote.item, vote.value, vote.across) for vote in mine.votes.values())
        ballot = mine.ballot and (mine.ballot.abstained, mine.left, *said)
        state = (mine.round.id, mine.round.closed_at, mine.locked, participant is None)
        # What was hidden since is not among the options, nor inside one.
        return part(
            "ballot", run.id, run.workshop.lang, *state, ballot, *mine.options.items(), caller=draw
        )

    def _with_result(self, shown: Shown, seen: list[Round]) -> Shown:
        newest = seen[-1]
        count = self.result(newest)
        moved = moves(self.result(seen[-2]), count) if len(seen) > 1 else {}
        options = options_of(newest.items) | shown.options
        return replace(
            shown, counted=newest, count=count, moves=moved, options=options,
            titles=titled(options),
        )  # fmt: skip

    def _draw(self, view: str, run: Run, activity: Activity, **values: Any) -> Markup:
        env = current_app.jinja_env
        names = [f"activities/{folder}/{view}.html" for folder in (self.key, "voting", "plain")]
        made = env.select_template(names).render(
            run=run, activity=activity, kind=self, workshop=run.workshop, **values
        )
        return Markup(made)  # noqa: S704 - a template's own output
