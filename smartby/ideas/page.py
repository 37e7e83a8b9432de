"""What an idea's page reads besides what every contribution's does: the challenge it answers."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func
from sqlalchemy.orm import aliased

from ..challenges.models import Challenge
from ..contributions.models import Contribution
from ..reading.statements import C, page_of

ASKED = aliased(Contribution)
CALL = Challenge.__table__
IDEA: Select[Any] = (
    page_of("idea")
    .outerjoin(ASKED, ASKED.id == C.c.challenge_id)
    .outerjoin(CALL, CALL.c.id == C.c.challenge_id)
    .add_columns(
        # A challenge is named by its question, everywhere.
        func.coalesce(func.nullif(CALL.c.question, ""), ASKED.title).label("challenge"),
        ASKED.lang.label("challenge_lang"),
        ASKED.hidden_at.label("challenge_hidden_at"),
    )
)
