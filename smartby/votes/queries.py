"""Reading one's own support."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, select

from ..core.access import Person
from ..extensions import db
from .models import Support

TABLE = Support.__table__
MINE = select(TABLE.c.contribution_id).where(
    TABLE.c.user_id == bindparam("person"),
    TABLE.c.contribution_id.in_(bindparam("ids", expanding=True)),
)


def supported_among(person: Person, ids: Iterable[int]) -> set[int]:
    """Return which of these contributions the person supports, in one query."""
    wanted = list(ids)
    if not person.is_authenticated or not wanted:
        return set()
    return set(db.session.execute(MINE, {"person": person.id, "ids": wanted}).scalars())
