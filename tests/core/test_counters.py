"""Counting for limits where there is no Redis: in the window, forgotten after it, no thread."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import time_machine
from limits import parse
from limits.strategies import FixedWindowRateLimiter

from smartby.counters import Counters

RATE = parse("2/10 seconds")
MOMENT = datetime(2026, 11, 25, 18, tzinfo=UTC).timestamp()


def test_what_is_beyond_the_rate_is_refused_until_the_window_is_over() -> None:
    limiter = FixedWindowRateLimiter(Counters())
    with time_machine.travel(MOMENT, tick=False) as clock:
        assert [limiter.hit(RATE, "deed", "p:1") for _ in range(3)] == [True, True, False]
        assert limiter.hit(RATE, "deed", "p:2")
        clock.shift(11)
        assert limiter.hit(RATE, "deed", "p:1")


def test_what_has_run_out_is_forgotten_and_no_thread_is_needed_for_it() -> None:
    counters = Counters()
    counters.timer.join()
    limiter, threads = FixedWindowRateLimiter(counters), threading.active_count()
    with time_machine.travel(MOMENT, tick=False) as clock:
        for number in range(50):
            limiter.hit(RATE, "deed", f"p:{number}")
        assert threading.active_count() <= threads
        assert len(counters.storage) == 50
        clock.shift(11)
        limiter.hit(RATE, "deed", "somebody")
        assert len(counters.storage) == 1
