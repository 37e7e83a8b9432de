"""Find a municipality or county by number or any name that people have for it, misspelt or not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from ..core.text import slugify
from .models import Municipality
from .reference import Place, other_names, places

MOST, MOST_GUESSED = 40, 5
KIND = re.compile(r"-(?:fylkes)?kommune$")
SHORTEST_GUESSED, LONG = 4, 7  # letters from which on one, and two, may be wrong


@dataclass(frozen=True, slots=True)
class Found:
    """A place that was searched for, and its town when it takes part or has done so."""

    place: Place
    town: Municipality | None
    other: str = ""  # the name that it was found by, when that is not its own
    guessed: bool = False  # nothing is called what was typed; this is near

    @property
    def is_open(self) -> bool:
        """Tell whether the place takes part now."""
        return self.town is not None and self.town.closed_at is None


@dataclass(frozen=True, slots=True)
class _Name:
    slug: str
    place: Place
    other: str = ""


def search_places(wanted: str, towns: list[Municipality]) -> list[Found]:
    """Find places by number or name, the best first; near names when nothing has the words."""
    words = KIND.sub("", slugify(wanted))
    if not words:
        return []
    by_number = {town.number: town for town in towns}
    names = [*_registered(), *_invented(towns)]
    hits = sorted(
        (name for name in names if _has(name, words)),
        key=lambda name: (name.slug.find(words), name.slug != words, name.place.name),
    )
    near = [] if hits else _near(words, names)
    found: dict[str, Found] = {}
    for name in hits or near:
        number = name.place.number
        town = by_number.get(number)
        found.setdefault(number, Found(name.place, town, name.other, guessed=not hits))
    return list(found.values())[: MOST if hits else MOST_GUESSED]


def _has(name: _Name, words: str) -> bool:
    return name.slug.startswith(words) if name.other else words in name.slug


def _near(words: str, names: list[_Name]) -> list[_Name]:
    """Return what has the fewest letters otherwise, those of one's own name first."""
    if len(words) < SHORTEST_GUESSED:
        return []
    errors = 1 if len(words) < LONG else 2
    slugs = [name.slug for name in names]
    near = process.extract(words, slugs, scorer=OSA.distance, score_cutoff=errors, limit=None)
    fewest = min((hit[1] for hit in near), default=0)
    return sorted(
        (names[at] for _slug, distance, at in near if distance == fewest),
        key=lambda name: (bool(name.other), name.place.name),
    )


def _invented(towns: Iterable[Municipality]) -> Iterator[_Name]:
    # An invented place of a demonstration is in no register.
    for town in towns:
        if town.number not in places():
            yield _Name(
                slugify(town.name), Place(town.number, town.name, (town.name,), town.kind, None)
            )


@cache
def _registered() -> tuple[_Name, ...]:
    others = other_names()
    return tuple(
        _Name(slugify(name), place, other)
        for number, place in places().items()
        for name, other in (
            *((name, "") for name in {place.name, *place.names}),
            (number, ""),
            *((name, name) for name in others.get(place.name, ())),
        )
    )
