"""The filters of the list of ideas, from the address and back into every link."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext as _

from ..contributions.listing import Shape, Sort
from ..contributions.wishes import Args, number, numbers, order, place, typed, without_defaults
from ..core.errors import NotFound
from ..core.keyset import Way
from ..core.pagination import Cursor
from ..pipeline.queries import Pipeline

PRINCIPLES, GOALS = range(1, 9), range(1, 18)


@dataclass(frozen=True, slots=True)
class Wish:
    """What the reader wants to see."""

    q: str = ""
    sort: Sort = Sort.TRENDING
    stages: tuple[str, ...] = ()  # by key
    principles: tuple[int, ...] = ()
    goals: tuple[int, ...] = ()
    challenge: int = 0
    way: Way = Way.FIRST
    cursor: Cursor | None = None

    @property
    def usual(self) -> Sort:
        """The order when none is asked for."""
        return Sort.RELEVANT if self.q else Sort.TRENDING

    @property
    def filters(self) -> int:
        """How many filters are on."""
        return len((*self.stages, *self.principles, *self.goals)) + bool(self.challenge)

    @property
    def address(self) -> dict[str, Any]:
        """What a link to the first page of this list says."""
        return without_defaults(
            {
                "q": self.q,
                "sort": "" if self.sort in (self.usual, Sort.RELEVANT) else self.sort.value,
                "stage": list(self.stages),
                "principle": list(self.principles),
                "goal": list(self.goals),
                "challenge": self.challenge,
            }
        )

    def shape(self, dialect: str, counted: bool, words: int, gathered: str = "") -> Shape:
        """Return what decides the statement that finds it."""
        return Shape(
            kind="idea",
            sort=self.sort,
            way=self.way,
            stages=min(len(self.stages), 2),
            challenge=bool(self.challenge),
            principles=bool(self.principles),
            goals=bool(self.goals),
            searched=dialect if self.q else "",
            counted=counted and not self.q,
            words=words if self.sort is Sort.RELEVANT else 0,
            gathered=gathered,
        )

    def without(self, name: str, value: Any) -> Wish:
        """Return the wish with one of several values less."""
        left: Any = tuple(each for each in getattr(self, name) if each != value)
        return replace(self, **{name: left}, way=Way.FIRST, cursor=None)

    def bare(self) -> Wish:
        """Return the wish without its filters; words and order are kept."""
        return Wish(q=self.q, sort=self.sort)


def wish_of(args: Args, pipeline: Pipeline) -> Wish:
    """Read an address; Invalid or NotFound when it asks for what there cannot be."""
    way, cursor = place(args)
    q = typed(args)
    return Wish(
        q=q,
        sort=_order(args, q),
        stages=_stages(args, pipeline),
        principles=numbers(args, "principle", PRINCIPLES),
        goals=numbers(args, "goal", GOALS),
        challenge=number(args["challenge"]) if args.get("challenge") else 0,
        way=way,
        cursor=cursor,
    )


def _order(args: Args, q: str) -> Sort:
    sort = order(args, Sort.RELEVANT if q else Sort.TRENDING)
    # Whoever lets the words go keeps no order by them.
    return Sort.TRENDING if sort is Sort.RELEVANT and not q else sort


def _stages(args: Args, pipeline: Pipeline) -> tuple[str, ...]:
    asked = {key for key in args.getlist("stage") if key}
    known = [stage.key for stage in pipeline.stages if stage.key in asked]
    if len(known) != len(asked):
        raise NotFound(_("Dette steget finnes ikke."))
    return tuple(known)
