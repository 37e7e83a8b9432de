"""What the direct write takes for granted in the libraries; `test_wire` shows that it works."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable
from typing import Any

import pytest
from engineio.base_server import BaseServer
from engineio.socket import Socket
from geventwebsocket.websocket import WebSocket
from socketio import Manager

RELIED_ON: list[tuple[Callable[..., Any], str, str]] = [
    (
        Socket.send,
        "f8b2738ee5d4",
        "each packet that is not written directly is put into the client's queue",
    ),
    (BaseServer.create_queue, "a384470753d5", "a client's queue is what stands under that name"),
    (
        Socket._upgrade_websocket,
        "02f6ac054416",
        "what stands under `websocket` is given the client's own method, and called in its request",
    ),
    (
        Socket._websocket_handler,
        "58afe1227192",
        "`Upgraded` does what it does, but for the greenlet that writes",
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
        f"{function.__module__}.{function.__qualname__} is not what it was when core/direct.py,"
        f" core/outlet.py and core/wire.py were written. They rely on this: {promise}. Read it; if"
        f" that still holds, write {found} here; if not, set SMARTBY_DIRECT_WRITE=no until they fit"
        " again."
    )
