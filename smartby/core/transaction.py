"""The only place that commits: one transaction, its facts, its listeners, its outbox rows."""

from __future__ import annotations

import logging
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from typing import Any, ParamSpec, TypeVar

from sqlalchemy import Connection, Table, Update, bindparam, inspect, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from ..extensions import db
from . import versions
from .errors import Busy, Gone
from .holding import hold
from .lanes import WAIT, is_lock_timeout, is_locked, is_retryable
from .models import Base
from .outbox import Post, write_outbox
from .together import together

P = ParamSpec("P")
R = TypeVar("R")
Fact = TypeVar("Fact")
Listener = Callable[[Any], None]
RETRIES = 3

log = logging.getLogger(__name__)
_together: dict[type, list[Listener]] = defaultdict(list)
_after: dict[type, list[Listener]] = defaultdict(list)
_bells: list[Callable[[dict[str, int]], None]] = []


class Tx:
    """What one transaction has announced and posted so far."""

    def __init__(self) -> None:
        self.facts: list[object] = []
        self.posts: list[Post] = []
        self.heads: dict[str, int] = {}


@contextmanager
def transaction() -> Iterator[Tx]:
    """Open the write lane: begin, yield, number the outbox, commit; then ring and run listeners.

    Raises Busy when the lane or a lock cannot be had in time.
    """
    session = db.session()
    _refuse_misuse(session)
    tx = Tx()
    # Ends the read snapshot and expires what was loaded: rights are judged on what is true now.
    session.rollback()
    session.expire_all()
    with together(session.info.get("together", "")) as shared, _writing(session, tx, shared):
        yield tx
        session.flush()
        tx.heads = write_outbox(session, tx.posts)
        session.commit()
        session.info["heads"] = tx.heads
    _ring(tx.heads)
    _run_after(tx.facts)


@contextmanager
def _writing(session: Any, tx: Tx, shared: Connection | None) -> Iterator[None]:
    session.writing, session.shared = True, shared
    session.info["tx"] = tx
    versions.forget()
    try:
        session.connection()
        yield
    except BaseException as error:  # also GreenletExit and gevent.Timeout
        session.rollback()
        if is_locked(error) or is_lock_timeout(error):
            raise Busy from error
        raise
    finally:
        session.writing, session.shared = False, None
        session.info.pop("tx", None)


def perform(action: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
    """Run an action in a transaction; run it again when the database asks for that (deadlock).

    Nor is whoever waited for a lock sent away before their time: PostgreSQL's queue for a hot row
    is not fair, and a few who come first each time would let one of many meet its timeouts.
    """
    deadline = time.monotonic() + WAIT
    for attempt in count():
        try:
            return _run(action, *args, **kwargs)
        except Busy as busy:
            if not is_lock_timeout(busy.__cause__) or time.monotonic() > deadline:
                raise
        except DBAPIError as error:
            if not is_retryable(error) or attempt >= RETRIES:
                raise
            time.sleep(random.uniform(0.005, 0.05) * (attempt + 1))  # noqa: S311
    raise AssertionError("unreachable")


def _run(action: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    with transaction():
        return action(*args, **kwargs)


def current() -> Tx:
    """Return the open transaction; RuntimeError outside one."""
    tx: Tx | None = db.session().info.get("tx")
    if tx is None:
        raise RuntimeError("this belongs inside a transaction()")
    return tx


def announce(fact: object) -> None:
    """Tell the other rooms what has happened: some listeners act now, some after the commit."""
    tx = current()
    for listener in _together[type(fact)]:
        listener(fact)
    tx.facts.append(fact)


def post(stream: str, type: str, **payload: Any) -> None:  # noqa: A002 - the field's own name
    """Queue an event for an audience; it is numbered and written last, before the commit."""
    current().posts.append(Post(stream, type, payload))


def commit_together(name: str) -> None:
    """Let this session's transactions be committed together with others of the same name.

    For many who lock the same row first, at the same time: nothing of theirs is half done, nobody's
    refusal is anybody else's, and all are answered after the commit.
    """
    db.session().info["together"] = name


def answer_tab(tab: str) -> None:
    """Note which tab is answered what it changes: it need not be told of it as well."""
    db.session().info["tab"] = tab[:40]


def answered_tab() -> str:
    """Return the tab that is answered by itself, "" when it is not known."""
    tab: str = db.session().info.get("tab", "")
    return tab


def reached(stream: str) -> int | None:
    """Return the number of the newest event that this session's last transaction posted there."""
    found: int | None = db.session().info.get("heads", {}).get(stream)
    return found


def together_with(fact: type[Fact]) -> Callable[[Callable[[Fact], None]], Callable[[Fact], None]]:
    """Register a listener in the same transaction; if it fails, everything is rolled back."""

    def register(listener: Callable[[Fact], None]) -> Callable[[Fact], None]:
        if listener not in _together[fact]:
            _together[fact].append(listener)
        return listener

    return register


def after(fact: type[Fact]) -> Callable[[Callable[[Fact], None]], Callable[[Fact], None]]:
    """Register a listener after the commit; if it fails, that is logged and undoes nothing."""

    def register(listener: Callable[[Fact], None]) -> Callable[[Fact], None]:
        if listener not in _after[fact]:
            _after[fact].append(listener)
        return listener

    return register


def on_ring(bell: Callable[[dict[str, int]], None]) -> None:
    """Have a bell rung with {stream: newest number} after each commit."""
    if bell not in _bells:
        _bells.append(bell)


def lock(*parents: Base) -> None:
    """Lock parent rows in (table, id) order, counting each one's seq up, and refresh the objects.

    Raises Gone when a row is gone.
    """
    session = db.session()
    for parent in sorted(parents, key=_place):
        names, statement = _lock_statement(type(parent))
        row = session.execute(statement, {"wanted": _number(parent)}).one_or_none()
        if row is None:
            raise Gone
        for name, value in zip(names, row, strict=True):
            set_committed_value(parent, name, value)
    hold(session.connection())


def _place(parent: Base) -> tuple[str, int]:
    return str(inspect(type(parent)).base_mapper.local_table), _number(parent)


def _number(parent: Base) -> int:
    identity = inspect(parent).identity
    if identity is None:
        raise TypeError("only what is stored can be locked")
    return int(identity[0])


@cache
def _lock_statement(model: type[Base]) -> tuple[list[str], Update]:
    mapper = inspect(model)
    table = mapper.base_mapper.local_table
    if not isinstance(table, Table):
        raise TypeError(f"{model.__name__} has no table of its own to lock")
    statement = update(table).where(table.c.id == bindparam("wanted")).values(seq=table.c.seq + 1)
    names = [mapper.get_property_by_column(column).key for column in table.c]
    return names, statement.returning(*table.c)


def _refuse_misuse(session: Session) -> None:
    if session.writing:  # type: ignore[attr-defined]
        raise RuntimeError("transactions do not nest")
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("something was changed outside transaction()")


def _ring(heads: dict[str, int]) -> None:
    if heads:
        for bell in _bells:
            bell(heads)


def _run_after(facts: list[object]) -> None:
    for fact in facts:
        for listener in _after[type(fact)]:
            try:
                listener(fact)
            except Exception:
                log.exception("after-listener %s failed", listener.__qualname__)
