"""What a kind of voting says of ballots on paper: how they are printed, and what is counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..facilitation.play import Play
from ..workshops.kinds import MARKS
from .actions import Terms
from .models import Round
from .slips import MARK, Mark


class OnPaper(Play):
    """A kind whose ballots may be on paper (`on_paper`); all may be as it is here."""

    def paper_lines(self, titles: Mapping[str, str]) -> dict[str, str]:
        """Return what is counted by hand of ballots on paper, a line each, by what it counts."""
        return dict(titles)

    def slip_lines(self, titles: Mapping[str, str]) -> list[str]:
        """Return the lines of a ballot that is printed."""
        return list(titles.values())

    def slip_mark(self, terms: Round | Terms) -> Mark:
        """Return what one marks on a ballot that is printed."""
        marks = terms.most - terms.least + 1
        return Mark(MARK * marks) if self.on_paper == MARKS else Mark()

    def mark_names(self, marks: Sequence[int]) -> list[str]:
        """Return what the marks are called where they are counted; [] where numbers say it."""
        return []

    @property
    def paper_hint(self) -> str:
        """Say how the numbers of a line are typed; "" where it is said for all kinds."""
        return ""
