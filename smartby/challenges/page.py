"""What a challenge's page reads besides what every contribution's does: its times and its ideas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, String, bindparam, cast, literal, select

from ..contributions.cards import CARD_COLUMNS, TABLE
from ..core.fragments import language
from ..extensions import db
from ..municipalities.models import Unit
from ..reading.statements import C, newest_of, page_of
from .models import Challenge

ASKED, UNIT = Challenge.__table__, Unit.__table__
SHOWN = 6
CHALLENGE: Select[Any] = (
    page_of("challenge")
    .join(ASKED, ASKED.c.id == C.c.id)
    .outerjoin(UNIT, UNIT.c.id == ASKED.c.unit_id)
    .add_columns(
        ASKED.c.question, ASKED.c.opens_at, ASKED.c.closes_at, ASKED.c.idea_count,
        UNIT.c.name_nb, UNIT.c.name_nn, UNIT.c.name_en,
    )
)  # fmt: skip
ANSWERS: Select[Any] = (
    select(
        *CARD_COLUMNS,
        newest_of(literal("contribution:").concat(cast(TABLE.c.id, String))).label("stream"),
    )
    .where(
        TABLE.c.challenge_id == bindparam("challenge"),
        TABLE.c.hidden_at.is_(None),
        TABLE.c.withdrawn_at.is_(None),
    )
    .order_by(TABLE.c.published_at.desc(), TABLE.c.id.desc())
    .limit(SHOWN)
)


def ideas_for(challenge: int) -> Sequence[Row[Any]]:
    """Return the newest ideas that answer a challenge, each with its stream's newest number."""
    return db.session.execute(ANSWERS, {"challenge": challenge}).all()


def unit_of(row: Any) -> str:
    """Return who asks, in the page's language; "" when no unit is named."""
    return str(getattr(row, f"name_{language()}", "") or row.name_nb or "")
