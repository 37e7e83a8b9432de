"""Challenges: a problem or a call with a question, an owner, perhaps an opening and a deadline."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..contributions.models import Contribution
from ..municipalities.models import Unit


class Challenge(Contribution):
    """What the town, or somebody in it, asks for ideas about."""

    __tablename__ = "challenge"
    id: Mapped[int] = mapped_column(
        ForeignKey("contribution.id", ondelete="CASCADE"), primary_key=True
    )
    __mapper_args__ = {
        "polymorphic_identity": "challenge",
        "inherit_condition": id == Contribution.id,
    }

    question: Mapped[str] = mapped_column(String(200), default="")
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    idea_count: Mapped[int] = mapped_column(default=0)

    unit: Mapped[Unit | None] = relationship()

    @property
    def named(self) -> str:
        """Its title and its question: readers see the question, so they search for it too."""
        return f"{self.title}\n{self.question}"

    def is_open(self, moment: datetime) -> bool:
        """Tell whether the challenge takes new ideas at this moment."""
        return takes_ideas(self, moment)


def takes_ideas(challenge: Any, moment: datetime) -> bool:
    """Tell whether a challenge, or its row, takes new ideas at this moment."""
    opened = challenge.opens_at is None or challenge.opens_at <= moment
    closed = challenge.closes_at is not None and challenge.closes_at <= moment
    stands = challenge.withdrawn_at is None and challenge.hidden_at is None
    return opened and not closed and stands


def state_of(challenge: Any, moment: datetime) -> str:
    """Tell where a challenge, or its row, is in its time: coming, open or closed."""
    if challenge.opens_at is not None and challenge.opens_at > moment:
        return "coming"
    closed = challenge.closes_at is not None and challenge.closes_at <= moment
    return "closed" if closed else "open"
