"""Supporting and taking back: the wanted value, never a flip, under the parent's lock."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import bindparam, delete, text, update

from ..accounts.models import User
from ..contributions.models import Contribution
from ..contributions.trending import trending
from ..core.access import can
from ..core.clock import now
from ..core.errors import Refused
from ..core.models import UtcDateTime
from ..core.transaction import post
from ..extensions import db
from ..pipeline.taking_part import Held, Place, hold
from .models import Support

TABLE, COUNTERS = Support.__table__, Contribution.__table__
YES = text(
    "INSERT INTO support (contribution_id, user_id, created_at)"
    " VALUES (:contribution, :person, :moment) ON CONFLICT DO NOTHING"
).bindparams(bindparam("moment", type_=UtcDateTime()))
NO = delete(TABLE).where(  # type: ignore[arg-type]
    TABLE.c.contribution_id == bindparam("contribution"), TABLE.c.user_id == bindparam("person")
)
COUNT = (
    update(COUNTERS)  # type: ignore[arg-type]
    .where(COUNTERS.c.id == bindparam("contribution"))
    .values(
        support_count=COUNTERS.c.support_count + bindparam("change"), trending=bindparam("rank")
    )
)


def set_support(where: Place | Contribution, *, wanted: bool, by: User) -> dict[str, Any]:
    """Make a person's support be as wanted; return the state that is now true."""
    held = hold(where, by)
    if not can("support.give", held, held.by):
        raise Refused(_why_not(held))
    who = {"contribution": held.id, "person": held.by.id}
    done = (
        db.session.execute(YES, who | {"moment": now()}) if wanted else db.session.execute(NO, who)
    )
    rows: int = done.rowcount  # type: ignore[attr-defined]
    change = rows if wanted else -rows
    total = held.support_count + change
    if change:
        rank = trending(total, held.comment_count, held.published_at)
        db.session.execute(COUNT, {"contribution": held.id, "change": change, "rank": rank})
        post(f"contribution:{held.id}", "support.counted", id=held.id, support=total)
        post(f"person:{held.by.id}", "support.mine", id=held.id, wanted=wanted)
    return {"supported": wanted, "support": total, "kind": held.kind}


def _why_not(held: Held) -> str:
    if held.by.is_blocked:
        return str(_("Brukeren din er stengt ute fra å delta."))
    if held.withdrawn_at is not None:
        return str(_("Dette er trukket tilbake og tar ikke imot støtte."))
    return str(_("Støtten er stengt i dette steget. Det som er gitt, blir stående."))
