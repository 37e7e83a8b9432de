"""What every room's models are built from, and the tables that belong to the core itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from ..database import Base, UtcDateTime
from .clock import now

__all__ = ["Base", "Idempotency", "Outbox", "Stream", "Timestamps", "TownOwned", "UtcDateTime"]


class Timestamps:
    """When a row was made."""

    created_at: Mapped[datetime] = mapped_column(default=now)


class Lockable:
    """A parent row: `seq` counts every change under it and is the lock; `version` is its text's."""

    seq: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)


class TownOwned:
    """A row that belongs to one municipality and is never seen from another."""

    @declared_attr
    def municipality_id(cls) -> Mapped[int]:
        """The municipality's id."""
        return mapped_column(ForeignKey("municipality.id"), index=True)


class Stream(Base):
    """An audience and the number of its newest event."""

    __tablename__ = "stream"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), default=0)


class Outbox(Base):
    """What happened, small: type, ids and totals; numbered without gaps within its stream."""

    __tablename__ = "outbox"

    stream: Mapped[str] = mapped_column(String(80), primary_key=True)
    seq: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    )
    type: Mapped[str] = mapped_column(String(60))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(default=now, index=True)


class Idempotency(Base):
    """One effect for each key of an actor, and what it led to."""

    __tablename__ = "idempotency"

    actor: Mapped[str] = mapped_column(String(60), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    result: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    created_at: Mapped[datetime] = mapped_column(default=now, index=True)
