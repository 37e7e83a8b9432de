"""`python -m bench.counters PORT COUNT`: sockets that count what they hear, and do nothing else.

Prints "ready" when all follow. For each line "EVENTS CHUNK" on standard input it asks the server
for that many events, so many at a time, and prints how many seconds they took to reach everybody.
"""

from __future__ import annotations

import json
import selectors
import sys
import time

from bench.listeners import Page

MARK, PING = b'["batch"', b"\x81\x012"
KEPT = len(MARK) - 1  # a mark may come in two pieces
PAUSE = 0.2  # seconds: what has come meanwhile is read in one go, which leaves the server the time


class Counters:
    """All the sockets, and how many events they have heard together."""

    def __init__(self, port: int, count: int) -> None:
        self.pages: list[Page] = []
        self.selector = selectors.DefaultSelector()
        self.heard = 0
        for _ in range(count):
            page = Page(port, "town:1")
            page.left = b""
            self.pages.append(page)
            self.selector.register(page.socket, selectors.EVENT_READ, page)
            self.wait(0)  # the first are asked whether they are there before the last have come

    def hear(self, events: int, chunk: int) -> float:
        """Have events sent, the next ones when half of the last have arrived; return the time."""
        begun, self.heard, asked = time.monotonic(), 0, 0
        while self.heard < events * len(self.pages):
            while asked < events and self.heard >= (asked - chunk / 2) * len(self.pages):
                self.pages[0].send("42" + json.dumps(["flood", {"events": chunk}]))
                asked += chunk
            time.sleep(PAUSE)
            self.wait(0)
        return time.monotonic() - begun

    def wait(self, seconds: float) -> None:
        """Hear what comes."""
        for key, _events in self.selector.select(seconds):
            self._take(key.data)

    def _take(self, page: Page) -> None:
        content = page.read()
        if content is None:
            raise RuntimeError("the server has cut off a socket that reads")
        content = page.left + content
        self.heard += content.count(MARK)
        if PING in content:
            page.send("3")
        page.left = content[-KEPT:].replace(PING, b"")


def main(port: int, count: int) -> None:
    counters = Counters(port, count)
    print("ready", flush=True)
    with selectors.DefaultSelector() as orders:
        orders.register(sys.stdin, selectors.EVENT_READ)
        while True:
            # Between orders too: who does not answer pings is cut off.
            counters.wait(0.05)
            if orders.select(0):
                if not (line := sys.stdin.readline()):
                    return
                events, chunk = map(int, line.split())
                print(counters.hear(events, chunk), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
