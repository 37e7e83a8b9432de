"""What a form for a new contribution says while somebody writes: what resembles it, its principles.

Ideas have it from here: this is the lowest room above those for support and for the pipeline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from sqlalchemy import Row

from ..contributions.similar_queries import Written, similar_to
from ..core.access import Person
from ..core.stemming import taken_apart
from ..municipalities.models import Municipality
from ..pipeline.graph import Pipeline, pipeline_of
from ..pipeline.models import Stage
from ..principles.suggestion import Suggestion, suggest
from ..votes.controls import Control, support_html
from ..votes.queries import supported_among

WORD = re.compile(r"([^\W_]+)")
LEAST = 10  # letters before it is worth looking


@dataclass(frozen=True, slots=True)
class Hit:
    """A contribution that resembles what is written; `title` in parts, those in common marked."""

    row: Row[Any]
    title: list[tuple[str, bool]]
    stage: Stage | None
    support: Markup
    takes_comments: bool


@dataclass(frozen=True, slots=True)
class Advice:
    """What the town says while somebody writes: what resembles it, and its likely principles."""

    asked: bool
    hits: list[Hit]
    pipeline: Pipeline
    because: dict[int, list[str]]
    sure: list[int]


def advice_on(written: Written, town: Municipality, person: Person, *, without: int = 0) -> Advice:
    """Look for what resembles a text, and for the principles it is about."""
    pipeline = pipeline_of(town.id)
    asked = len(written.title) + len(written.body) >= LEAST
    rows = similar_to(town.id, written, without=without) if asked else []
    mine = supported_among(person, [row.id for row in rows])
    shared = frozenset(taken_apart(f"{written.title} {written.body}", written.lang))
    hits = [_hit(row, town, pipeline, row.id in mine, shared) for row in rows]
    return Advice(asked, hits, pipeline, because(written), sure_of(written))


def because(written: Written) -> dict[int, list[str]]:
    """Return the principles that a text points to, each with the words that tell so."""
    return {each.principle_id: each.because[:2] for each in _suggested(written)}


def sure_of(written: Written) -> list[int]:
    """Return the principles that a text points to so clearly that they are ticked beforehand."""
    return [each.principle_id for each in _suggested(written) if each.sure]


def _suggested(written: Written) -> list[Suggestion]:
    return suggest(f"{written.title}\n{written.body}", written.lang)


def _hit(
    row: Row[Any], town: Municipality, pipeline: Pipeline, mine: bool, shared: Set[str]
) -> Hit:
    stage = pipeline.stage(row.stage_id)
    closed = stage is not None and not stage.allows_support
    control = Control(row.id, row.support_count, mine, row.title, town.slug or "", closed=closed)
    title = list(_marked(row.title, row.lang, shared))
    return Hit(row, title, stage, support_html(control), stage is None or stage.allows_comment)


def _marked(title: str, lang: str, shared: Set[str]) -> Iterator[tuple[str, bool]]:
    for part in WORD.split(title):
        if part:
            found = taken_apart(part, lang)
            yield part, bool(found) and shared >= set(found)
