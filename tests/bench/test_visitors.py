"""The bench's and the drills' people, at a server that goes away while it answers."""

from __future__ import annotations

import gc
import http.client
import socket
import struct
import threading
from contextlib import closing

import pytest

from bench.visitors import Visitor

RESET = struct.pack("ii", 1, 0)  # close at once: whoever reads is told that the server is gone


@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"])
def test_nothing_stays_open_when_the_server_goes_away(said: bytes) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        dying = threading.Thread(target=dies, args=(listener, said))
        dying.start()
        with pytest.raises((OSError, http.client.HTTPException)) as gone:
            Visitor(listener.getsockname()[1]).get("/")
        dying.join()
    del gone
    gc.collect()  # what was left open is told of now, and a warning fails the test


def dies(listener: socket.socket, said: bytes) -> None:
    """Read a request, answer a part, and go as a killed process does."""
    opened, _where = listener.accept()
    with closing(opened):
        opened.recv(9_000)
        opened.sendall(said)
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
