"""Lists of contributions: an order, filters, a page; each combination is one statement, kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, Table, bindparam, func, literal, select

from ..core import keyset
from ..core.keyset import Way
from ..core.pagination import Cursor
from .cards import CARD_COLUMNS
from .models import Contribution, contribution_goal, contribution_principle
from .search import SHOWN, hits, ranked

C = Contribution.__table__
PAGE = 20
TIES: dict[str, Table] = {"principle": contribution_principle, "goal": contribution_goal}
MOST_COUNTED = 200  # how far a filtered list without stored counts is counted


class Sort(StrEnum):
    """The orders of a list; the first is what a list shows unless another is asked for."""

    TRENDING = "trending"
    NEWEST = "newest"
    SUPPORTED = "supported"
    DISCUSSED = "discussed"
    RELEVANT = "relevant"  # only while words are searched for


COLUMNS = {
    Sort.TRENDING: "trending",
    Sort.NEWEST: "published_at",
    Sort.SUPPORTED: "support_count",
    Sort.DISCUSSED: "comment_count",
    Sort.RELEVANT: "rank",
}


@dataclass(frozen=True, slots=True)
class Shape:
    """What decides the statement: the order and which filters there are, not what they ask for."""

    kind: str
    sort: Sort
    way: Way
    stages: int = 0  # none, one, or many
    challenge: bool = False
    principles: bool = False
    goals: bool = False
    searched: str = ""  # the database's dialect, when words are searched for
    counted: bool = False
    words: int = 0  # how many are searched for
    gathered: str = ""  # "principle" or "goal": so few have it that they are gathered, then sorted


@lru_cache(maxsize=1_000)
def statement(shape: Shape) -> Select[Any]:
    """Build the statement of a shape: bound :town, :limit, :value and :last, and its filters."""
    if shape.searched:
        return _searched(shape)
    filters = (*_scope(shape), *_rest(shape))
    query = select(*CARD_COLUMNS).where(*filters)
    page: Select[Any] = keyset.page(query, C.c[COLUMNS[shape.sort]], C.c.id, shape.way)
    return page.add_columns(_capped(filters)) if shape.counted else page


def bound(shape: Shape, cursor: Cursor | None) -> dict[str, Any]:
    """Return what the statement's place in the list is bound to."""
    if cursor is None:
        return {"limit": PAGE + 1}
    value: Any = cursor.value
    if shape.sort is Sort.NEWEST:
        value = datetime.fromtimestamp(cursor.value, UTC)
    return {"limit": PAGE + 1, "value": value, "last": cursor.id}


def cursor_at(row: Row[Any], sort: Sort) -> Cursor:
    """Return the place of a row in an order."""
    value = getattr(row, COLUMNS[sort])
    return Cursor(value.timestamp() if sort is Sort.NEWEST else float(value), row.id)


def _scope(shape: Shape) -> tuple[ColumnElement[bool], ...]:
    """Return the narrowest filter that an index holds in every order."""
    kind = C.c.kind == shape.kind
    if shape.gathered:
        here = C.c.municipality_id + 0 == bindparam("town")
        return (C.c.id.in_(_having(shape.gathered)), here, kind, *SHOWN)
    if shape.challenge:
        return (C.c.challenge_id == bindparam("challenge"), kind, *SHOWN)
    if shape.stages == 1:
        return (C.c.stage_id == bindparam("stage"), kind, *SHOWN)
    return (C.c.municipality_id == bindparam("town"), kind, *SHOWN)


def _rest(shape: Shape) -> tuple[ColumnElement[bool], ...]:
    found: list[ColumnElement[bool]] = []
    elsewhere = shape.challenge or shape.searched or shape.gathered
    if shape.stages > 1 or (shape.stages and elsewhere):
        # "+ 0": the order's index is walked, not the stages' own, which would have to be sorted.
        found.append((C.c.stage_id + 0).in_(bindparam("stages", expanding=True)))
    if shape.principles and shape.gathered != "principle":
        found.append(_has("principle"))
    if shape.goals and shape.gathered != "goal":
        found.append(_has("goal"))
    return tuple(found)


def _having(name: str) -> Select[Any]:
    """Select the ids of all that are tied to one of the principles or goals."""
    ties: Table = TIES[name]
    numbers: Any = bindparam(f"{name}s", expanding=True)
    return select(ties.c.contribution_id).where(ties.c[f"{name}_id"].in_(numbers))


def _has(name: str) -> ColumnElement[bool]:
    return _having(name).where(TIES[name].c.contribution_id == C.c.id).correlate(C).exists()


def _searched(shape: Shape) -> Select[Any]:
    filters = list(_rest(shape))
    if shape.challenge:
        filters.append(C.c.challenge_id + 0 == bindparam("challenge"))
    ranks, name = shape.sort is Sort.RELEVANT, COLUMNS[shape.sort]
    # What cards show is read for the page only, not for the thousand it is chosen from.
    columns = (C.c.id,) if ranks else (C.c.id, C.c[name])
    found = hits(shape.searched, shape.kind, columns, *filters).cte("hits")
    if ranks:
        found = ranked(found, shape.words, shape.searched)
    count = select(func.count()).select_from(found).scalar_subquery().label("found")
    cut = keyset.page(select(*found.c), found.c[name], found.c.id, shape.way).subquery("page")
    query = select(*CARD_COLUMNS, *([cut.c[name]] if ranks else []), count)
    query = query.select_from(C.join(cut, cut.c.id == C.c.id))
    return keyset.ordered(query, cut.c[name], cut.c.id, shape.way)


def _capped(filters: tuple[ColumnElement[bool], ...]) -> Any:
    some = select(literal(1)).select_from(C).where(*filters).limit(MOST_COUNTED + 1).subquery()
    return select(func.count()).select_from(some).scalar_subquery().label("found")
