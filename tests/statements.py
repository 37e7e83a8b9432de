"""Counting what a request asks the database: the same whether there is little or much in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import event

from smartby.extensions import db

# The last is how kept pages ask whether anything was committed; it reads no table.
SILENT = (
    "PRAGMA",
    "BEGIN",
    "COMMIT",
    "ROLLBACK",
    "SAVEPOINT",
    "RELEASE",
    "SELECT PG_CURRENT_SNAPSHOT",
)


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    """Collect the statements that are sent to either engine; nothing comes from memory at first."""
    for memory in ("smartby-kept", "smartby-recalled"):
        app.extensions[memory].clear()
    with app.app_context():
        engines = list(db.engines.values())
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.lstrip().upper().startswith(SILENT):
            sent.append(statement)

    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)
