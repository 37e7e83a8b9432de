"""The pages that are open while things break: readers of an idea, phones, and projectors.

A control group never asks for what it has missed: where it ends right too, a drill proves nothing.
"""

from __future__ import annotations

from tests.drills.pages import Page, fresh
from tests.drills.stack import Stack, until

LONGEST = 30.0  # seconds; the goal is five, and machines that run tests are busy


class Listeners:
    """All the pages; some of them never ask."""

    def __init__(self, stack: Stack, each: int = 4, control: int = 4) -> None:
        self.stack = stack
        places = [(*place, n) for n in range(each) for place in self._places(n)]
        self.good = [
            Page(stack, n, streams, cookies) for n, (streams, cookies, _n) in enumerate(places)
        ]
        public = [(f"contribution:{stack.idea}",), *(place[0] for place in places[1:2])]
        wall = places[1][1]
        self.control = [Page(stack, n, sum(public, ()), wall) for n in range(control)]
        for page in self.control:
            page.asks = False
        self.all = [*self.good, *self.control]

    def _places(self, n: int) -> list[tuple[tuple[str, ...], dict[str, str]]]:
        runs = self.stack.hall["runs"]
        found: list[tuple[tuple[str, ...], dict[str, str]]] = [
            ((f"contribution:{self.stack.idea}",), {})
        ]
        for run in (runs["wall"], runs["dots"], runs["quiet"]):
            number, (who, secret) = run["run"], run["guests"][n % len(run["guests"])]
            phone = {f"smartby-workshop-{number}": secret}
            found.append(((f"room:{number}", f"participant:{who}"), phone))
        number = runs["dots"]["run"]
        projector = {f"smartby-screen-{number}": runs["dots"]["screen"]}
        return [*found, ((f"room:{number}:screen",), projector)]

    def begin(self) -> None:
        """Open all pages."""
        for page in self.all:
            page.start()
        until(lambda: all(page.first for page in self.all), "all pages are open")

    def drop_half(self, seconds: float = 1.5) -> None:
        """Let every other page lose its network for a while; all of the control group."""
        for page in [*self.good[::2], *self.control]:
            page.drop(seconds)

    def converge(self) -> float:
        """Wait until all pages have caught up, and see that they show what a new page would.

        Return the seconds that catching up took.
        """
        took = until(lambda: not self.behind(), "all pages have caught up", LONGEST)
        try:
            until(lambda: not self.wrong(self.good), "all pages show the same", LONGEST)
        except AssertionError as error:
            raise AssertionError(f"{error}:\n{self._told()}") from None
        return took

    def _told(self) -> str:
        """Tell what the pages show, and what new ones would."""
        newest = self._newest()
        return "\n".join(
            f"page {page.turn} at {page.port}, {stream}, {target}:"
            f"\n  shows {page.picture[stream].get(target)}\n  would {new.get(target)}"
            for page in self.wrong(self.good)
            for stream, first in page.first.copy().items()
            for new in [fresh(page.port, stream, first, page.cookie, newest)]
            for target in sorted({*new, *page.picture[stream]})
            if new.get(target) != page.picture[stream].get(target)
        )

    def _newest(self) -> tuple[tuple[str, int], ...]:
        return tuple(self.stack.asks("SELECT name, seq FROM stream ORDER BY name"))

    def behind(self) -> list[Page]:
        """Return the pages whose numbers are not the newest."""
        newest = dict(self.stack.asks("SELECT name, seq FROM stream"))
        return [
            page
            for page in self.good
            if any(seq != newest.get(name, 0) for name, seq in page.seen.copy().items())
        ]

    def wrong(self, pages: list[Page]) -> list[Page]:
        """Return the pages that show something else than a page opened now would."""
        newest = self._newest()
        return [
            page
            for page in pages
            if any(
                page.picture[stream] != fresh(page.port, stream, first, page.cookie, newest)
                for stream, first in page.first.copy().items()
            )
        ]

    def end(self) -> None:
        """Close all pages."""
        for page in self.all:
            page.ending = True
        for page in self.all:
            page.join(LONGEST)

    def failures_since(self, moment: float) -> int:
        """Count the questions that the server failed to answer."""
        return sum(at > moment for page in self.good for at in page.failures)

    @property
    def leaks(self) -> int:
        """How many frames and answers held what nobody may see yet."""
        return sum(page.leaks for page in self.all)
