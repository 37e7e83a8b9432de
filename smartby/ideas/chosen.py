"""The filters in words: what can be chosen, how many it finds, and how it is let go again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from ..contributions import facets
from ..core.formatting import number
from ..core.fragments import language
from ..pipeline.models import Stage
from ..pipeline.queries import Pipeline, stage_name
from ..principles.reference import goal_name, principle_name
from .filters import GOALS, PRINCIPLES, Wish
from .listing import Found
from .narrowed import Counts


@dataclass(frozen=True, slots=True)
class Choice:
    """A box that can be ticked; `count` is how many ideas it leaves, "" when nobody knows."""

    value: Any
    text: str
    count: str
    on: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """Everything that can be ticked, by the name that the address has for it."""

    stages: list[Choice]
    principles: list[Choice]
    goals: list[Choice]
    challenges: list[Choice]


@dataclass(frozen=True)
class Boxes:
    """The boxes beside a list: put into words only when a page draws them or a filter is on."""

    wish: Wish
    found: Found
    pipeline: Pipeline

    @property
    def key(self) -> tuple[Any, ...]:
        """All that the boxes show."""
        ticked, around, counts = self.wish, self.found.around, self.found.counts
        return (
            (ticked.stages, ticked.principles, ticked.goals, ticked.challenge),
            (self.pipeline.stamp, tuple(around.challenges), counts.cut, counts.known),
            *map(frozenset, (around.counts.items(), counts.found.items())),
        )

    @cached_property
    def choices(self) -> Choices:
        """What can be ticked."""
        return choices_of(self.wish, self.found, self.pipeline)


def choices_of(wish: Wish, found: Found, pipeline: Pipeline) -> Choices:
    """Return the boxes; stages that are no longer used and empty goals only where they matter."""
    lang, counts = language(), found.counts
    has = {facet for facet, n in found.around.counts.items() if n}
    return Choices(
        stages=[
            Choice(s.key, stage_name(s, lang), _said(counts, facets.STAGE, s.id), on)
            for s in pipeline.stages
            if (on := s.key in wish.stages) or (facets.STAGE, s.id) in has or not s.archived_at
        ],
        principles=[
            Choice(n, principle_name(n, lang), _said(counts, *key), n in wish.principles)
            for n, key in ((n, (facets.PRINCIPLE, n)) for n in PRINCIPLES)
        ],
        goals=[
            Choice(n, f"{n}. {goal_name(n, lang)}", _said(counts, facets.GOAL, n), on)
            for n in GOALS
            if (on := n in wish.goals) or (facets.GOAL, n) in has
        ],
        challenges=[
            Choice(challenge, title, number(count, lang), challenge == wish.challenge)
            for challenge, title, count in found.around.challenges
        ],
    )


def _said(counts: Counts, facet: str, value: int) -> str:
    if not counts.known:
        return ""
    return number(counts.of(facet, value), language()) + ("+" if facet in counts.cut else "")


def removals(wish: Wish, boxes: Boxes) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each filter that is on, in words, and the list without it."""
    if wish.q:
        yield f"«{wish.q}»", replace(wish, q="").address
    if not wish.filters:
        return
    choices = boxes.choices
    for name in ("stages", "principles", "goals"):
        for each in _ticked(getattr(choices, name)):
            yield each.text, wish.without(name, each.value).address
    for each in _ticked(choices.challenges):
        yield each.text, replace(wish, challenge=0).address


def _ticked(choices: list[Choice]) -> list[Choice]:
    return [each for each in choices if each.on]


def heading(count: int, more: bool, kept: bool) -> str:
    """Say how many ideas there are; `kept` when only so many of the newest were searched."""
    shown = number(count, language())
    if more and kept:
        return str(_("Over %(count)s ideer. Vi søkte i de nyeste.", count=shown))
    if more:
        return str(_("Over %(count)s ideer", count=shown))
    return str(ngettext("%(count)s idé", "%(count)s ideer", count, count=shown))


def fitting(wish: Wish, stages: list[Stage]) -> str:
    """Say what a new idea must be like to belong here: groups by spaces, alternatives by commas."""
    groups = (
        [f"stage:{stage.id}" for stage in stages if stage.key in wish.stages],
        [f"principle:{n}" for n in wish.principles],
        [f"goal:{n}" for n in wish.goals],
        [f"challenge:{wish.challenge}"] if wish.challenge else [],
    )
    return " ".join(",".join(group) for group in groups if group)
