"""Broadcasts past the queues: a frame is built once and written to everybody who keeps up.

python-engineio gives each client a queue and a greenlet that empties it; waking that greenlet is
most of what a delivery costs. Whoever has nothing queued is written to without it. Who has, has it
sent first: then the packet is queued behind it, as ever.
"""

from __future__ import annotations

from typing import Any

from engineio.packet import MESSAGE
from engineio.packet import Packet as EnginePacket
from socketio import Manager
from socketio.packet import EVENT

from .wire import Wire, frame_of


class Direct(Manager):
    """Knows who is in which room, and writes to them directly."""

    def emit(self, event: str, data: Any, namespace: str, **how: Any) -> None:
        """Send an event to a room; what is not a plain one goes the ordinary way."""
        room = how.pop("to", None) or how.pop("room", None)
        content = _plain(self.server.packet_class, event, data, namespace)
        if content is None or any(how.values()):
            super().emit(event, data, namespace, room=room, **how)
            return
        packet = EnginePacket(MESSAGE, content)
        frame = frame_of(packet.encode())
        for _sid, client in self.get_participants(namespace, room):
            if wire := self._free_wire(client):
                wire.write(frame)
            else:
                self.server.eio.send_packet(client, packet)

    def _free_wire(self, client: str) -> Wire | None:
        """Return the connection of a client for whom nothing is queued."""
        engine = self.server.eio.sockets.get(client)
        if engine is None or engine.closing or engine.queue.qsize():
            return None
        socket = self.server.environ[client].get("wsgi.websocket")
        return None if socket is None or socket.closed else socket.wire


def _plain(packet_class: Any, event: str, data: Any, namespace: str) -> str | None:
    """Encode an event with one argument and nothing binary in it; None for any other."""
    if not isinstance(data, dict):
        return None
    encoded = packet_class(EVENT, namespace=namespace, data=[event, data]).encode()
    return encoded if isinstance(encoded, str) else None
