"""Many at once: people whose requests all start together, and the books afterwards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask
from werkzeug.test import TestResponse

Deed = Callable[[], TestResponse]


def at_once(deeds: Sequence[Deed]) -> list[int]:
    """Do everything at the same moment; return the statuses in order."""
    start = Barrier(len(deeds))

    def do(deed: Deed) -> int:
        start.wait(30)
        return deed().status_code

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))


def assert_books_are_right(app: Flask) -> None:
    """Recount everything that is stored, and verify every chain, as the commands do."""
    for command in (["check"], ["ledger", "verify"]):
        done = app.test_cli_runner().invoke(args=command)
        assert done.exit_code == 0, done.output
