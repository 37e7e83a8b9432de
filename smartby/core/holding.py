"""When an answer of PostgreSQL is awaited on the spot, and when others have their turn meanwhile.

Handing the processor on costs more than most answers take: a tenth of a millisecond, if the
database is near. So an answer is awaited for a moment, as SQLite's always is; only what has not
come by then lets others have their turn. Where answers use to come later, nothing is awaited.

Whoever holds a row that others wait for does not let other people's pages come in between: between
taking it and committing, answers are awaited longer. A turn would be tens of milliseconds in a full
hall.
"""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg import waiting
from psycopg.errors import _WaitTimeout
from sqlalchemy import Connection, Engine, event

SOON = 0.001  # seconds in which a near database answers most of what a page asks
LONGEST = 0.02  # seconds that all others are kept waiting for a holder, if the database is slow
LEARNED_FROM = 16  # answers, some


class Nearness:
    """How often this process's answers have come soon, of late."""

    def __init__(self) -> None:
        self.share, self.asked = 1.0, 0

    def worth_a_moment(self) -> bool:
        """Tell whether the next answer should be awaited; a far database is tried now and then."""
        self.asked += 1
        return self.share > 0.5 or self.asked % LEARNED_FROM == 0

    def learn(self, came: bool) -> None:
        """Note whether an answer that was awaited came in time."""
        self.share += (came - self.share) / LEARNED_FROM


nearness = Nearness()


class Holder(psycopg.Connection[Any]):
    """A connection that awaits its answers on the spot: a moment's, and longer while it holds."""

    holds = False

    def wait(self, gen: Any, *args: Any, **kwargs: Any) -> Any:
        """Drive what is asked to its end; what does not come soon lets others have their turn."""
        # Writing is not near, even where reading is: for a row and for the disk one waits longer.
        if self.holds:
            longest = LONGEST
        elif self.autocommit and nearness.worth_a_moment():
            longest = SOON
        else:
            return super().wait(gen, *args, **kwargs)
        try:
            found = waiting.wait_c(gen, self.pgconn.socket, longest, longest)
        except _WaitTimeout:
            nearness.learn(False)
            left: Any = _Resumed(gen)
            return super().wait(left, *args, **kwargs)
        nearness.learn(True)
        return found


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
