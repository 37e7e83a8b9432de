"""A contribution as a card: rows read by Core, rendered once per language and state."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup
from sqlalchemy import Row

from ..core.fragments import fragment
from .models import Contribution

TABLE = Contribution.__table__
CARD_COLUMNS = tuple(
    TABLE.c[name]
    for name in (
        "id", "seq", "kind", "code", "title", "excerpt", "lang", "place", "principle_ids",
        "stage_id", "due_at", "support_count", "comment_count", "answer_count", "published_at",
        "withdrawn_at", "trending", "municipality_id",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Card:
    """What a card shows; `stages` is the town's pipeline, `supported` the reader's own support."""

    row: Row[Any]
    town: str
    stages: Any
    supported: bool

    @property
    def principles(self) -> list[int]:
        """The principles' ids."""
        return [int(part) for part in self.row.principle_ids.split(",") if part]

    @property
    def stage(self) -> Any:
        """The stage it stands at."""
        return self.stages.stage(self.row.stage_id) if self.stages else None

    def late(self, moment: datetime) -> bool:
        """Tell whether the town's promise has passed."""
        return self.row.due_at is not None and self.row.due_at < moment


def card_html(card: Card) -> Markup:
    """Render a card from the cache or anew; seq rises with every change under the contribution."""
    row = card.row
    return fragment("contributions/_card.html", "card", card, row.id, row.seq, card.supported)


def cards_html(
    rows: Iterable[Row[Any]], *, town: str, stages: Any, supported: Collection[int] = ()
) -> list[Markup]:
    """Render a list's cards."""
    return [card_html(Card(row, town, stages, row.id in supported)) for row in rows]
