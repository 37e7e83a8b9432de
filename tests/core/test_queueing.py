"""Connections are given in the order in which they were asked for."""

from __future__ import annotations

import sqlite3
import threading
import time

import pytest
from sqlalchemy.exc import TimeoutError as TooLong

from smartby.queueing import FairPool

LONG = 30.0


def _opens() -> sqlite3.Connection:
    return sqlite3.connect(":memory:", check_same_thread=False)


def _pool(timeout: float = LONG) -> FairPool:
    return FairPool(_opens, pool_size=1, max_overflow=0, timeout=timeout)


def _until_waiting(pool: FairPool, count: int) -> None:
    until = time.monotonic() + LONG
    while pool.waiting() < count:
        assert time.monotonic() < until
        time.sleep(0)


def test_whoever_has_just_been_served_comes_after_those_who_wait() -> None:
    pool, served = _pool(), []
    had = pool.connect()

    def asks(name: str) -> None:
        taken = pool.connect()
        served.append(name)
        taken.close()

    waiting = [threading.Thread(target=asks, args=(name,)) for name in ("first", "second")]
    for count, thread in enumerate(waiting, 1):
        thread.start()
        _until_waiting(pool, count)
    had.close()
    asks("the one who had it")
    for thread in waiting:
        thread.join(LONG)
    assert served == ["first", "second", "the one who had it"]


def test_who_has_waited_in_vain_takes_no_place_with_them() -> None:
    pool = _pool(timeout=0.01)
    had = pool.connect()
    with pytest.raises(TooLong):
        pool.connect()
    assert pool.waiting() == 0
    had.close()
    pool.connect().close()


def test_a_connection_that_cannot_be_opened_leaves_its_place() -> None:
    away = True

    def opens() -> sqlite3.Connection:
        if away:
            raise sqlite3.OperationalError("away")
        return _opens()

    pool = FairPool(opens, pool_size=1, max_overflow=0, timeout=0.01)
    for _time in range(2):
        with pytest.raises(sqlite3.OperationalError):
            pool.connect()
    away = False
    pool.connect().close()


def test_one_that_died_is_replaced_and_its_place_goes_on() -> None:
    pool = _pool(timeout=0.01)
    taken = pool.connect()
    taken.invalidate()
    pool.connect().close()
    again = pool.recreate()
    again.connect().close()
