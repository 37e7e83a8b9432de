"""When two have changed one text: what stands there now, beside what somebody wanted to save."""

from __future__ import annotations

from dataclasses import dataclass

from ..core.diff import Row, Span, side_by_side, word_diff
from ..core.errors import Conflict, Refusal
from .forms import SeenForm
from .models import Contribution


@dataclass(frozen=True, slots=True)
class Theirs:
    """The text as it is now, and how the other one differs from it."""

    title: list[Span]
    rows: list[Row]


def theirs(contribution: Contribution, title: str, body: str) -> Theirs:
    """Compare what is stored with what was typed."""
    return Theirs(word_diff(contribution.title, title), side_by_side(contribution.text.body, body))


def told_apart(refusal: Refusal, contribution: Contribution, form: SeenForm) -> Theirs | None:
    """Show what somebody else has saved meanwhile; whoever saves after that means it."""
    if not isinstance(refusal, Conflict):
        return None
    found = theirs(contribution, form.title.data, form.body.data)
    form.seen.data, form.seen.raw_data = contribution.version, None
    return found
