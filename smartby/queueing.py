"""A pool of connections in which whoever waits longest is next.

SQLAlchemy's gives a connection that comes back to whoever asks in that moment. On a busy server
that is somebody who has just been served, while others wait for seconds.
"""

from __future__ import annotations

import threading
from collections import deque
from typing import Any

from sqlalchemy.exc import TimeoutError as TooLong
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool


class FairPool(QueuePool):
    """A pool that hands its connections over in the order in which they were asked for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # One that its holder may take again: what is collected as garbage in the middle of
        # counting may be a connection that somebody forgot to give back.
        self._counter, self._free = threading.RLock(), self.size()
        self._line: deque[threading.Lock] = deque()  # each opens when it is one's turn

    def waiting(self) -> int:
        """Count those who wait for a connection."""
        return len(self._line)

    def _do_get(self) -> ConnectionPoolEntry:
        self._take_place()
        try:
            return super()._do_get()
        except BaseException:
            self._give_place()
            raise

    def _do_return_conn(self, record: ConnectionPoolEntry) -> None:
        try:
            super()._do_return_conn(record)
        finally:
            self._give_place()

    def _take_place(self) -> None:
        turn = threading.Lock()
        turn.acquire()
        with self._counter:
            if self._free:  # then nobody waits: a place that others wait for is handed over
                self._free -= 1
                return
            self._line.append(turn)
        came = False
        try:
            came = turn.acquire(timeout=self._timeout)
        finally:
            if not came:
                self._leave_line(turn)
        if not came:
            raise TooLong(f"no connection within {self._timeout} seconds")

    def _leave_line(self, turn: threading.Lock) -> None:
        with self._counter:
            if turn in self._line:
                self._line.remove(turn)
                return
        self._give_place()  # it was our turn in this very moment

    def _give_place(self) -> None:
        with self._counter:
            if self._line:
                self._line.popleft().release()
            else:
                self._free += 1
