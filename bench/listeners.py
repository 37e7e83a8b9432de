"""`python -m bench.listeners PORT STREAM COUNT`: that many open pages, and when each hears what.

Prints "ready" when all follow the stream. Each line on standard input is a mark to listen for; at
the end of the input it prints, as JSON, when each socket first saw each mark (CLOCK_MONOTONIC,
which all processes of a machine share).
"""

from __future__ import annotations

import json
import os
import re
import selectors
import socket
import sys
import time
from collections import defaultdict

MARK = re.compile(rb"bench-(\d+)-")
QUIET = 2.0  # seconds after the end of the input in which late ones may still arrive
FIN = 0x80
TEXT, PING = 1, 9


class Page:
    """One web socket: as much of Socket.IO as listening takes."""

    def __init__(self, port: int, stream: str) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.settimeout(20)
        self.left = b""
        self._upgrade(port)
        self._expect(b"0{")
        self.send("40")
        self._expect(b"40")
        self.send("420" + json.dumps(["follow", {"streams": [stream], "lang": "nb"}]))
        self._expect(b"430")
        self.socket.setblocking(False)

    def send(self, text: str, kind: int = TEXT) -> None:
        """Send a frame; a mask of zeros is a mask."""
        content = text.encode()
        size = len(content)
        length = bytes([0x80 | size]) if size < 126 else b"\xfe" + size.to_bytes(2, "big")
        self.socket.sendall(bytes([FIN | kind]) + length + b"\0\0\0\0" + content)

    def read(self) -> bytes | None:
        """Read what is there; None when the server has left."""
        try:
            content = self.socket.recv(65_536)
        except BlockingIOError:
            return b""
        return content or None

    def frames(self, content: bytes) -> list[bytes]:
        """Return the whole frames among what was read."""
        self.left += content
        found = []
        while (end := frame_end(self.left)) and end[1] <= len(self.left):
            found.append(self.left[end[0] : end[1]])
            self.left = self.left[end[1] :]
        return found

    def _upgrade(self, port: int) -> None:
        lines = (
            "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1",
            f"Host: 127.0.0.1:{port}", "Upgrade: websocket", "Connection: Upgrade",
            "Sec-WebSocket-Key: c21hcnRieS1iZW5jaC0xNg==", "Sec-WebSocket-Version: 13",
        )  # fmt: skip
        self.socket.sendall("\r\n".join((*lines, "", "")).encode())
        head = b""
        while b"\r\n\r\n" not in head:
            head += self.socket.recv(4096)
        if b" 101 " not in head.split(b"\r\n", 1)[0]:
            raise RuntimeError(head.decode(errors="replace"))
        self.left = head.partition(b"\r\n\r\n")[2]

    def _expect(self, beginning: bytes) -> None:
        content = b""
        while True:
            for frame in self.frames(content):
                if frame.startswith(beginning):
                    return
            content = self.socket.recv(4096)


def frame_end(content: bytes) -> tuple[int, int] | None:
    """Return where the payload of the first frame begins and ends; None when it is not there."""
    if len(content) < 2:
        return None
    size, start = content[1] & 0x7F, 2
    for mark, width in ((126, 2), (127, 8)):
        if size == mark:
            start = 2 + width
            size = int.from_bytes(content[2:start], "big")
            break
    return start, start + size


class Audience:
    """All the pages, and what they have heard."""

    def __init__(self, port: int, stream: str, count: int) -> None:
        self.selector = selectors.DefaultSelector()
        self.heard: dict[int, list[float]] = defaultdict(list)
        self.lost = 0
        for number in range(count):
            page = Page(port, stream)
            self.selector.register(page.socket, selectors.EVENT_READ, page)
            if number % 100 == 99:
                self._hear_all(0)  # the first are asked whether they live before the last have come

    def listen(self) -> None:
        """Listen until the input has ended and it has become quiet."""
        os.set_blocking(sys.stdin.fileno(), False)
        ended = 0.0
        while not ended or time.monotonic() - ended < QUIET:
            self._hear_all(0.05)
            if not ended and _input_ended():
                ended = time.monotonic()

    def _hear_all(self, seconds: float) -> None:
        for key, _events in self.selector.select(seconds):
            self._hear(key.data)

    def _hear(self, page: Page) -> None:
        content = page.read()
        moment = time.monotonic()
        if content is None:
            self.selector.unregister(page.socket)
            self.lost += 1
            return
        for frame in page.frames(content):
            if frame == b"2":
                page.send("3")
            for mark in set(MARK.findall(frame)):
                self.heard[int(mark)].append(moment)


def _input_ended() -> bool:
    try:
        return os.read(sys.stdin.fileno(), 4096) == b""
    except BlockingIOError:
        return False


def main(port: int, stream: str, count: int) -> None:
    audience = Audience(port, stream, count)
    print("ready", flush=True)
    audience.listen()
    print(json.dumps({"heard": audience.heard, "lost": audience.lost}), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
