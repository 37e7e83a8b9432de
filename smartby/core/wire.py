"""What one web socket reads and is sent: at once what the kernel takes, in order what it does not.

A write never waits, so nobody waits for a slow reader: not the broadcast, not the other readers.
What is left over stays here and goes first; whoever lets too much pile up is cut off, reconnects,
and catches up from the log.
"""

from __future__ import annotations

import socket as sockets
from contextlib import suppress
from typing import Any

import gevent
from geventwebsocket.websocket import Header, WebSocket

FRAMES_CAP, BYTES_CAP = 256, 1_000_000  # that may wait for one reader
KERNEL_BUFFER = 128 * 1024  # bytes; left to itself the kernel would keep megabytes for a reader
READ_AHEAD = (
    1_024  # bytes; the handler's own reader keeps eight times that for everybody, idle or not
)


def frame_of(text: str) -> bytes:
    """Build the frame of a text message; a server's frames are the same for everybody."""
    payload = text.encode()
    header = Header.encode_header(True, WebSocket.OPCODE_TEXT, b"", len(payload), 0)
    return bytes(header) + payload


class Wire:
    """A client's connection, as a web socket wants it: something to read from and write to."""

    __slots__ = ("_ahead", "_bytes", "_socket", "_waiting")

    def __init__(self, handler: Any) -> None:
        self._socket = handler.socket
        self._ahead = _read_already(handler)
        self._socket.setsockopt(sockets.SOL_SOCKET, sockets.SO_SNDBUF, KERNEL_BUFFER)
        self._waiting: list[bytes] = []
        self._bytes = 0

    def write(self, frame: bytes) -> None:
        """Send a frame after all that waits; what the kernel does not take now follows later."""
        sent = 0
        if not self._waiting:
            sent = self._send(frame)
            if sent == len(frame):
                return
            gevent.spawn(self._drain)
        self._waiting.append(frame[sent:])
        self._bytes += len(frame) - sent
        if len(self._waiting) > FRAMES_CAP or self._bytes > BYTES_CAP:
            self.abort()

    def read(self, size: int) -> bytes:
        """Read so many bytes; fewer when the client leaves in the middle of them."""
        while (missing := size - len(self._ahead)) > 0:
            more = self._socket.recv(max(missing, READ_AHEAD))
            if not more:
                break
            self._ahead += more
        taken, self._ahead = self._ahead[:size], self._ahead[size:]
        return taken

    def abort(self) -> None:
        """Cut the connection below the web socket; who does not read is not waited for."""
        with suppress(OSError):
            self._socket.shutdown(sockets.SHUT_RDWR)

    def _send(self, frame: bytes) -> int:
        try:
            sent: int = self._socket.send(frame, timeout=0.0)
        except BlockingIOError:
            return 0
        except OSError:
            # Whoever reads from this connection finds out, and cleans up.
            self.abort()
            return len(frame)
        return sent

    def _drain(self) -> None:
        # The only one that writes while anything waits: the first of the list is being sent.
        try:
            while self._waiting:
                self._socket.sendall(self._waiting[0])
                self._bytes -= len(self._waiting.pop(0))
        except OSError:
            self._waiting.clear()
            self._bytes = 0


def _read_already(handler: Any) -> bytes:
    """Take from the handler what a client has sent along with its handshake."""
    handler.socket.settimeout(0.0)  # or it would wait for something to look at
    try:
        found: bytes = handler.rfile.peek()
    finally:
        handler.socket.settimeout(None)
    return found
