"""What an idea's page reads besides what every contribution's does: the challenge it answers."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import aliased

from ..contributions.models import Contribution
from ..reading.statements import C, page_of

ASKED = aliased(Contribution)
IDEA: Select[Any] = (
    page_of("idea")
    .outerjoin(ASKED, ASKED.id == C.c.challenge_id)
    .add_columns(
        ASKED.title.label("challenge"),
        ASKED.lang.label("challenge_lang"),
        ASKED.hidden_at.label("challenge_hidden_at"),
    )
)
