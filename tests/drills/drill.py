"""A drill: people act and pages are open; then something breaks, and afterwards stock is taken."""

from __future__ import annotations

import time
from contextlib import ExitStack
from typing import Any, Self

from tests.drills.invariants import Invariants, take_stock
from tests.drills.listeners import Listeners
from tests.drills.pages import Page
from tests.drills.stack import Stack
from tests.drills.voters import Voters

SOME = 50  # acts before something breaks, and after


class Drill:
    """A stack with people and pages on it, inside a with block."""

    def __init__(self, db: str, **options: Any) -> None:
        self.stack = Stack(db, **options)
        self.recovered_at = 0.0

    def __enter__(self) -> Self:
        with ExitStack() as running:
            running.enter_context(self.stack)
            self.voters = Voters(self.stack)
            self.voters.enter()
            self.pages = Listeners(self.stack)
            self.pages.begin()
            running.callback(lambda: self.pages.end())
            self.voters.begin()
            running.callback(self._stop)
            self.recovered_at = time.monotonic()
            self.voters.do(SOME)
            self.running = running.pop_all()
        return self

    def __exit__(self, *_error: object) -> None:
        self.running.close()

    def goes_on(self, more: int = SOME) -> None:
        """Let so many more acts be done."""
        self.voters.do(more)

    def recovers(self) -> None:
        """Wait until what was broken works again: from now on nothing may fail."""
        self.stack.waits_until_ready()
        self.recovered_at = time.monotonic()

    def resumes(self) -> None:
        """Let people go on after stock was taken, on pages that are opened anew."""
        self.pages.end()
        self.pages = Listeners(self.stack)
        self.pages.begin()
        self.voters.begin()

    def ends(self) -> Invariants:
        """Stop acting, wait until all pages are right, and take stock."""
        self.voters.stop()
        converged = self.pages.converge()
        since = self.recovered_at
        failures = self.voters.failures_since(since) + self.pages.failures_since(since)
        return take_stock(
            self.stack, self.voters, leaks=self.pages.leaks, converged=converged, failures=failures
        )

    def control_goes_wrong(self) -> list[Page]:
        """Return the pages of the control group that are wrong in the end; there must be some."""
        self.voters.stop()
        self.pages.converge()
        wrong = self.pages.wrong(self.pages.control)
        assert wrong, "the control group is right too: the drill proves nothing"
        return wrong

    @property
    def figures(self) -> str:
        """What else there is to tell."""
        pages = self.pages
        return (
            f"acked={self.voters.acked} retries={self.voters.retries}"
            f" overdue={self.stack.overdue}"
            f" fetched={sum(page.fetched for page in pages.good)}"
            f" reloads={sum(page.reloads for page in pages.good)}"
        )

    def _stop(self) -> None:
        for each in self.voters.all:
            each.stopped.set()
