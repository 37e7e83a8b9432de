"""Who supports what in the demo, and when: written in bunches, before each milestone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from random import Random

from sqlalchemy import bindparam, insert, select, update

from ..contributions.models import Contribution
from ..contributions.trending import trending
from ..extensions import db
from ..votes.models import Support

TABLE = Contribution.__table__
INSERT = insert(Support.__table__)  # type: ignore[arg-type]
TOTALS = select(TABLE.c.support_count, TABLE.c.comment_count, TABLE.c.published_at).where(
    TABLE.c.id == bindparam("number")
)
COUNT = (
    update(TABLE)  # type: ignore[arg-type]
    .where(TABLE.c.id == bindparam("number"))
    .values(support_count=bindparam("total"), trending=bindparam("rank"), seq=TABLE.c.seq + 1)
)


@dataclass(frozen=True, slots=True)
class Arrival:
    """One person's support, on its way."""

    at: datetime
    person: int


def shares(wanted: Mapping[str, float], total: int, most: int) -> dict[str, int]:
    """Divide a total among contributions by how popular each is; nobody supports twice."""
    whole = sum(wanted.values()) or 1.0
    return {key: min(most, round(total * weight / whole)) for key, weight in wanted.items()}


class Crowd:
    """Supports that are still to come, by contribution, the latest first."""

    def __init__(self) -> None:
        self.waiting: dict[str, list[Arrival]] = {}

    def expect(self, key: str, people: list[int], moments: list[datetime], dice: Random) -> None:
        """Let these people come at these moments, in any order."""
        dice.shuffle(people)
        arrivals = [Arrival(*each) for each in zip(moments, people, strict=True)]
        self.waiting[key] = sorted(arrivals, key=lambda arrival: arrival.at, reverse=True)

    def arrive(self, key: str, number: int, until: datetime) -> None:
        """Write the supports of a contribution up to a moment, with total and score."""
        waiting, rows = self.waiting.get(key, []), []
        while waiting and waiting[-1].at <= until:
            come = waiting.pop()
            rows.append({"contribution_id": number, "user_id": come.person, "created_at": come.at})
        if not rows:
            return
        db.session.flush()
        db.session.execute(INSERT, rows)
        before = db.session.execute(TOTALS, {"number": number}).one()
        total = before.support_count + len(rows)
        rank = trending(total, before.comment_count, before.published_at)
        db.session.execute(COUNT, {"number": number, "total": total, "rank": rank})
