"""The kinds of activity a programme is built from: each registers itself under its key."""

from __future__ import annotations

from typing import Any, ClassVar

from ..core.errors import Invalid

# Ballots on paper: one number for each item, or how many gave it each mark.
COUNTS, MARKS = "counts", "marks"


class Kind:
    """A kind of activity: what it is called, what it is for, and how long it usually takes.

    A subclass with a key registers itself: `class DotVote(Kind, key="dot_vote")`.
    """

    key: ClassVar[str] = ""
    name: ClassVar[Any]  # words, in the language of the page
    purpose: ClassVar[Any]
    icon: ClassVar[str]
    minutes: ClassVar[int]
    order: ClassVar[int] = 50  # among the kinds one chooses from
    rules_form: ClassVar[type[Any] | None] = None  # what can be set; its data become the rules
    on_paper: ClassVar[str] = ""  # how ballots on paper are counted, if at all: COUNTS or MARKS

    def doubts(self, activity: Any) -> str:
        """Say what in an activity's plan may not be meant so; "" when nothing is odd."""
        return ""

    def __init_subclass__(cls, *, key: str = "", **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if not key:
            return
        if key in _kinds:
            raise ValueError(f"the kind {key} is registered twice")
        cls.key = key
        _kinds[key] = cls()


_kinds: dict[str, Kind] = {}


def kinds() -> list[Kind]:
    """Return all kinds in the order in which one chooses."""
    return sorted(_kinds.values(), key=lambda kind: (kind.order, kind.key))


def is_kind(key: str) -> bool:
    """Tell whether there is such a kind."""
    return key in _kinds


def kind_of(key: str) -> Kind:
    """Return a kind by its key; raise Invalid when there is none."""
    if not is_kind(key):
        raise Invalid
    return _kinds[key]
