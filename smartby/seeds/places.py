"""A town as the invented past needs it: its stages, its code, and the official who moves things."""

from __future__ import annotations

from dataclasses import dataclass

from ..pipeline.listeners import office
from ..pipeline.models import Stage
from ..pipeline.queries import names_of, pipeline_of
from .content import Content
from .world import World

STAFF = ("moderator", "administrator")


@dataclass(frozen=True, slots=True)
class Place:
    """A town, and who speaks for it."""

    town: int
    code: str
    stages: dict[str, Stage]
    first: str
    official: int
    office: str

    def names(self, side: str, stage: str) -> dict[str, int | str]:
        """Return what a stage is called in each language, as the ledger keeps it."""
        return dict(names_of(self.stages[stage], side))


def places(world: World, content: Content) -> dict[str, Place]:
    """Return every town that has an official."""
    found: dict[str, Place] = {}
    for row in content.people:
        for role in row.get("roles") or ():
            if role["role"] in STAFF:
                found.setdefault(role["town"], _place(world, role["town"], row["key"]))
    return found


def _place(world: World, slug: str, official: str) -> Place:
    town, user = world.towns[slug], world.people[official]
    pipeline = pipeline_of(town.id)
    return Place(
        town=town.id,
        code=town.code,
        stages={stage.key: stage for stage in pipeline.stages},
        first=pipeline.first.key,
        official=user.id,
        office=office(town.id, user),
    )
