"""When two have changed one text: what stands there now, beside what somebody wanted to save."""

from __future__ import annotations

from dataclasses import dataclass

from ..core.diff import Row, Span, side_by_side, word_diff
from .models import Contribution


@dataclass(frozen=True, slots=True)
class Theirs:
    """The text as it is now, and how the other one differs from it."""

    title: list[Span]
    rows: list[Row]


def theirs(contribution: Contribution, title: str, body: str) -> Theirs:
    """Compare what is stored with what was typed."""
    return Theirs(word_diff(contribution.title, title), side_by_side(contribution.text.body, body))
