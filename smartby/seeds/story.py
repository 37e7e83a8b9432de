"""The demo's story: what was published, moved, answered and said, told in the order it happened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from ..challenges.models import Challenge
from ..comments.actions import add_comment
from ..contributions.actions import Content as Written
from ..core.clock import at, end_of_day_oslo, oslo
from ..ideas.actions import publish_idea
from ..pipeline.actions import advance, give_answer
from ..pipeline.owners import give_owner
from ..pipeline.queries import pipeline_of
from .challenges import publish
from .content import Content, Row, either
from .held import hold, reap
from .supports import Crowd, shares
from .times import Calendar
from .workshops import begins_at, gather
from .world import World

SUPPORTS = 1_500


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened under a contribution."""

    at: datetime
    key: str
    act: Callable[[], object]


class Story:
    """Steps and supports in time; nothing happens before what it depends on."""

    def __init__(self, world: World, content: Content, today: datetime, dice: Random) -> None:
        self.world, self.content, self.today, self.dice = world, content, today, dice
        self.calendar = Calendar(today, dice)
        self.crowd = Crowd()
        self.steps: list[Step] = []
        self.published: dict[str, datetime] = {}
        self.spoken: dict[str, datetime] = {}
        self.closed_for_support: dict[str, datetime] = {}

    def tell(self) -> None:
        """Plan every step and take them in order; inside a transaction."""
        self._plan()
        for step in sorted(self.steps, key=lambda step: step.at):
            self._gather(step.key, step.at)
            with at(step.at):
                step.act()
        for key in self.published:
            self._gather(key, self.today)

    def _plan(self) -> None:
        for row in self.content.challenges:
            self._plan_challenge(row)
        for row in self.content.ideas:
            self._plan_idea(row)
        for row in _parents_first(self.content.comments):
            self._plan_comment(row)
        for row in self.content.workshops:
            self._plan_workshop(row)
        self._plan_supports()

    def _gather(self, key: str, until: datetime) -> None:
        contribution = self.world.contributions.get(key)
        if contribution is not None:
            self.crowd.arrive(key, contribution.id, until)

    def _plan_challenge(self, row: Row) -> None:
        opened = self.calendar.office(row["opens_days_ago"])
        self._publish(row, opened, partial(self._open_challenge, row, opened))

    def _open_challenge(self, row: Row, opened: datetime) -> None:
        closing = row.get("closes_in_days")
        day = None if closing is None else oslo(self.today + timedelta(days=closing)).date()
        unit = self.world.units.get((row["town"], row.get("unit") or ""))
        self.world.contributions[row["key"]] = publish(
            self.world.towns[row["town"]],
            _written(row),
            Challenge(
                question=row["question"],
                unit_id=unit.id if unit else None,
                opens_at=opened,
                closes_at=None if day is None else end_of_day_oslo(day),
            ),
            by=self.world.person(row["author"]),
        )

    def _plan_idea(self, row: Row) -> None:
        after = self.published.get(row.get("challenge") or "")
        self._publish(
            row, self.calendar.evening(row["days_ago"], after=after), partial(self._idea, row)
        )
        self._plan_way(row)

    def _plan_way(self, row: Row) -> None:
        latest = self.published[row["key"]]
        for move in sorted(row.get("path") or (), key=lambda move: -move["days_ago"]):
            latest = self.calendar.office(move["days_ago"], after=latest)
            self._step(latest, row, partial(self._move, row, move))
            self._note_closing(row, move["to"], latest)
        for answer in row.get("answers") or ():
            moment = self.calendar.office(answer["days_ago"], after=self.published[row["key"]])
            self._step(moment, row, partial(self._answer, row, answer))

    def _note_closing(self, row: Row, stage: str, moment: datetime) -> None:
        found = pipeline_of(self.world.towns[row["town"]].id).by_key(stage)
        if found is not None and not found.allows_support:
            self.closed_for_support[row["key"]] = moment

    def _idea(self, row: Row) -> None:
        challenge: Any = self.world.contributions.get(row.get("challenge") or "")
        self.world.contributions[row["key"]] = publish_idea(
            self.world.towns[row["town"]],
            _written(row),
            challenge=challenge,
            by=self.world.person(row["author"]),
        )

    def _move(self, row: Row, move: Row) -> None:
        idea = self.world.contributions[row["key"]]
        target = pipeline_of(idea.municipality_id).by_key(move["to"])
        if target is None or idea.stage_id is None:
            raise ValueError(f"{row['key']}: no way to {move['to']}")
        reason = either(move.get("reason"), row["lang"])
        by = self.world.person(move["by"])
        advance(idea, to_id=target.id, seen_id=idea.stage_id, reason=reason, by=by)
        if target.kind == "work" and idea.owner_id is None:
            # Whoever takes it up looks after it; what nobody has begun with has no owner yet.
            give_owner(idea, owner_id=by.id, seen_id=None, by=by)

    def _answer(self, row: Row, answer: Row) -> None:
        give_answer(
            self.world.contributions[row["key"]],
            unit_id=self.world.units[row["town"], answer["unit"]].id,
            body=answer["body"],
            lang=answer.get("lang") or row["lang"],
            by=self.world.person(answer["by"]),
        )

    def _plan_comment(self, row: Row) -> None:
        key = row["contribution"]
        after = self.spoken.get(row.get("parent") or "") or self.published[key]
        moment = self.calendar.evening(row["days_ago"], after=after)
        self.spoken[row["key"]] = moment
        self.steps.append(Step(moment, key, partial(self._comment, row)))

    def _comment(self, row: Row) -> None:
        self.world.comments[row["key"]] = add_comment(
            self.world.contributions[row["contribution"]],
            body=row["body"],
            stance=row.get("stance"),
            parent=self.world.comments.get(row.get("parent") or ""),
            by=self.world.person(row["author"]),
        )

    def _plan_workshop(self, row: Row) -> None:
        after = self.published.get(row["challenge"] or "")
        moment = self.calendar.office(row["planned_days_ago"], after=after)
        act = partial(gather, self.world, row, moment, self.calendar)
        self.steps.append(Step(moment, row["key"], act))
        if "held" in row:
            self._plan_holding(row)

    def _plan_holding(self, row: Row) -> None:
        begins = begins_at(row, self.today)
        ends = begins + timedelta(minutes=sum(minutes for _kind, minutes, _t in row["programme"]))
        self.steps.append(Step(ends, row["key"], partial(hold, self.world, row, begins)))
        moment = self.calendar.office(row["held"]["harvested_days_ago"], after=ends)
        self.steps.append(Step(moment, row["key"], partial(reap, self.world, row)))
        for idea in row["held"]["ideas"]:
            self.published[idea["key"]] = moment
            self._plan_way(idea)

    def _plan_supports(self) -> None:
        ideas = [*self.content.ideas, *_harvested(self.content.workshops)]
        wanted = {row["key"]: float(row["support"]) for row in ideas}
        counts = shares(wanted, SUPPORTS, len(self.world.voters) - 1)
        for row in ideas:
            key, author = row["key"], self.world.person(row["author"]).id
            end = self.closed_for_support.get(key, self.today)
            moments = self.calendar.spread(self.published[key], end, counts[key])
            others = [number for number in self.world.voters if number != author]
            self.crowd.expect(key, self.dice.sample(others, counts[key]), moments, self.dice)

    def _publish(self, row: Row, moment: datetime, act: Callable[[], object]) -> None:
        self.published[row["key"]] = moment
        self._step(moment, row, act)

    def _step(self, moment: datetime, row: Row, act: Callable[[], object]) -> None:
        self.steps.append(Step(moment, row["key"], act))


def _harvested(workshops: list[Row]) -> list[Row]:
    return [idea for row in workshops for idea in row.get("held", {}).get("ideas", ())]


def _parents_first(rows: list[Row]) -> list[Row]:
    parents = {row["key"]: row.get("parent") for row in rows}

    def depth(key: str | None) -> int:
        return 1 + depth(parents[key]) if key else 0

    return sorted(rows, key=lambda row: depth(row.get("parent")))


def _written(row: Row) -> Written:
    return Written(
        title=row["title"],
        body=row["body"],
        lang=row["lang"],
        principles=tuple(row["principles"]),
        goals=tuple(row.get("goals") or ()),
        place=row.get("place") or "",
    )
