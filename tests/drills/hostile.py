"""Connections that mean harm, or only never read."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Self

import websocket

from tests.drills.stack import Stack

# Event names that are no text, names that JavaScript trips over, the server's own events, broken
# packets, binary without its parts, and depth.
FRAMES = (
    '42["follow"]', "42[]", "42", '42{"a":1}', '42[["follow"]]', '42[{"follow":1}]', "42[null]",
    '42["__proto__",{}]', '42["constructor",{"prototype":{}}]', '42["batch",{"stream":"town:1"}]',
    '42["totals",{"stream":"room:1"}]', '42["drain",{"within_ms":0}]', '42["connect"]',
    '42["disconnect"]', "429999999999999999999[]", '421["follow",1,2,3]', "43", "44", "45", "41",
    '451-["x",{"_placeholder":true,"num":0}]', '459999-["x"]', "4", "9", "x", "", "40/admin,", "[",
    '42["follow",{"streams":null,"lang":null}]', "2probe", "5", "6", '420["follow",' + "[" * 5000,
    '42["follow",{"streams":["room:1"],"lang":"__proto__"}]', '40{"token":"x"}',
)  # fmt: skip
ESTABLISHED = "01"
HUGE = b"\x81\xff" + (60_000_000).to_bytes(8, "big") + b"abcd" + b"x" * 1000
BROKEN = (
    b"\x82\x85abcd\x01\x02\x03\x04\x05",  # binary
    b"\x01\x82abcd\x01\x02\x81\x82abcd\x01\x02",  # a fragment that is never ended
    b"\x81\x05hello",  # not masked
    b"\xf1\x82abcd\x01\x02",  # reserved bits
    b"\x83\x82abcd\x01\x02",  # an operation that does not exist
    b"\x88\x81abcdx",  # a close frame of one byte
    HUGE,
)

# Long words for the idea's stream, written past the pace that a person must keep.
FLOOD = """
from smartby import create_app
from smartby.accounts.models import User
from smartby.comments.actions import comment_on
from smartby.contributions.models import Contribution
from smartby.core.transaction import perform
from smartby.extensions import db
app = create_app({"ASYNC": "threading"})
with app.app_context():
    for n in range(%d):
        idea, person = db.session.get(Contribution, %d), db.session.get(User, 1)
        body = f"%s {n} " + "lange ord " * 250
        perform(comment_on, idea, body=body, stance=None, by=person)
"""


def flood(stack: Stack, many: int, word: str = "flom") -> None:
    """Write so many long comments on the idea."""
    stack.apps[0].runs(FLOOD % (many, stack.idea, word))


def opens(port: int, cookie: str | None = None) -> websocket.WebSocket:
    """Open a socket as a page would."""
    opened = websocket.create_connection(
        f"ws://127.0.0.1:{port}/socket.io/?EIO=4&transport=websocket",
        origin=f"http://127.0.0.1:{port}", cookie=cookie, timeout=10,
    )  # fmt: skip
    opened.recv()
    opened.send("40")
    opened.recv()
    return opened


def attack(port: int) -> int:
    """Send everything, each on a connection of its own; return how many there were."""
    for said in (*FRAMES, *BROKEN):
        opened = opens(port)
        try:
            if isinstance(said, bytes):
                opened.sock.sendall(said)
            else:
                opened.send(said)
        finally:
            opened.shutdown()
    return len(FRAMES) + len(BROKEN)


class SlowReaders:
    """Pages that follow a stream and never read a byte, inside a with block."""

    def __init__(self, stack: Stack, stream: str, count: int) -> None:
        self.port = stack.ports[0]
        self.sockets: list[websocket.WebSocket] = []
        for _ in range(count):
            opened = opens(self.port)
            self.sockets.append(opened)
            opened.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            opened.send("420" + json.dumps(["follow", {"streams": [stream], "lang": "nb"}]))
        self.ports = {opened.sock.getsockname()[1] for opened in self.sockets}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        for opened in self.sockets:
            opened.shutdown()

    def still_held(self) -> int:
        """Count those whose connections the server still holds open, as the kernel knows."""
        rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
        return sum(
            _port(row[1]) == self.port and _port(row[2]) in self.ports and row[3] == ESTABLISHED
            for row in rows
        )


def _port(address: str) -> int:
    return int(address.rpartition(":")[2], 16)
