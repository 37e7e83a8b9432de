"""What the direct write takes for granted in the libraries; `test_wire` shows that it works."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable
from typing import Any

import pytest
from engineio.socket import Socket
from geventwebsocket.websocket import WebSocket
from socketio import Manager

RELIED_ON: list[tuple[Callable[..., Any], str, str]] = [
    (
        Socket.send,
        "f8b2738ee5d4",
        "each packet that is not written directly is put into the client's queue",
    ),
    (Socket.poll, "d7d705066fd3", "packets leave the queue in order, all that are there"),
    (
        Socket._websocket_handler,
        "58afe1227192",
        "between taking packets from the queue and writing the last of them the writer never waits",
    ),
    (
        Socket.close,
        "05fac5583199",
        "`closing` is set before anything else, and None in the queue ends it",
    ),
    (
        Manager.emit,
        "566510ea2de3",
        "a broadcast is encoded once and does nothing but send to each in the room",
    ),
    (WebSocket.send_frame, "b2937fb4e8f7", "a frame is handed over in one write"),
]


@pytest.mark.parametrize(("function", "digest", "promise"), RELIED_ON)
def test_a_library_does_what_the_direct_write_relies_on(
    function: Callable[..., Any], digest: str, promise: str
) -> None:
    found = hashlib.sha256(inspect.getsource(function).encode()).hexdigest()[:12]
    assert found == digest, (
        f"{function.__module__}.{function.__qualname__} is not what it was when core/direct.py and"
        f" core/wire.py were written. They rely on this: {promise}. Read it; if that still holds,"
        f" write {found} here; if not, set SMARTBY_DIRECT_WRITE=no until they fit again."
    )
