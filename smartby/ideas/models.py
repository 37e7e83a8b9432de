"""Ideas: a proposed solution that travels the pipeline and may answer one challenge."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..challenges.models import Challenge
from ..contributions.models import Contribution


class Idea(Contribution):
    """A proposed solution."""

    __tablename__ = "idea"
    id: Mapped[int] = mapped_column(
        ForeignKey("contribution.id", ondelete="CASCADE"), primary_key=True
    )
    __mapper_args__ = {"polymorphic_identity": "idea", "inherit_condition": id == Contribution.id}

    challenge: Mapped[Challenge | None] = relationship(
        foreign_keys=[Contribution.challenge_id],
        primaryjoin=Contribution.challenge_id == Challenge.id,
        remote_side=[Challenge.id],
    )
