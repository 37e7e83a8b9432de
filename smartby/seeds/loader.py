"""Many rows at once: COPY on PostgreSQL, executemany on SQLite, past the ORM but in its formats."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Table, func, select, text

from ..extensions import db

Value = Any
BEHIND = text("SELECT setval(pg_get_serial_sequence(:table, 'id'), :last)")


class Loader:
    """Fills one table; columns that are not named get their model's default."""

    def __init__(self, table: Any, *columns: str) -> None:
        self.table: Table = table
        defaults = {
            column.name: column.default.arg
            for column in self.table.c
            if column.name not in columns
            and column.default is not None
            and column.default.is_scalar
        }
        self.columns = (*columns, *defaults)
        self.rest = tuple(defaults.values())
        self.waiting: list[tuple[Value, ...]] = []

    def add(self, *values: Value) -> None:
        """Keep a row until the next flush."""
        self.waiting.append(values + self.rest)

    def flush(self) -> None:
        """Write the kept rows, in the open transaction."""
        rows, self.waiting = self.waiting, []
        if not rows:
            return
        connection = db.session.connection()
        ready = self._bound(rows, connection.dialect)
        names = ", ".join(f'"{name}"' for name in self.columns)
        if connection.dialect.name == "postgresql":
            self._copy(connection.connection.driver_connection, names, ready)
        else:
            marks = ", ".join("?" * len(self.columns))
            statement = f"INSERT INTO {self.table.name} ({names}) VALUES ({marks})"  # noqa: S608
            connection.exec_driver_sql(statement, list(ready))

    def _copy(self, connection: Any, names: str, rows: Iterable[Sequence[Value]]) -> None:
        with connection.cursor() as cursor:
            statement = f'COPY "{self.table.name}" ({names}) FROM STDIN'
            with cursor.copy(statement) as copy:
                for row in rows:
                    copy.write_row(row)

    def _bound(self, rows: list[tuple[Value, ...]], dialect: Any) -> Iterable[tuple[Value, ...]]:
        """Turn values into what the driver stores, as the columns' types would."""
        columns: list[Iterable[Value]] = list(zip(*rows, strict=True))
        for place, name in enumerate(self.columns):
            kind = self.table.c[name].type
            process = kind.dialect_impl(dialect).bind_processor(dialect)
            if process is not None:
                columns[place] = map(process, columns[place])
        return zip(*columns, strict=True)


class Numbers:
    """Hands out a table's next ids; PostgreSQL's own counter is set behind them afterwards."""

    def __init__(self, table: Any) -> None:
        self.table: Table = table
        self.last: int = db.session.scalar(select(func.max(self.table.c.id))) or 0

    def take(self) -> int:
        """Return the next id."""
        self.last += 1
        return self.last

    def settle(self) -> None:
        """Let the database go on counting from here; inside a transaction."""
        if db.session.connection().dialect.name == "postgresql":
            last = {"table": self.table.name, "last": max(self.last, 1)}
            db.session.execute(BEHIND, last)
