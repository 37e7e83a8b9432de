"""The minutes of a workshop: what was done, what came of it, how many took part; never names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from sqlalchemy import bindparam, func, select

from ..ballots.stacks import beside_the_list
from ..core.fragments import language
from ..core.text import capital
from ..extensions import db
from ..facilitation.models import HELD, HIDDEN, Card, Progress, Run
from ..facilitation.play import Play, play_of
from ..facilitation.queries import came_from_home
from ..pipeline.graph import pipeline_of
from ..pipeline.queries import stage_name
from ..workshops.models import BOTH, Activity, Workshop
from ..workshops.page import leading
from .queries import became, begun

# Kinds name their columns by key, or in the words of the page already.
HEADINGS: Mapping[str, Any] = {
    "card": _l("Lapp"),
    "group": _l("Gruppe"),
    "column": _l("Kolonne"),
    "item": _l("Hva"),
    "title": _l("Tittel"),
    "votes": _l("Stemmer"),
    "count": _l("Antall"),
    "answer": _l("Svar"),
    "question": _l("Spørsmål"),
    "word": _l("Ord"),
}
# What a row is about, where a table has such a column.
NAMING = ("card", "item", "question", "word")
KEPT = select(Progress.kept).where(Progress.activity_id.in_(bindparam("steps", expanding=True)))
HELD_BACK = select(func.count()).where(
    Card.run_id == bindparam("run"), Card.state.in_((HELD, HIDDEN))
)


@dataclass(frozen=True, slots=True)
class Done:
    """An activity that was held, with its results as a table."""

    number: int  # among those that were held, from 1
    activity: Activity
    kind: Play
    heading: list[str]
    rows: list[list[Any]]
    sums: frozenset[int] = frozenset()  # the places of rows that sum up others

    @property
    def table(self) -> list[list[Any]]:
        """The rows that are about one thing each."""
        return [row for place, row in enumerate(self.rows) if place not in self.sums]

    @property
    def foot(self) -> list[list[Any]]:
        """The rows that sum up others."""
        return [self.rows[place] for place in sorted(self.sums)]

    @property
    def naming(self) -> int | None:
        """The place of the column that says what a row is about."""
        words = {capital(str(HEADINGS[name])) for name in NAMING}
        return next((place for place, word in enumerate(self.heading) if word in words), None)

    def drawing(self, run: Run) -> Markup:
        """Draw the results as the room saw them; "" when the table says it all."""
        return self.kind.in_minutes(run, self.activity)

    @property
    def minutes(self) -> int:
        """How long it took."""
        start, end = self.activity.begun_at, self.activity.ended_at
        return max(1, round((end - start).total_seconds() / 60)) if start and end else 0


@dataclass(frozen=True, slots=True)
class Became:
    """An idea or a challenge that came of it, and where it stands."""

    row: Any
    stage: str


@dataclass(frozen=True, slots=True)
class Minutes:
    """Everything that is told of a workshop that is held."""

    workshop: Workshop
    run: Run
    done: list[Done]
    outcomes: list[Became]
    held_back: int
    at_home: int
    on_paper_only: int  # who voted so, and are not among those who took part

    @property
    def leaders(self) -> list[str]:
        """Who led it, the one it is in the name of first."""
        return leading(self.workshop)

    @property
    def where(self) -> str:
        """The place, and that one could take part from elsewhere too."""
        online = str(_("og på nett samtidig")) if self.workshop.meets == BOTH else ""
        return ", ".join(filter(None, (self.workshop.place, online)))

    @property
    def began(self) -> datetime:
        """When the first activity began, or the doors were opened."""
        moments = [each.activity.begun_at for each in self.done if each.activity.begun_at]
        return min(moments, default=self.run.created_at)


def minutes_of(run: Run) -> Minutes:
    """Gather a workshop's minutes: only what the room has seen."""
    asked, steps = {"run": run.id}, begun(run)
    kept = db.session.scalars(KEPT, {"steps": [step.id for step in steps]})
    return Minutes(
        workshop=run.workshop,
        run=run,
        done=[_done(number, step) for number, step in enumerate(steps, start=1)],
        outcomes=_outcomes(run),
        held_back=db.session.execute(HELD_BACK, asked).scalar_one(),
        at_home=came_from_home(run),
        on_paper_only=max((beside_the_list(each) for each in kept), default=0),
    )


def rehearsed(minutes: Minutes) -> str:
    """Say that nothing of this happened; "" where it did."""
    if not minutes.run.rehearsal:
        return ""
    return str(_("Dette er en prøve. De som er med, finnes ikke, og ingenting kommer ut av den."))


def _done(number: int, activity: Activity) -> Done:
    play = play_of(activity)
    heading, *rows = play.rows(activity) or [[]]
    # A column that nothing stands in says nothing.
    used = [place for place in range(len(heading)) if any(_at(row, place) != "" for row in rows)]
    words = [capital(str(HEADINGS.get(name, name))) for name in heading]
    return Done(
        number, activity, play, [words[place] for place in used],
        [[_at(row, place) for place in used] for row in rows], play.sums(activity),
    )  # fmt: skip


def _at(row: list[Any], place: int) -> Any:
    value = row[place] if place < len(row) else None
    return "" if value is None else value


def _outcomes(run: Run) -> list[Became]:
    stages, lang = pipeline_of(run.municipality_id), language()
    found = []
    for row in became(run.id):
        stage = stages.stage(row.stage_id)
        if row.hidden_at is None:
            found.append(Became(row, stage_name(stage, lang) if stage else ""))
    return found
