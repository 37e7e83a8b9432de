"""A page that is open while things break, and follows streams as a browser does."""

from __future__ import annotations

import http.client
import json
import random
import re
import socket
import threading
import time
from collections import defaultdict
from collections.abc import Iterable
from contextlib import closing
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

import websocket

from tests.drills.stack import Stack
from tests.drills.voters import CANARY

Picture = dict[str, Any]
# What every rendering has anew.
PASSING = re.compile(r'(name="(?:key|csrf_token)"[^>]*value)="[^"]*"')
MISSED = 3  # cards and comments that a page of the control group stays away for
WRITTEN = (f"card WHERE body NOT LIKE '{CANARY}%'", "comment")
TROUBLE = (OSError, websocket.WebSocketException, http.client.HTTPException, ValueError)


class Page(threading.Thread):
    """An open page: what it shows of some streams, and up to which number."""

    def __init__(
        self, stack: Stack, place: int, streams: Iterable[str], cookies: dict[str, str]
    ) -> None:
        super().__init__(daemon=True)
        self.stack, self.turn, self.streams = stack, place, list(streams)
        self.cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
        self.lot = random.Random(place)
        self.first: dict[str, int] = {}  # the numbers that the page was opened at
        self.seen: dict[str, int] = {}
        self.picture: dict[str, Picture] = defaultdict(dict)
        self.asks = True
        self.owes = False
        self.fetched = self.reloads = self.leaks = self.repeated = 0
        self.opened: list[float] = []
        self.failures: list[float] = []
        self.away_until = self.leaves_at = 0.0
        self.ending = False
        self.socket: websocket.WebSocket | None = None

    @property
    def port(self) -> int:
        """The instance that a proxy would choose now."""
        ports = self.stack.ports
        return ports[self.turn % len(ports)]

    def run(self) -> None:
        """Stay on line until told to stop."""
        while not self.ending:
            try:
                self._attend()
            except TROUBLE:
                self.turn += 1
            self._close()
            time.sleep(max(self.lot.uniform(0.2, 0.6), self.away_until - time.monotonic()))
            if not self.asks:
                self._misses_something()

    def _misses_something(self) -> None:
        """Stay away until there is something that nobody is shown twice."""
        written = self._written()
        while not self.ending and self._written() < written + MISSED:
            time.sleep(0.1)

    def _written(self) -> int:
        return sum(int(self.stack.asks(f"SELECT count(*) FROM {what}")[0][0]) for what in WRITTEN)

    def drop(self, seconds: float) -> None:
        """Lose the network for a while."""
        self.away_until = time.monotonic() + seconds
        opened = self.socket
        if opened is not None and opened.sock is not None:
            try:
                opened.sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                return

    def _attend(self) -> None:
        port = self.port
        self.socket = websocket.create_connection(
            f"ws://127.0.0.1:{port}/socket.io/?EIO=4&transport=websocket",
            origin=f"http://127.0.0.1:{port}", cookie=self.cookie or None, timeout=10,
        )  # fmt: skip
        self._say_and_await("", "0")
        self._say_and_await("40", "40")
        asked = json.dumps(["follow", {"streams": self.streams, "lang": "nb"}])
        self._followed(json.loads(self._say_and_await(f"420{asked}", "430")[3:])[0])
        self.socket.settimeout(0.3)
        while not self.ending and not self._is_time_to_move():
            if self.owes:
                self.ask()
            try:
                self._hear(self.socket.recv())
            except websocket.WebSocketTimeoutException:
                continue

    def _say_and_await(self, said: str, wanted: str) -> str:
        assert self.socket is not None
        if said:
            self.socket.send(said)
        while not (frame := str(self.socket.recv())).startswith(wanted):
            if not frame:
                raise OSError("the server has left")
            self._hear(frame)
        return frame

    def _followed(self, numbers: dict[str, int]) -> None:
        self.opened.append(time.monotonic())
        for stream, number in numbers.items():
            self.first.setdefault(stream, number)
            self.seen.setdefault(stream, number)
        self.owes = self.asks and numbers != self.seen

    def _hear(self, frame: str | bytes) -> None:
        if not frame:
            raise OSError("the server has left")
        assert self.socket is not None
        said = frame if isinstance(frame, str) else frame.decode()
        if said == "2":
            self.socket.send("3")
        elif said.startswith("42"):
            name, data = json.loads(said[2:])
            self._told(name, data)

    def _told(self, name: str, data: Any) -> None:
        if name == "drain" and self.asks:
            within = data["within_ms"] / 1000
            self.leaves_at = time.monotonic() + self.lot.uniform(0, within)
        elif name == "batch":
            self._received(data)

    def _received(self, batch: dict[str, Any]) -> None:
        last = self.seen[batch["stream"]]
        if batch["seq"] <= last:
            self.repeated += 1
        elif self.asks and batch["first"] > last + 1:
            self.owes = True
        else:
            self.take(batch)

    def take(self, batch: dict[str, Any]) -> None:
        """Apply a batch."""
        # What somebody wrote is theirs to see.
        own = batch["stream"].startswith("participant:")
        self.leaks += not own and CANARY in str(batch["ops"])
        stream = batch["stream"]
        self.seen[stream] = batch["seq"]
        if draw(self.picture[stream], batch["ops"]) and self.asks:
            self._lets_go(stream)
            raise OSError("the page is read anew")

    def ask(self) -> None:
        """Fetch what was missed, as a browser does; a refusal is asked again."""
        query = [("lang", "nb"), *(("s", f"{name}@{seq}") for name, seq in self.seen.items())]
        answer = fetch(self.port, f"/live?{urlencode(query)}", self.cookie)
        if isinstance(answer, int):
            self.failures += [time.monotonic()] * (answer >= 500)
            return
        self.owes = False
        for batch in answer["batches"]:
            if batch["seq"] > self.seen[batch["stream"]]:
                self.fetched += batch["seq"] - self.seen[batch["stream"]]
                self.take(batch)
        for stream in answer["gone"]:
            self._lets_go(stream)
        if answer["gone"]:
            raise OSError("the page is read anew")

    def _lets_go(self, stream: str) -> None:
        """Know nothing of a stream any more: the page is read anew."""
        self.reloads += 1
        self.first.pop(stream)
        self.seen.pop(stream)
        self.picture[stream].clear()

    def _is_time_to_move(self) -> bool:
        if self.leaves_at and time.monotonic() >= self.leaves_at:
            self.leaves_at = 0.0
            self.turn += 1
            return True
        return False

    def _close(self) -> None:
        if self.socket is not None:
            self.socket.shutdown()
            self.socket = None


