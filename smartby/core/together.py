"""Transactions that are committed together: each in a savepoint of its own, all answered after.

A commit waits for the disk, and in a hall everybody waits for the same row. So those who come while
one has its turn are let in after it, and one commit serves them all.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from weakref import WeakValueDictionary

from sqlalchemy import Connection

from ..extensions import db, socketio
from .errors import Busy
from .lanes import is_open

MOST = 20  # members of a group: the first of them waits for the last
LONGEST = 0.2  # seconds until no more are let in: other processes wait for the same file or row


class Group:
    """A transaction that several share, and how it ended."""

    def __init__(self) -> None:
        self.connection: Connection = db.engine.connect()
        try:
            self.root = self.connection.begin()
        except BaseException:
            self.connection.close()
            raise
        self.begun, self.members, self.ended = time.monotonic(), 0, threading.Event()
        self.committed = False
        self.failure: Exception = Busy()  # unless the commit says why

    @property
    def is_full(self) -> bool:
        """Tell whether those who are in should wait for nobody else."""
        late = time.monotonic() - self.begun > LONGEST
        return late or self.members >= MOST or not is_open(self.connection)

    def end(self) -> None:
        """Commit what all have written, or nothing of it."""
        try:
            if is_open(self.connection):
                self.root.commit()
                self.committed = True
        except Exception as error:
            self.failure = error
        finally:
            self.connection.close()
            self.ended.set()


class Lane:
    """Where one after the other has a turn."""

    def __init__(self) -> None:
        self.turn = threading.Lock()
        self.group: Group | None = None

    @contextmanager
    def member(self) -> Iterator[Connection]:
        """Have a turn in a transaction that others share; go on when that was committed."""
        with self.turn:
            group = self.group or self._open()
            group.members += 1
            try:
                yield group.connection
            finally:
                if group.is_full:
                    self._end(group)
        group.ended.wait()
        if not group.committed:
            raise group.failure

    def _open(self) -> Group:
        self.group = group = Group()
        # Nobody's own task: whoever is cut off in the middle keeps the others from nothing.
        socketio.start_background_task(self._end_in_turn, group)
        return group

    def _end_in_turn(self, group: Group) -> None:
        time.sleep(0)  # whoever is ready comes in first; when nobody is, this takes no time
        with self.turn:
            self._end(group)

    def _end(self, group: Group) -> None:
        if self.group is group:
            self.group = None
            group.end()


_lanes: WeakValueDictionary[str, Lane] = WeakValueDictionary()


@contextmanager
def together(name: str) -> Iterator[Connection | None]:
    """Share a transaction with all of the same name; with "" have one of one's own."""
    if not name:
        yield None
        return
    lane = _lanes.setdefault(name, Lane())
    with lane.member() as connection:
        yield connection
