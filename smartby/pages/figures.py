"""How many ideas a town has, where they stand, and how often it answers in time."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import (
    Executable,
    Integer,
    String,
    and_,
    bindparam,
    case,
    cast,
    extract,
    func,
    literal,
    or_,
    select,
)

from ..contributions.models import Contribution, contribution_goal, contribution_principle
from ..core.clock import now
from ..core.formatting import number, percent
from ..core.fragments import language
from ..core.live import head
from ..extensions import db
from ..ledger.models import LedgerEntry
from ..pipeline.models import Stage
from ..pipeline.queries import pipeline_seen

C, S = Contribution.__table__, Stage.__table__
P, G = contribution_principle, contribution_goal
ENTRY = LedgerEntry.__table__
YEAR = timedelta(days=365)
KEPT_SECONDS = 60.0
DAY_SECONDS = 86_400
NATIONAL = 0


@dataclass(frozen=True, slots=True)
class Figures:
    """Ideas by the kind of stage they stand at, altogether and for each principle and goal."""

    kinds: dict[str, int] = field(default_factory=dict)
    principles: dict[int, dict[str, int]] = field(default_factory=dict)
    goals: dict[int, int] = field(default_factory=dict)
    in_time: float | None = None  # the share that got the town's first word when it was promised

    @property
    def ideas(self) -> int:
        """All ideas."""
        return sum(self.kinds.values())

    @property
    def under_work(self) -> int:
        """Ideas that the town is working on."""
        return self.kinds.get("work", 0)

    @property
    def realised(self) -> int:
        """Ideas that have become something."""
        return self.kinds.get("won", 0)

    def of(self, principle: int) -> int:
        """Return how many ideas belong to a principle."""
        return sum(self.principles.get(principle, {}).values())


def _counted(town: bool) -> Executable:
    shown = [C.c.kind == "idea", C.c.hidden_at.is_(None), C.c.withdrawn_at.is_(None)]
    if town:
        shown.append(C.c.municipality_id == bindparam("town"))
    staged = C.join(S, S.c.id == C.c.stage_id)
    count = func.count().label("count")
    whole = select(literal(0).label("principle"), S.c.kind, count).select_from(staged)
    parts = select(P.c.principle_id, S.c.kind, count).select_from(
        staged.join(P, P.c.contribution_id == C.c.id)
    )
    # Goals come below zero, so that all is counted in one question.
    goals = select(-G.c.goal_id, S.c.kind, count).select_from(
        staged.join(G, G.c.contribution_id == C.c.id)
    )
    return whole.where(*shown).group_by(S.c.kind).union_all(
        parts.where(*shown).group_by(P.c.principle_id, S.c.kind),
        goals.where(*shown).group_by(G.c.goal_id, S.c.kind),
    )  # fmt: skip


def _first_words() -> Executable:
    """Of the ideas whose first deadline is behind us or met: how many, and how many were met."""
    first = (
        select(ENTRY.c.subject, func.min(ENTRY.c.ts).label("ts"))
        .where(
            ENTRY.c.municipality_id == bindparam("town"),
            ENTRY.c.type.in_(("stage.moved", "answer.given")),
        )
        .group_by(ENTRY.c.subject)
        .subquery()
    )
    waited = extract("epoch", first.c.ts) - extract("epoch", C.c.published_at)
    met = case((waited <= bindparam("seconds", type_=Integer), 1), else_=0)
    return (
        select(func.count(), func.sum(met))
        .select_from(C.outerjoin(first, first.c.subject == "contribution:" + cast(C.c.id, String)))
        .where(
            C.c.municipality_id == bindparam("town"),
            C.c.kind == "idea",
            C.c.hidden_at.is_(None),
            C.c.published_at >= bindparam("since"),
            or_(
                first.c.ts.is_not(None),
                and_(C.c.withdrawn_at.is_(None), C.c.published_at < bindparam("overdue")),
            ),
        )
    )


IN_TOWN, EVERYWHERE, FIRST_WORDS = _counted(True), _counted(False), _first_words()
_known: OrderedDict[int, tuple[int, float, Figures]] = OrderedDict()


def stream(town: int) -> str:
    """Name the stream that tells when a town's figures change."""
    return f"figures:{town}"


def figures_of(town: int, seq: int | None = None) -> Figures:
    """Return a town's figures; counted anew only after something has changed them.

    `seq` is the number of the figures' stream when the caller has read it already.
    """
    newest = head(stream(town)) if seq is None else seq
    kept = _known.get(town)
    if kept is None or kept[0] != newest or time.monotonic() - kept[1] > KEPT_SECONDS:
        kept = _keep(town, newest, _count(IN_TOWN, town))
    return kept[2]


def shown_figures(town: int, seq: int | None = None) -> list[tuple[str, str]]:
    """Write the figures as a page shows them, by name; one that cannot be told is left out."""
    counted, lang = figures_of(town, seq), language()
    shown = [
        (name, number(getattr(counted, name), lang)) for name in ("ideas", "under_work", "realised")
    ]
    if counted.in_time is not None:
        shown.append(("in_time", percent(counted.in_time, lang)))
    return shown


def national_figures() -> Figures:
    """Return the figures of all towns together, at most a minute old."""
    kept = _known.get(NATIONAL)
    if kept is None or time.monotonic() - kept[1] > KEPT_SECONDS:
        kept = _keep(NATIONAL, 0, _count(EVERYWHERE, NATIONAL))
    return kept[2]


def forget() -> None:
    """Forget what has been counted (between tests)."""
    _known.clear()


def _keep(town: int, seq: int, figures: Figures) -> tuple[int, float, Figures]:
    kept = _known[town] = (seq, time.monotonic(), figures)
    while len(_known) > 400:
        _known.popitem(last=False)
    return kept


def _count(statement: Executable, town: int) -> Figures:
    rows = db.session.execute(statement, {"town": town} if town else {}).all()
    kinds = {kind: count for principle, kind, count in rows if principle == 0}
    in_time = _in_time(town) if town and kinds else None
    return Figures(kinds, _by_principle(rows), _by_goal(rows), in_time)


def _by_principle(rows: Iterable[Any]) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = {}
    for principle, kind, count in rows:
        if principle > 0:
            found.setdefault(principle, {})[kind] = count
    return found


def _by_goal(rows: Iterable[Any]) -> dict[int, int]:
    found: dict[int, int] = {}
    for goal, _kind, count in rows:
        if goal < 0:
            found[-goal] = found.get(-goal, 0) + count
    return found


def _in_time(town: int) -> float | None:
    days = pipeline_seen(town).first.target_days
    if not days:
        return None
    asked = {
        "town": town,
        "seconds": days * DAY_SECONDS,
        "since": now() - YEAR,
        "overdue": now() - timedelta(days=days),
    }
    answered, met = db.session.execute(FIRST_WORDS, asked).one()
    return int(met or 0) / int(answered) if answered else None
