"""A socket's way out: what is said is written at once, and no greenlet waits for it.

python-engineio gives each socket a queue and a greenlet that empties it. A wire never waits
(`wire.py`), so there is nothing for it to do, and asleep it is a third of what a socket costs.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from engineio.exceptions import SocketIsClosedError, UnknownPacketError
from engineio.packet import Packet
from engineio.socket import Socket
from geventwebsocket.exceptions import WebSocketError


class Outlet:
    """Stands where python-engineio has a client's queue; None means goodbye there, and here."""

    __slots__ = ("_before", "_way")

    def __init__(self) -> None:
        self._before: list[Packet | None] = []  # said before there was a way out
        self._way: Any = None

    def put(self, packet: Packet | None) -> None:
        """Write a packet, or keep it until there is a way out."""
        if self._way is None:
            self._before.append(packet)
        elif packet is None:
            self._way.close()
        else:
            # Whoever reads from the connection finds out that it is closed, and cleans up.
            with suppress(WebSocketError, OSError):
                self._way.send(packet.encode())

    def open(self, way: Any) -> None:
        """Write what was said so far, and from now on everything at once."""
        self._way, before, self._before = way, self._before, []
        for packet in before:
            self.put(packet)

    def qsize(self) -> int:
        """Return how much must be written before anything else may be."""
        return len(self._before)

    def join(self) -> None:
        """Wait until all is written: it is, or waits in the wire."""


class Upgraded:
    """What python-engineio calls for a client's web socket: reads until it is closed."""

    def __init__(self, handler: Any, _server: Any) -> None:
        self.socket: Socket = handler.__self__

    def __call__(self, environ: dict[str, Any], _start_response: Any) -> list[bytes]:
        """Take in what a client says, in order, in the greenlet that its request came in."""
        socket, way = self.socket, environ["wsgi.websocket"]
        socket.connected = socket.upgraded = True
        socket.queue.open(way)
        try:
            self._read(way)
        finally:
            socket.queue.put(None)
            socket.close(wait=False, abort=True, reason=socket.server.reason.TRANSPORT_CLOSE)
        return []

    def _read(self, way: Any) -> None:
        with suppress(WebSocketError, OSError, SocketIsClosedError):
            while (said := way.receive()) is not None:
                # What python-engineio cannot read is nothing that one of our pages says.
                with suppress(UnknownPacketError, ValueError):
                    self.socket.receive(Packet(encoded_packet=said))


def bind(engine: Any) -> None:
    """Let this process' sockets write at once."""
    engine._async = {**engine._async, "queue": Outlet, "websocket": Upgraded}
