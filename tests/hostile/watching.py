"""What is watched while requests are sent: what they write, what is logged, what a check reads."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from sqlalchemy import Engine, event

from tests.golden import WRITES

WORD = re.compile(r"\w+")


class Notes:
    """Which tables were written to: by what was committed, and not taken back before that."""

    def __init__(self) -> None:
        self.written: set[str] = set()
        self.waiting: set[str] = set()
        self.saved: dict[str, set[str]] = {}  # what waited at each savepoint: halls make them

    def write(self, _connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        self.waiting.update(table for _verb, table in WRITES.findall(statement))

    def commit(self, _connection: Any) -> None:
        self.written.update(self.waiting)
        self.waiting.clear()

    def rollback(self, _connection: Any) -> None:
        self.waiting.clear()

    def save(self, _connection: Any, name: str) -> None:
        self.saved[name] = set(self.waiting)

    def back(self, _connection: Any, name: str, _context: Any) -> None:
        self.waiting.intersection_update(self.saved.get(name, ()))

    @contextmanager
    def listening(self, engine: Engine) -> Iterator[None]:
        """Note what is written by this engine inside a with block."""
        heard = {
            "before_cursor_execute": self.write, "commit": self.commit,
            "rollback": self.rollback, "savepoint": self.save, "rollback_savepoint": self.back,
        }  # fmt: skip
        with ExitStack() as stack:
            for name, listener in heard.items():
                stack.enter_context(_heard(engine, name, listener))
            yield


class Ear(logging.Handler):
    """Hears what would be written to the log about something that broke."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info or record.levelno >= logging.ERROR:
            self.heard.append(self.format(record))

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Collect what is logged inside a with block."""
        logging.getLogger().addHandler(self)
        try:
            yield
        finally:
            logging.getLogger().removeHandler(self)


@contextmanager
def words(engine: Engine) -> Iterator[set[str]]:
    """Collect every word of the statements that an engine runs inside a with block."""
    found: set[str] = set()

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        found.update(WORD.findall(statement))

    with _heard(engine, "before_cursor_execute", note):
        yield found


@contextmanager
def _heard(engine: Engine, name: str, listener: Callable[..., None]) -> Iterator[None]:
    event.listen(engine, name, listener)
    try:
        yield
    finally:
        event.remove(engine, name, listener)
