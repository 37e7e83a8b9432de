"""How many ideas each box would leave: counted among what passes all the other filters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, bindparam, func, literal, select, union_all

from ..contributions import facets
from ..contributions.listing import TIES
from ..contributions.models import Contribution
from ..contributions.search import MOST_HITS, SHOWN, hits
from ..extensions import db
from .filters import Wish

C = Contribution.__table__
CHALLENGE = "challenge"
# In a town with very many ideas the first so many are counted, and "or more" is said.
MOST = MOST_HITS
COLUMNS = (C.c.id, C.c.stage_id, C.c.challenge_id)
# A tie that at most one in so many ideas has is looked up from its own side.
RARE = 8
Names = frozenset[str]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many there are by facet and value; in a facet that is `cut`, there may be more."""

    found: Mapping[tuple[str, int], int]
    cut: Names = frozenset()
    known: bool = True

    def of(self, facet: str, value: int) -> int:
        """Return how many a box leaves."""
        return self.found.get((facet, value), 0)


UNKNOWN = Counts({}, known=False)


def count(wish: Wish, stored: Mapping[tuple[str, int], int], asked: dict[str, Any]) -> Counts:
    """Count in one statement; none when nothing narrows the list, for that is stored.

    A facet's own boxes do not narrow it: of several, any may fit.
    """
    on = {facets.STAGE: wish.stages, facets.PRINCIPLE: wish.principles, facets.GOAL: wish.goals}
    active = frozenset([*(name for name, values in on.items() if values), *_asked(wish)])
    counted = [each for each in on if wish.q or active - {each}]
    if not counted:
        return Counts(stored)
    dialect = db.engine.dialect.name if wish.q else ""
    statement = _statement(tuple(counted), active, _rare(wish, stored), dialect)
    found = {key: n for key, n in stored.items() if key[0] not in counted}
    cut = set()
    for facet, value, number, of in db.session.execute(statement, asked | {"most": MOST + 1}):
        found[facet, value] = number
        if of > MOST or (wish.q and of == MOST):
            cut.add(facet)
    return Counts(found, frozenset(cut))


def _asked(wish: Wish) -> list[str]:
    return [CHALLENGE] if wish.challenge else []


def _rare(wish: Wish, stored: Mapping[tuple[str, int], int]) -> Names:
    every = stored.get((facets.ALL, 0), 0)
    asked = {facets.PRINCIPLE: wish.principles, facets.GOAL: wish.goals}
    sizes = {name: sum(stored.get((name, n), 0) for n in of) for name, of in asked.items() if of}
    return frozenset(name for name, size in sizes.items() if size * RARE <= every)


@lru_cache(maxsize=500)
def _statement(counted: tuple[str, ...], active: Names, rare: Names, dialect: str) -> Select[Any]:
    parts = []
    narrowed: dict[Names, CTE] = {}
    for facet in counted:
        others = active - {facet}
        if others not in narrowed:
            narrowed[others] = _passing(others, rare, dialect).cte(f"passing{len(narrowed)}")
        parts.append(_by_value(facet, narrowed[others]))
    return union_all(*parts)  # type: ignore[return-value]


def _passing(others: Names, rare: Names, dialect: str) -> Select[Any]:
    conditions = [_condition(name, name in rare) for name in sorted(others)]
    if dialect:
        return hits(dialect, "idea", COLUMNS, *conditions)
    here = (C.c.municipality_id == bindparam("town"), C.c.kind == "idea", *SHOWN)
    return select(*COLUMNS).where(*here, *conditions).limit(bindparam("most"))


def _condition(name: str, rare: bool) -> ColumnElement[bool]:
    if name == facets.STAGE:
        return C.c.stage_id.in_(bindparam("stages", expanding=True))
    if name == CHALLENGE:
        return C.c.challenge_id == bindparam("challenge")
    ties = TIES[name]
    chosen = ties.c[f"{name}_id"].in_(bindparam(f"{name}s", expanding=True))
    having = select(ties.c.contribution_id).where(chosen)
    if rare:
        return C.c.id.in_(having)
    return having.where(ties.c.contribution_id == C.c.id).correlate(C).exists()


def _by_value(facet: str, passing: CTE) -> Select[Any]:
    every = select(func.count()).select_from(passing).scalar_subquery()
    name: Any = literal(facet)
    value: Any = passing.c.get(f"{facet}_id")
    source: Any = passing
    if facet in TIES:
        ties = TIES[facet]
        value = ties.c[f"{facet}_id"]
        source = passing.join(ties, ties.c.contribution_id == passing.c.id)
    by_value = select(name, value, func.count(), every).select_from(source)
    return by_value.where(value.is_not(None)).group_by(value)
