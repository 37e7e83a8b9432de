"""What became of a workshop, and where an idea comes from, drawn the same for everybody."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from ..contributions.models import ContributionText
from ..core.formatting import date_long
from ..core.fragments import fragment, language
from ..extensions import db
from ..facilitation.models import Run
from ..facilitation.ways import with_way
from ..municipalities.models import Municipality
from ..pipeline.graph import Pipeline, pipeline_of
from ..reading import origins
from ..workshops import aftermath
from ..workshops.models import Workshop
from .proposals import quotes
from .queries import SHARED, became, behind, came_from, contributors_of, in_the_room


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What became of a workshop: ideas and challenges as they stand now, and its minutes."""

    workshop: Workshop
    town: str
    stages: Pipeline
    rows: list[Any]
    minutes: bool  # everybody may read them

    def in_the_room(self, row: Any) -> str:
        """How many stood behind it there."""
        return in_the_room(row)

    def way(self, row: Any) -> list[Any]:
        """The stages that a row's line is drawn with: those in use, and its own."""
        return [s for s in self.stages.stages if s.id == row.stage_id or not s.archived_at]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a contribution comes from: the workshop, votes, quotes, and who had a part in it."""

    row: Any
    town: str
    run: Run
    behind: str  # how many stood behind it there, in words
    quotes: list[tuple[str, str]] = field(default_factory=list)  # and how each came
    unquoted: list[tuple[str, str]] = field(default_factory=list)  # those its text does not quote
    names: list[str] = field(default_factory=list)

    @property
    def day(self) -> str:
        """The day on which it was held."""
        return date_long(self.run.closed_at or self.run.created_at, language())


def aftermath_of(workshop: Workshop) -> Aftermath | None:
    """Gather what became of a workshop; None before it is held."""
    run = db.session.get(Run, workshop.id)
    if run is None:
        return None
    town = db.session.get_one(Municipality, workshop.municipality_id)
    return Aftermath(
        workshop=workshop,
        town=town.slug or "",
        stages=pipeline_of(town.id),
        rows=[row for row in became(run.id) if row.hidden_at is None],
        minutes=run.closed_at is not None and workshop.announced_at is not None,
    )


@aftermath.draws
def draw_aftermath(workshop: Workshop) -> Markup:
    """Draw what became of a workshop; nothing before it is held."""
    found = aftermath_of(workshop)
    return Markup("") if found is None else fragment("outcomes/_aftermath.html", "after", found)


@origins.draws("workshop")
def draw_origin(row: Any, town: str) -> Markup:
    """Draw from which workshop a contribution comes."""
    items = came_from(row.id)
    if not items:
        return Markup("")
    # A line that was typed in the plan is no card, though it was once kept as one.
    cards = [item for item in items if item.item.startswith(SHARED)]
    behind_it = [pair for item in cards for pair in with_way(item.quotes, item.ways)]
    body = db.session.get_one(ContributionText, row.id).body
    origin = Origin(
        row=row,
        town=town,
        run=items[0].run,
        behind=", ".join(filter(None, (behind(i.activity.kind, i.votes) for i in items))),
        quotes=behind_it,
        unquoted=[pair for pair in behind_it if not quotes(body, pair[0])],
        names=[each.name for each in contributors_of(row.id)],
    )
    return fragment("outcomes/_origin.html", "origin", origin)
