"""What a page may send through its socket; anything else is taken for goodbye.

The library logs a traceback for each packet that it cannot read, so whoever sends nonsense could
fill the log and the disk. A page of ours says hello, sends events with a name, and leaves.
"""

from __future__ import annotations

from typing import Any

from socketio import packet

MINE = "/"  # the only namespace
# What the server itself calls its handlers by when somebody comes or goes; nobody may say so.
RESERVED = {"connect", "disconnect", "connect_error", "*"}


class Packet(packet.Packet):
    """A packet that is checked as it is read."""

    def decode(self, encoded_packet: Any) -> int:
        """Read a packet; return 0, since none that we take comes with attachments."""
        try:
            attached = super().decode(encoded_packet)
        except (ValueError, TypeError, RecursionError):
            attached = -1
        if attached or not _is_ours(self):
            self.packet_type, self.namespace = packet.DISCONNECT, MINE
            self.data = self.id = None
        return 0


def hear_only_who_is_here(server: Any) -> None:
    """Leave out what was on its way when somebody was shown out: nobody is there to answer."""
    hear = server.eio.handlers["message"]

    def message(eio_sid: str, data: Any) -> None:
        if eio_sid in server.environ:
            hear(eio_sid, data)

    server.eio.on("message", message)


def _is_ours(read: Packet) -> bool:
    data: Any = read.data
    if read.packet_type == packet.EVENT:
        named = isinstance(data, list) and bool(data) and isinstance(data[0], str)
        return named and data[0] not in RESERVED
    # Saying hello elsewhere is answered with a refusal, by the library.
    return read.packet_type in (packet.CONNECT, packet.DISCONNECT)
