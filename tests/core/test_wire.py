"""What is written to sockets: whole, in order, and never waiting for who does not read."""

from __future__ import annotations

import json
import selectors
import socket
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
import socketio as official

from bench.listeners import Page
from tests.core.loud import EVENTS, PORTION, STREAM, text_of
from tests.serving import Smartby

QUICK, OFFICIAL = 12, 3
ALL = 1_000_000
PIECES = (300, 3_000, 9_000, 30_000, ALL, ALL)  # bytes that readers with small buffers take a time
SMALL = 16_384  # far below that, kernels wait for 200 ms now and then
QUESTIONS = 15  # below what a socket may ask at once
FOLLOW = json.dumps(["follow", {"streams": [STREAM], "lang": "nb"}])


class Listener:
    """Somebody who must hear every event once, in order, as it was said."""

    def __init__(self, last: int) -> None:
        self.last = last
        self.end = self.due = last + EVENTS

    def applies(self, batch: dict[str, Any]) -> None:
        assert batch["first"] == self.last + 1
        for number, op in zip(range(batch["first"], batch["seq"] + 1), batch["ops"], strict=True):
            assert (op["target"], op["html"]) == (f"t{number}", text_of(number))
        self.last = batch["seq"]

    def catches_up(self, server: Smartby) -> None:
        while self.last < self.end:
            address = f"{server.url}/live/{STREAM}?after={self.last}"
            with urllib.request.urlopen(address, timeout=20) as answer:
                self.applies(json.load(answer))


class Reader(Page, Listener):
    """A socket with a buffer of its own size, of which so much is read at a time."""

    def __init__(self, port: int, last: int, buffer: int = ALL, piece: int = ALL) -> None:
        Listener.__init__(self, last)
        Page.__init__(self, port, STREAM)
        self.piece, self.cut, self.asked, self.answered = piece, False, 0, 0
        self.has_room_for(buffer)

    def has_room_for(self, size: int) -> None:
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, size)

    @property
    def over(self) -> bool:
        return self.cut or (self.last == self.due and self.answered == self.asked)

    def reads(self) -> None:
        try:
            content = self.socket.recv(self.piece)
        except ConnectionResetError:
            content = b""
        self.cut = not content
        for frame in self.frames(content):
            self._takes(frame)

    def asks(self) -> None:
        # The answer is queued, and what is broadcast meanwhile must stay behind it, and whole.
        if self.asked < QUESTIONS:
            self.asked += 1
            with suppress(ConnectionError):  # cut off meanwhile: the next read says so
                self.send(f"421{FOLLOW}")

    def _takes(self, frame: bytes) -> None:
        if frame == b"2":
            self.send("3")
        elif frame.startswith(b"431["):
            self.answered += 1
            assert json.loads(frame[3:])[0][STREAM] >= 0
        elif frame != b"439[{}]":
            assert frame.startswith(b'42["batch",')
            self.applies(json.loads(frame[2:])[1])


class Official(Listener):
    """python-socketio's own client."""

    def __init__(self, server: Smartby) -> None:
        self.heard_all = threading.Event()
        self.problems: list[BaseException] = []
        self.client = official.Client(reconnection=False)
        self.client.on("batch", self.hears)
        self.client.on("disconnect", self.leaves)
        self.cut = False
        self.client.connect(server.url, transports=["websocket"])
        answer = self.client.call("follow", {"streams": [STREAM], "lang": "nb"})
        super().__init__(answer[STREAM])

    def leaves(self, *_why: Any) -> None:
        self.cut = True
        self.heard_all.set()

    def hears(self, batch: dict[str, Any]) -> None:
        try:
            self.applies(batch)
        except AssertionError as problem:
            self.problems.append(problem)
        if self.last == self.end or self.problems:
            self.heard_all.set()


@pytest.fixture(scope="module")
def installation_of_ours() -> Iterator[Smartby]:
    with Smartby(app="tests.core.loud_app:app", SMARTBY_DIRECT_WRITE="yes") as running:
        yield running


@pytest.fixture(params=["yes", "no"], ids=["direct", "queued"])
def server(request: pytest.FixtureRequest, installation_of_ours: Smartby) -> Smartby:
    """What it was told before stays in its books: the second round goes on from there."""
    if installation_of_ours.env["SMARTBY_DIRECT_WRITE"] != request.param:
        installation_of_ours.env["SMARTBY_DIRECT_WRITE"] = request.param
        installation_of_ours.kill()
        installation_of_ours.serve()
    return installation_of_ours


@pytest.fixture
def clients(server: Smartby) -> Iterator[list[Official]]:
    made = [Official(server) for _ in range(OFFICIAL)]
    yield made
    for official_one in made:
        official_one.client.disconnect()


@pytest.fixture
def readers(server: Smartby, clients: list[Official]) -> Iterator[list[Reader]]:
    last = clients[0].last
    made = [Reader(server.port, last) for _ in range(QUICK)]
    made += [Reader(server.port, last, SMALL, piece) for piece in PIECES * 2]
    made.append(Reader(server.port, last, SMALL))
    yield made
    for reader in made:
        reader.socket.close()


def listen(readers: list[Reader]) -> None:
    """Give each in turn what it takes, until all have heard everything or were cut off."""
    with selectors.DefaultSelector() as selector:
        for reader in readers:
            selector.register(reader.socket, selectors.EVENT_READ, reader)
        while selector.get_map():
            for key, _events in selector.select():
                key.data.reads()
                # Before looking whether that was all: on a busy machine it comes in few pieces.
                key.data.asks()
                if key.data.over:
                    selector.unregister(key.fileobj)


def test_all_is_heard_in_order_and_who_does_not_read_is_cut_off(
    server: Smartby, clients: list[Official], readers: list[Reader]
) -> None:
    *listening, stalled = readers
    for said in range(stalled.last, stalled.end, PORTION):
        # However little of the processor they get, no reader can be too slow for so much.
        for reader in listening:
            reader.due = said + PORTION
        readers[0].send(f'429["loud",{said}]')
        listen(listening)
    for client in clients:
        client.heard_all.wait()
        assert client.problems == []
        # On a quick machine it may be too slow, and is cut off; nothing else excuses it.
        assert client.cut or client.last == client.end
    assert not any(reader.cut for reader in listening[:QUICK])
    assert {reader.answered for reader in listening[:QUICK]} == {QUESTIONS}
    # Nobody has waited for this one; what the kernels still hold ends in the middle of nowhere.
    stalled.socket.setblocking(True)
    stalled.has_room_for(ALL)
    while not stalled.over:
        stalled.reads()
    assert stalled.last < stalled.end
    for reader in (*readers, *clients):
        reader.catches_up(server)
