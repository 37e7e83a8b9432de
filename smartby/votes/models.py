"""Support: one row per person and contribution; the primary key is the referee."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from ..core.models import Base, Timestamps


class Support(Timestamps, Base):
    """A person's support for a contribution."""

    __tablename__ = "support"
    __table_args__ = (
        Index("ix_support_user", "user_id", "contribution_id"),
        {"sqlite_with_rowid": False},
    )

    contribution_id: Mapped[int] = mapped_column(
        ForeignKey("contribution.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True
    )
