"""Who found which comment of the demo useful."""

from __future__ import annotations

from datetime import datetime
from random import Random
from typing import Any

from sqlalchemy import bindparam, insert, update

from ..comments.models import Comment, Useful
from ..extensions import db
from .content import Row
from .times import Calendar
from .world import World

TABLE = Comment.__table__
INSERT = insert(Useful.__table__)  # type: ignore[arg-type]
COUNT = (
    update(TABLE)  # type: ignore[arg-type]
    .where(TABLE.c.id == bindparam("number"))
    .values(useful_count=bindparam("total"))
)


def mark(world: World, rows: list[Row], today: datetime, dice: Random) -> None:
    """Let as many people as written find each comment useful; inside a transaction."""
    calendar = Calendar(today, dice)
    marks: list[dict[str, Any]] = []
    totals: list[dict[str, int]] = []
    for row in rows:
        comment = world.comments[row["key"]]
        others = [number for number in world.voters if number != comment.author_id]
        people = dice.sample(others, min(row.get("useful") or 0, len(others)))
        moments = calendar.spread(comment.created_at, today, len(people))
        marks += [
            {"comment_id": comment.id, "user_id": person, "created_at": moment}
            for person, moment in zip(people, moments, strict=True)
        ]
        if people:
            totals.append({"number": comment.id, "total": len(people)})
    db.session.flush()
    if marks:
        db.session.execute(INSERT, marks)
        db.session.execute(COUNT, totals)
