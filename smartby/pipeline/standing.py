"""Where a contribution stands, what comes next, and by when: data for ribbon and promise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from babel.dates import format_date
from flask_babel import gettext as _
from flask_babel import ngettext

from ..contributions.listeners import subject
from ..contributions.models import Contribution
from ..core import formatting
from ..core.clock import now, oslo
from ..core.fragments import language
from ..extensions import db
from ..ledger.queries import timeline
from ..ledger.reading import Entry
from ..municipalities.models import Municipality
from .models import Stage
from .queries import Pipeline, pipeline_seen


@dataclass(frozen=True, slots=True)
class Step:
    """One stage as this contribution meets it; `step` is its word on the line."""

    stage: Stage
    step: str  # done, now, next, later, waiting or stopped
    since: datetime | None

    @property
    def name(self) -> str:
        """The stage's name in the page's language."""
        return self.stage.name

    @property
    def when(self) -> str:
        """The words under the name: a date, or that it comes next."""
        if self.step == "next":
            return str(_("Neste steg"))
        if self.since is None:
            return ""
        day = formatting.day(self.since, language())
        return (
            str(_("Siden %(day)s", day=day)) if self.step in ("now", "waiting", "stopped") else day
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """The line of one contribution, and what the town has promised."""

    id: int
    kind: str
    steps: list[Step]
    stage: Stage
    next: Stage | None
    due_at: datetime | None
    since: datetime | None
    days_left: int | None
    share: float | None  # how much of the time has gone, 0 to 1
    unit: str  # who has it in hand, "" when nobody is named
    county: bool  # what the town calls itself
    reason: str  # why it was last moved
    withdrawn_at: datetime | None
    hidden: bool  # nobody but its author and the staff can read it, and nobody takes part
    answered: bool  # the town has said something: what is promised now is a decision

    @property
    def key(self) -> tuple[object, ...]:
        """All that the line and the promise show; stages are told apart by what they are called."""
        steps = tuple((s.stage.id, s.name, s.step, s.since) for s in self.steps)
        promised = (self.due_at, self.days_left, round((self.share or 0) * 128), self.unit)
        rules = (self.stage.kind, self.stage.allows_support, self.stage.allows_comment)
        ahead = (self.next and self.next.name, self.hidden, self.answered)
        told = (self.since, self.reason, self.withdrawn_at, *ahead)
        return (self.id, self.kind, steps, *promised, *rules, *told)

    @property
    def late(self) -> bool:
        """Tell whether the promise has passed."""
        return self.days_left is not None and self.days_left < 0

    @property
    def stopped(self) -> bool:
        """Tell whether it stands beside the line."""
        return self.stage.kind in ("parked", "lost")

    @property
    def talks(self) -> bool:
        """Tell whether something can be said under it now."""
        return self.stage.allows_comment and not self.hidden

    @property
    def who(self) -> str:
        """Who decides next."""
        return self.unit or str(_("Fylkeskommunen") if self.county else _("Kommunen"))

    @property
    def due_day(self) -> str:
        """The promised day with its weekday: "fredag 11. desember"."""
        if self.due_at is None:
            return ""
        weekday = format_date(oslo(self.due_at).date(), "EEEE", locale=language())
        return f"{weekday} {formatting.day(self.due_at, language())}"

    @property
    def left(self) -> str:
        """The time that is left, in words."""
        if self.days_left is None:
            return ""
        if self.late:
            return str(ngettext("%(num)d dag for sent", "%(num)d dager for sent", -self.days_left))
        if self.days_left == 0:
            return str(_("Siste dag i dag"))
        return str(ngettext("%(num)d dag igjen", "%(num)d dager igjen", self.days_left))


def _ended(steps: Sequence[Step]) -> list[Step]:
    """Show that it goes no further: its author has taken it back."""
    ends = {"now": "stopped", "waiting": "stopped", "next": "later"}
    return [Step(each.stage, ends.get(each.step, each.step), each.since) for each in steps]


def standing(contribution: Contribution, entries: Sequence[Entry] | None = None) -> Standing:
    """Work out where a contribution stands from its row and its timeline (read unless given)."""
    pipeline = pipeline_seen(contribution.municipality_id)
    stage = pipeline.stage(contribution.stage_id) or pipeline.first
    rows = timeline(subject(contribution)) if entries is None else entries
    moves = [row for row in rows if row.type == "stage.moved"]
    withdrawn = contribution.withdrawn_at
    promised = None if withdrawn else contribution.due_at
    steps = _steps(pipeline, stage, _arrivals(contribution, pipeline, moves))
    return Standing(
        id=contribution.id,
        kind=contribution.kind,
        steps=_ended(steps) if withdrawn else steps,
        stage=stage,
        next=pipeline.next_after(stage),
        due_at=promised,
        since=contribution.stage_since,
        days_left=_days_left(promised),
        share=_share(contribution.stage_since, promised),
        unit=moves[0].unit if moves else "",
        county=_is_county(contribution.municipality_id),
        reason=contribution.withdrawn_reason if withdrawn else _reason(moves),
        withdrawn_at=withdrawn,
        hidden=contribution.hidden_at is not None,
        answered=contribution.answer_count > 0,
    )


def _is_county(municipality_id: int) -> bool:
    # The page has read its town already; a broadcast reads it once for each fragment.
    town = db.session.get(Municipality, municipality_id)
    return town is not None and town.kind == "county"


def _reason(moves: Sequence[Entry]) -> str:
    return moves[0].reason if moves else ""


def _arrivals(
    contribution: Contribution, pipeline: Pipeline, moves: Sequence[Entry]
) -> dict[str, datetime]:
    # The newest arrival counts: a stage that was left and entered again began anew.
    arrived = {row.to_value: row.ts for row in reversed(moves)}
    return {pipeline.first.key: contribution.published_at} | arrived


def _steps(pipeline: Pipeline, stage: Stage, arrived: dict[str, datetime]) -> list[Step]:
    line = pipeline.line
    if stage not in line:
        passed = [Step(s, "done", arrived[s.key]) for s in line if s.key in arrived]
        # What is put aside is looked at again; only what was turned down has come to its end.
        word = "waiting" if stage.kind == "parked" else "stopped"
        return [*passed, Step(stage, word, arrived.get(stage.key))]
    place = line.index(stage)
    return [
        Step(s, _word(at, place), arrived.get(s.key) if at <= place else None)
        for at, s in enumerate(line)
    ]


def _word(at: int, place: int) -> str:
    if at == place:
        return "now"
    if at < place:
        return "done"
    return "next" if at == place + 1 else "later"


def _days_left(due: datetime | None) -> int | None:
    return None if due is None else (oslo(due).date() - oslo(now()).date()).days


def _share(since: datetime | None, due: datetime | None) -> float | None:
    if since is None or due is None or due <= since:
        return None
    return min(1.0, max(0.0, (now() - since) / (due - since)))
