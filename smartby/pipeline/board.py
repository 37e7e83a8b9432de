"""The board: lanes with counts and their first cards, in two statements however many there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from markupsafe import Markup
from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Row,
    Select,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
    union_all,
)

from ..core.clock import now
from ..core.pagination import Cursor, encode
from ..extensions import db
from .cards import COLUMNS, STANDS, Graph, card_html
from .models import Stage
from .order import C, beyond, end_of, in_order, is_promised, promised, unpromised

PAGE = 50
LATE = C.due_at < bindparam("now")
# What is finished needs nobody to look after it.
FINISHED = select(Stage.id).where(Stage.kind.in_(("won", "lost")))
UNOWNED = and_(C.owner_id.is_(None), C.stage_id.not_in(FINISHED))


@dataclass(frozen=True, slots=True)
class Filter:
    """What part of the board is looked at."""

    words: str = ""
    late: bool = False
    unowned: bool = False
    mine: int | None = None  # the person whose cards are wanted

    @property
    def active(self) -> bool:
        """Tell whether anything is left out."""
        return bool(self.kinds)

    @property
    def kinds(self) -> frozenset[str]:
        """What is asked for, by name: statements are made once for each set."""
        asked = {"words": self.words, "late": self.late, "unowned": self.unowned, "mine": self.mine}
        return frozenset(name for name, value in asked.items() if value)


class Counts(NamedTuple):
    """How many stand in a lane, are late, have no owner, and pass the filter."""

    all: int = 0
    late: int = 0
    unowned: int = 0
    matching: int = 0


@dataclass(frozen=True, slots=True)
class Lane:
    """A stage as a column; `count` is all that stand there, `matching` what passes the filter."""

    stage: Stage
    count: int
    late: int
    unowned: int
    matching: int
    cards: list[Markup]
    after: str  # where the next page of this lane begins, "" at the end

    @property
    def over(self) -> bool:
        """Tell whether more stand here than the town has advised."""
        return self.stage.advised_most is not None and self.count > self.stage.advised_most

    @property
    def more(self) -> int:
        """How many cards are not shown yet."""
        return max(0, self.matching - len(self.cards))


def lanes(municipality_id: int, graph: Graph, wanted: Filter) -> list[Lane]:
    """Return every lane with its counts and first cards, in two statements."""
    counts = counts_of(municipality_id, wanted)
    stages = graph.pipeline.shown
    values: dict[str, Any] = {f"s{place}": stage.id for place, stage in enumerate(stages)}
    statement = _first_cards(len(stages), wanted.kinds)
    rows = db.session.execute(statement, values | _values(wanted)).all()
    by_stage: dict[int, list[Row[Any]]] = {stage.id: [] for stage in stages}
    for row in rows:
        by_stage[row.stage_id].append(row)
    return [_lane(s, counts.get(s.id, Counts()), by_stage[s.id], graph) for s in stages]


def lane_page(stage: Stage, graph: Graph, after: Cursor | None) -> tuple[list[Markup], str]:
    """Return a lane's next cards, and where the page after them begins."""
    lane = select(*COLUMNS).where(C.stage_id == stage.id, *STANDS)
    follows = [beyond(after)] if after is not None else []
    rows: list[Row[Any]] = []
    if is_promised(after):
        first = promised(lane.where(*follows)).limit(PAGE + 1)
        rows, follows = list(db.session.execute(first)), []
    if len(rows) <= PAGE:
        rest = unpromised(lane.where(*follows)).limit(PAGE + 1 - len(rows))
        rows += db.session.execute(rest)
    end = encode(end_of(rows[PAGE - 1])) if len(rows) > PAGE else ""
    return [card_html(row, graph) for row in rows[:PAGE]], end


def counts_of(municipality_id: int, wanted: Filter) -> dict[int, Counts]:
    """Return the counts of every stage where something stands."""
    values = {"town": municipality_id} | _values(wanted)
    statement = _counting(wanted.kinds)
    rows = db.session.execute(statement, values).all()
    return {stage: Counts(*numbers) for stage, *numbers in rows}


def _lane(stage: Stage, counts: Counts, rows: Sequence[Row[Any]], graph: Graph) -> Lane:
    shown = in_order(rows)[:PAGE]
    cards = [card_html(row, graph) for row in shown]
    after = encode(end_of(shown[-1])) if shown and len(shown) < counts.matching else ""
    return Lane(stage, *counts, cards, after)


@cache
def _first_cards(count: int, asked: frozenset[str]) -> CompoundSelect[Any]:
    passing = _conditions(asked)
    parts = []
    for place in range(count):
        lane = select(*COLUMNS).where(C.stage_id == bindparam(f"s{place}"), *STANDS, *passing)
        for part in (promised, unpromised):
            parts.append(select(part(lane).limit(PAGE).subquery()))
    return union_all(*parts)


@cache
def _counting(asked: frozenset[str]) -> Select[Any]:
    passing = _conditions(asked)
    matching = _sum(and_(*passing)) if passing else func.count()
    return (
        select(C.stage_id, func.count(), _sum(LATE), _sum(UNOWNED), matching)
        .where(C.municipality_id == bindparam("town"), C.stage_id.is_not(None), *STANDS)
        .group_by(C.stage_id)
    )


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _conditions(asked: frozenset[str]) -> list[ColumnElement[bool]]:
    simple = {"late": LATE, "unowned": UNOWNED, "mine": C.owner_id == bindparam("mine")}
    found = [condition for name, condition in simple.items() if name in asked]
    if "words" in asked:
        # SQLite folds only ASCII: "å" would not find "Åsen" by itself.
        forms = [C.title.ilike(bindparam(form), escape="\\") for form in ("lower", "capital")]
        found.append(or_(C.code == bindparam("code"), *forms))
    return found


def _values(wanted: Filter) -> dict[str, Any]:
    values = {"now": now(), "mine": wanted.mine}
    if not wanted.words:
        return values
    literal = wanted.words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return values | {
        "code": wanted.words.upper(),
        "lower": f"%{literal.lower()}%",
        "capital": f"%{literal.capitalize()}%",
    }