def draw(picture: Picture, ops: list[dict[str, Any]]) -> int:
    """Change a picture by operations; return how many ask for the page to be read anew."""
    for op in ops:
        if op["op"] == "remove":
            picture.pop(op["target"], None)
        elif op["op"] in ("append", "replace"):
            picture[op["target"]] = PASSING.sub(r"\1", op["html"])
        elif op["op"] in ("set", "press"):
            picture[f"{op['op']} {op['target']}"] = op["value"]
    return sum(op["op"] == "refresh" for op in ops)


def fetch(port: int, path: str, cookie: str) -> Any:
    """Ask by HTTP; return what was answered, or the status when that is not 200."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    with closing(connection):
        connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        with connection.getresponse() as answer:
            body = answer.read()
        return json.loads(body) if answer.status == 200 else answer.status


@lru_cache(maxsize=500)
def fresh(port: int, stream: str, after: int, cookie: str, newest: Any) -> Picture:
    """Return what a page that was opened at a number shows now (`newest`: what "now" is)."""
    picture: Picture = {}
    last = dict(newest).get(stream, 0)
    while after < last:
        answer = fetch(port, f"/live/{stream}?lang=nb&after={after}", cookie)
        if isinstance(answer, int):
            raise AssertionError(f"{stream} after {after} was answered with {answer}")
        draw(picture, answer["ops"])
        after = answer["seq"]
    return picture
