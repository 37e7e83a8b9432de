"""Supporting and taking back: the wanted value, never a flip; a Core hot path under the parent's lock."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, delete, text, update

from ..accounts.models import User
from ..contributions.models import Contribution
from ..contributions.trending import trending
from ..core.access import require
from ..core.transaction import lock, post
from ..extensions import db
from .models import Support

TABLE = Support.__table__
YES = text(
    "INSERT INTO support (contribution_id, user_id, created_at)"
    " VALUES (:contribution, :person, CURRENT_TIMESTAMP) ON CONFLICT DO NOTHING"
)
NO = delete(TABLE).where(  # type: ignore[arg-type]
    TABLE.c.contribution_id == bindparam("contribution"), TABLE.c.user_id == bindparam("person")
)
COUNTERS = Contribution.__table__
COUNT = (
    update(COUNTERS)  # type: ignore[arg-type]
    .where(COUNTERS.c.id == bindparam("contribution"))
    .values(
        support_count=COUNTERS.c.support_count + bindparam("change"), trending=bindparam("rank")
    )
)


def set_support(contribution: Contribution, *, wanted: bool, by: User) -> dict[str, Any]:
    """Make a person's support for a contribution be as wanted; return the state that is now true."""
    lock(contribution)
    require("support.give", contribution, by)
    who = {"contribution": contribution.id, "person": by.id}
    rows: int = db.session.execute(YES if wanted else NO, who).rowcount  # type: ignore[attr-defined]
    total = contribution.support_count + (rows if wanted else -rows)
    if rows:
        rank = trending(total, contribution.comment_count, contribution.published_at)
        change = rows if wanted else -rows
        db.session.execute(COUNT, {**who, "change": change, "rank": rank})
        post(f"contribution:{contribution.id}", "support.counted", id=contribution.id, support=total)
        post(f"person:{by.id}", "support.mine", id=contribution.id, wanted=wanted)
    return {"supported": wanted, "support": total}
