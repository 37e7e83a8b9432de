"""A contribution as a card: rows read by Core, rendered once per language and state."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from sqlalchemy import Row

from ..core.clock import now, oslo
from ..core.fragments import fragments
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
OWING = ("open", "work")  # kinds of stages where the town has something to say yet


@dataclass(frozen=True, slots=True)
class Card:
    """What a card shows; `stages` is the town's pipeline, `supported` the reader's own support."""

    row: Row[Any]
    town: str
    stages: Any
    supported: bool

    @property
    def principles(self) -> list[int]:
        """The principles' ids; their names stand once on the page."""
        return [int(part) for part in self.row.principle_ids.split(",") if part]

    @property
    def published_on(self) -> str:
        """The day that the card says, as machines write it."""
        return oslo(self.row.published_at).date().isoformat()

    @property
    def stage(self) -> Any:
        """The stage it stands at."""
        return self.stages.stage(self.row.stage_id) if self.stages else None

    @property
    def way(self) -> list[Any]:
        """The stages that the line on the card is drawn with: those in use, and its own."""
        here = self.row.stage_id
        return [s for s in self.stages.stages if s.id == here or not s.archived_at]

    @property
    def promised(self) -> bool:
        """Tell whether the town still owes it a word by a day."""
        return self.row.due_at is not None and self.stage is not None and self.stage.kind in OWING

    @property
    def days_late(self) -> int:
        """How many days the town's word is overdue, in Oslo; at most 0 when it is not."""
        late = self.row.due_at is not None and self.row.due_at < now()
        return (oslo(now()).date() - oslo(self.row.due_at).date()).days if late else 0

    @property
    def late(self) -> bool:
        """Tell whether the town's promise has passed."""
        return self.promised and self.row.due_at < now()

    @property
    def control(self) -> dict[str, Any]:
        """What its support button shows."""
        stage = self.stage
        return {
            "id": self.row.id,
            "count": self.row.support_count,
            "supported": self.supported,
            "title": self.row.title,
            "town": self.town,
            "closed": self.row.withdrawn_at is not None
            or (stage is not None and not stage.allows_support),
        }


def card_html(card: Card) -> Markup:
    """Render a card from the cache or anew."""
    return drawn([card])[0]


def drawn(cards: Iterable[Card]) -> list[Markup]:
    """Render cards, each once; seq rises with every change under the contribution."""
    keyed = (((c.row.id, c.row.seq, c.supported, c.stages.stamp), c) for c in cards)
    return fragments("contributions/_card.html", "card", keyed)


def cards_html(
    rows: Iterable[Row[Any]], *, town: str, stages: Any, supported: Collection[int] = ()
) -> list[Markup]:
    """Render a list's cards."""
    return drawn(Card(row, town, stages, row.id in supported) for row in rows)
