"""Each test starts from the same data: a golden copy, put back in about a millisecond."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol

import psycopg
from sqlalchemy import Engine, MetaData, event

WRITES = re.compile(r'(?i)\b(INSERT\s+INTO|UPDATE|DELETE\s+FROM|COPY|TRUNCATE)\s+"?(\w+)"?')
COLUMNS = """
    SELECT table_name, string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position)
    FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND is_generated = 'NEVER'
    GROUP BY table_name"""
SEQUENCES = """
    SELECT c.table_name, pg_get_serial_sequence(quote_ident(c.table_name), c.column_name)
    FROM information_schema.columns c
    JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE table_schema = 'public' AND t.table_type = 'BASE TABLE'
    AND pg_get_serial_sequence(quote_ident(c.table_name), c.column_name) IS NOT NULL"""


class Golden(Protocol):
    def changed(self) -> bool: ...

    def restore(self) -> None: ...

    def close(self) -> None: ...


class SqliteGolden:
    """The whole file, kept in memory and copied back by SQLite's own backup."""

    def __init__(self, path: Path) -> None:
        self.file = sqlite3.connect(path)
        self.copy = sqlite3.connect(":memory:")
        self.file.backup(self.copy)
        self.version = self._version()

    def changed(self) -> bool:
        """Tell whether anybody has committed something since the copy was last the same."""
        return self._version() != self.version

    def restore(self) -> None:
        self.copy.backup(self.file)
        self.version = self._version()

    def _version(self) -> int:
        # SQLite counts what others commit, whoever they are.
        return int(self.file.execute("PRAGMA data_version").fetchone()[0])

    def close(self) -> None:
        self.copy.close()
        self.file.close()


class PostgresGolden:
    """A schema of copies; only the tables that a test wrote to are refilled from it."""

    def __init__(self, engine: Engine, metadata: MetaData, schema: str = "golden") -> None:
        self.schema = schema
        self.dirty: set[str] = set()
        self.metadata = metadata
        self.engine = engine
        url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        self.connection = psycopg.connect(url, autocommit=True)
        self.refills = self._copy_everything()
        event.listen(engine, "before_cursor_execute", self._note)

    def changed(self) -> bool:
        """Tell whether anything may have been written; what was taken back counts sequences on."""
        return bool(self.dirty)

    def restore(self) -> None:
        tables = sorted(self._reached(self.dirty) & self.refills.keys())
        self.dirty = set()
        if tables:
            steps = "".join(self.refills[table] for table in tables)
            # As replica, so that neither foreign keys nor triggers fire while the data goes back.
            start = "BEGIN; SET LOCAL session_replication_role = replica;"
            self.connection.execute(f"{start} {steps} COMMIT".encode())

    def close(self) -> None:
        event.remove(self.engine, "before_cursor_execute", self._note)
        self.connection.execute(f"DROP SCHEMA {self.schema} CASCADE".encode())
        self.connection.close()

    def _copy_everything(self) -> dict[str, str]:
        run = self.connection.execute
        run(f"CREATE SCHEMA {self.schema}".encode())
        refills = {}
        for table, columns in run(COLUMNS).fetchall():
            run(f'CREATE TABLE {self.schema}."{table}" AS TABLE public."{table}"'.encode())
            refills[table] = (
                f'DELETE FROM "{table}"; INSERT INTO "{table}" ({columns}) '
                f'OVERRIDING SYSTEM VALUE SELECT {columns} FROM {self.schema}."{table}";'
            )
        for table, sequence in run(SEQUENCES).fetchall():
            value = run(f"SELECT last_value, is_called FROM {sequence}".encode()).fetchone()
            assert value is not None
            refills[table] += f" SELECT setval('{sequence}', {value[0]}, {value[1]});"
        return refills

    def _note(self, _connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        self.dirty.update(table for _verb, table in WRITES.findall(statement))

    def _reached(self, tables: Iterable[str]) -> set[str]:
        """Return the tables and those that foreign keys with an ON DELETE rule lead to."""
        reached = set(tables)
        while True:
            more = {
                table.name
                for table in self.metadata.tables.values()
                for key in table.foreign_keys
                if key.ondelete and key.column.table.name in reached
            }
            if more <= reached:
                return reached
            reached |= more
