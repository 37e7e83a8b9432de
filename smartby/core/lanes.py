"""How the two engines open: SQLite's cooperative writer lane and its read-only twin."""

from __future__ import annotations

import random
import sqlite3
import time
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import OperationalError, TimeoutError

from . import alive, holding
from .errors import Busy

WAIT = 10.0  # seconds a writer waits for the lane, or for a lock, before it gives up


def prepare(write: Engine, read: Engine) -> None:
    """Give both engines their connection settings (once per engine)."""
    if write.dialect.name != "sqlite":
        for engine in (write, read):
            holding.prepare(engine)
            alive.prepare(engine)
        return
    event.listen(write, "connect", _connect_write)
    event.listen(read, "connect", _connect_read)
    event.listen(write, "begin", _begin_immediate)
    event.listen(read, "begin", _begin_deferred)


def _pragmas(connection: Any, *lines: str) -> None:
    cursor = connection.cursor()
    for line in lines:
        cursor.execute(f"PRAGMA {line}")
    cursor.close()


def _connect_write(connection: Any, _record: Any) -> None:
    # busy_timeout=0: SQLite's own wait would freeze every greenlet of the process.
    _pragmas(connection, "busy_timeout=0", "foreign_keys=ON", "synchronous=FULL")


def _connect_read(connection: Any, _record: Any) -> None:
    _pragmas(connection, "busy_timeout=100", "foreign_keys=ON", "query_only=ON")


def _begin_deferred(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _begin_immediate(connection: Connection) -> None:
    deadline = time.monotonic() + WAIT
    while True:
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            return
        except OperationalError as error:
            if not is_locked(error):
                raise
            if time.monotonic() > deadline:
                raise Busy from error
        time.sleep(random.uniform(0.001, 0.020))  # noqa: S311 - jitter, not a secret


def is_open(connection: Connection) -> bool:
    """Tell whether a transaction that was begun still is one: a full disk ends SQLite's by itself.

    Committing it then would say yes to nothing.
    """
    if connection.invalidated:
        return False
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        return bool(driver.in_transaction)
    return bool(driver.info.transaction_status.name == "INTRANS")


def is_locked(error: BaseException) -> bool:
    """Tell whether another process holds SQLite's write lock."""
    # By code: a message may quote a column's name, and "blocked_at" has a lock in it.
    cause = getattr(error, "orig", error)
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def is_away(error: BaseException) -> bool:
    """Tell whether the database cannot be asked just now; nothing is wrong with the question."""
    if isinstance(error, TimeoutError) or is_locked(error):
        return True
    cause = getattr(error, "orig", None)
    if not isinstance(cause, psycopg.OperationalError):
        return False
    # Without a state of PostgreSQL's own it was not PostgreSQL that answered.
    return (cause.sqlstate or "08").startswith(("08", "57P"))


def is_retryable(error: BaseException) -> bool:
    """Tell whether PostgreSQL asks for the transaction to be run again (40001, 40P01)."""
    return getattr(getattr(error, "orig", None), "sqlstate", None) in ("40001", "40P01")


def is_lock_timeout(error: BaseException | None) -> bool:
    """Tell whether PostgreSQL gave up waiting for a lock or a statement (55P03, 57014)."""
    return getattr(getattr(error, "orig", None), "sqlstate", None) in ("55P03", "57014")
