"""Whoever holds a row that others wait for does not let other people's pages come in between.

Each statement on PostgreSQL hands the processor to whatever else is ready in the process, and gets
it back after all of that has had its turn: tens of milliseconds in a full hall, while a statement
takes a tenth of one. Between taking a row and committing, answers are awaited on the spot instead.
"""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg import waiting
from psycopg.errors import _WaitTimeout
from sqlalchemy import Connection, Engine, event

LONGEST = 0.02  # seconds that all others are kept waiting for one answer, if the database is slow


class Holder(psycopg.Connection[Any]):
    """A connection that awaits its answers on the spot while it holds something."""

    holds = False

    def wait(self, gen: Any, *args: Any, **kwargs: Any) -> Any:
        """Drive what is asked to its end; let others have their turn unless something is held."""
        if not self.holds:
            return super().wait(gen, *args, **kwargs)
        try:
            return waiting.wait_c(gen, self.pgconn.socket, LONGEST, LONGEST)
        except _WaitTimeout:
            left: Any = _Resumed(gen)
            return super().wait(left, *args, **kwargs)


class _Resumed:
    """What was asked for and has not come yet, as psycopg would begin to wait for it."""

    def __init__(self, gen: Any) -> None:
        self.send = gen.send

    def __next__(self) -> Any:
        return self.send(waiting.READY_NONE)


def prepare(engine: Engine) -> None:
    """Give an engine on PostgreSQL such connections (once per engine)."""
    event.listen(engine, "do_connect", _connect)
    event.listen(engine, "commit", _let_go)
    event.listen(engine, "rollback", _let_go)


def hold(connection: Connection) -> None:
    """From here until the transaction ends, answers are awaited on the spot."""
    driver = connection.connection.driver_connection
    if isinstance(driver, Holder):
        driver.holds = True


def _connect(_dialect: Any, _record: Any, cargs: Any, cparams: Any) -> Holder:
    return Holder.connect(*cargs, **cparams)


def _let_go(connection: Connection) -> None:
    # Before the commit itself: that waits for the disk, and others may have their turn meanwhile.
    if not connection.invalidated:
        driver = connection.connection.driver_connection
        if isinstance(driver, Holder):
            driver.holds = False
