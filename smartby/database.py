"""The ground: the typed base class, UTC time, and one session over two engines."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask_sqlalchemy.session import Session
from sqlalchemy import Connection, DateTime, Engine, MetaData
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, registry
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in time: aware on both sides, stored as UTC (SQLite would give it back naive)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a moment without a zone; store the rest as UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give every moment back as UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """What every model inherits."""

    # Flask-SQLAlchemy refuses a type_annotation_map on the class itself; the registry may carry it.
    registry = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={datetime: UtcDateTime()},
    )


class LaneSession(Session):
    """One session, two engines: reads are read-only until transaction() opens the write lane."""

    writing = False
    shared: Connection | None = None  # a transaction of several, in which this one is a savepoint

    def get_bind(  # type: ignore[override]
        self, mapper: Any = None, *, clause: Any = None, bind: Engine | None = None, **kw: Any
    ) -> Engine | Connection:
        """Choose the engine by what the session is doing, not by what it touches."""
        if bind is not None:
            return bind
        if self.writing and self.shared is not None:
            return self.shared
        engines: dict[str | None, Engine] = self._db.engines  # type: ignore[assignment]
        return engines[None if self.writing else "read"]
