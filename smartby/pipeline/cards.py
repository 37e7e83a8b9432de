"""A card on the board, the same for everybody who looks; its choices come from the town's graph."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy import Row, Select, bindparam, select

from ..accounts.models import User
from ..core.clock import now, oslo
from ..core.fragments import fragment
from ..extensions import db
from .models import Move, Stage
from .order import C, rank
from .queries import Pipeline, moves_of, needs_reason, pipeline_of

SOON = 3  # days
BESIDE = ("parked", "lost")  # kinds of stages that are not on the line
COLUMNS = (
    C.id, C.seq, C.kind, C.title, C.lang, C.stage_id, C.stage_since, C.due_at, C.support_count,
    C.comment_count, C.answer_count, C.owner_id,
    select(User.name).where(User.id == C.owner_id).scalar_subquery().label("owner_name"),
)  # fmt: skip
STANDS = (C.hidden_at.is_(None), C.withdrawn_at.is_(None))
ONE: Select[Any] = select(*COLUMNS).where(C.id == bindparam("id"), *STANDS)


@dataclass(frozen=True, slots=True)
class Choice:
    """A way out of a stage, as the menu in a card offers it."""

    move: Move
    target: Stage
    back: bool

    @property
    def label(self) -> str:
        """What the choice is called."""
        name = self.target.name
        return str(_("Tilbake til %(stage)s", stage=name)) if self.back else name

    @property
    def reason(self) -> bool:
        """Tell whether a public reason must be given."""
        return needs_reason(self.move, self.target)

    @property
    def aside(self) -> bool:
        """Tell whether it leads back or off the line."""
        return self.back or self.target.kind in BESIDE


class Graph:
    """The town's stages and the choices from each, read once for a whole board."""

    def __init__(self, municipality_id: int, slug: str) -> None:
        self.town = slug
        self.pipeline: Pipeline = pipeline_of(municipality_id)
        self.moves = moves_of(municipality_id)
        self.order = {stage.id: place for place, stage in enumerate(self.pipeline.shown)}
        # Part of each card's cache key: a card shows names and choices that administrators change.
        rows: list[Stage | Move] = [*self.pipeline.stages, *self.moves]
        self.stamp = hash(tuple(map(_facts_of, rows)))

    def choices(self, stage_id: int | None, administrator: bool = True) -> list[Choice]:
        """Return the ways out of a stage: forward first, then back and off the line."""
        here = self.order.get(stage_id or 0, -1)
        found = [
            Choice(move, target, self.order[target.id] < here and target.kind not in BESIDE)
            for move in self.moves
            if move.from_id == stage_id
            and (administrator or move.role != "administrator")
            and (target := self.pipeline.stage(move.to_id)) is not None
            and target.id in self.order
        ]
        return sorted(found, key=lambda c: (c.aside, self.order[c.target.id]))


@dataclass(frozen=True, slots=True)
class Note:
    """Who moved a card just now, for everybody but that person."""

    by: int
    who: str


@dataclass(frozen=True, slots=True)
class BoardCard:
    """A contribution on the board; `note` tells who moved it just now."""

    row: Row[Any]
    graph: Graph
    today: date
    note: Note | None = None

    @property
    def order(self) -> str:
        """Its place among the cards of its lane."""
        return rank(self.row)

    @property
    def choices(self) -> list[Choice]:
        """Where it may go from here."""
        return self.graph.choices(self.row.stage_id)

    @property
    def days_left(self) -> int | None:
        """Days until the promise; below zero when it has passed."""
        return (oslo(self.row.due_at).date() - self.today).days if self.row.due_at else None

    @property
    def state(self) -> str:
        """How urgent it is: "late", "soon" or ""."""
        left = self.days_left
        if left is None or left > SOON:
            return ""
        return "late" if left < 0 else "soon"

    @property
    def due(self) -> str:
        """The promise in few words: "dag 13 av 30", "3 d igjen", "2 d for sent".

        What has its answer waits for a decision, and says so.
        """
        left = self.days_left
        if left is None or self.row.stage_since is None:
            return ""
        if left < 0:
            return self._overdue(-left)
        if left <= SOON:
            return str(_("%(days)s d igjen", days=left) if left else _("siste dag"))
        started = oslo(self.row.stage_since).date()
        day = max(1, (self.today - started).days)
        return str(_("dag %(day)s av %(days)s", day=day, days=(self.today - started).days + left))

    def _overdue(self, days: int) -> str:
        if self.row.answer_count:
            return str(_("avgjørelse venter, %(days)s d over", days=days))
        return str(_("%(days)s d for sent", days=days))


def card_html(row: Row[Any], graph: Graph, note: Note | None = None) -> Markup:
    """Render a card, from the cache when nothing is noted on it."""
    today = oslo(now()).date()
    card = BoardCard(row, graph, today, note)
    key = () if note else (row.id, row.seq, today, graph.stamp, row.owner_id, row.owner_name)
    return fragment("pipeline/_bcard.html", "bcard", card, *key)


def card_row(number: int) -> Row[Any] | None:
    """Return what a card shows; None when the contribution is withdrawn or hidden."""
    row: Row[Any] | None = db.session.execute(ONE, {"id": number}).one_or_none()
    return row


def _facts_of(row: Stage | Move) -> tuple[Any, ...]:
    if isinstance(row, Move):
        return (row.from_id, row.to_id, row.role, row.reason_required)
    return (row.id, row.position, row.name_nb, row.name_nn, row.name_en, row.kind, row.archived_at)
