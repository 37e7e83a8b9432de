"""Who took part is forgotten thirty days after a workshop; what the room made stays."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import and_, bindparam, delete, or_, select

from ..core.clock import now
from ..core.retention import AT_ONCE, in_portions
from .models import Participant, Run

DAYS = timedelta(days=30)
LEFT_OPEN = timedelta(days=7)  # a run that nobody has closed counts as closed after this time
PEOPLE, RUN = Participant.__table__, Run.__table__
FORGET = delete(Participant).where(
    PEOPLE.c.id.in_(
        select(PEOPLE.c.id)
        .join(RUN, RUN.c.id == PEOPLE.c.run_id)
        .where(
            or_(
                RUN.c.closed_at < bindparam("closed"),
                and_(RUN.c.closed_at.is_(None), RUN.c.created_at < bindparam("opened")),
            )
        )
        .limit(AT_ONCE)
    )
)


def forget_participants() -> int:
    """Delete those who took part in workshops of long ago; return how many."""
    moment = now() - DAYS
    return in_portions(FORGET, {"closed": moment, "opened": moment - LEFT_OPEN})
