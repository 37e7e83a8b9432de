"""Asking each socket now and then whether it is still there: one greenlet for all of them.

python-engineio has one for each, asleep for all but a moment: a seventh of what a socket costs.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable
from typing import Any

from engineio.packet import PING, Packet
from engineio.socket import Socket

from ..extensions import socketio

log = logging.getLogger(__name__)


class Pulse:
    """Whose turn it is next: all wait equally long, so whoever came first is first."""

    def __init__(self, engine: Any) -> None:
        self.engine, self.start_task = engine, engine.start_background_task
        self.turns: deque[tuple[float, Socket]] = deque()
        self.running = False

    def start(self, task: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Start a background task, unless it is to wait and then ask a socket: do that here."""
        if getattr(task, "__func__", None) is not Socket._send_ping:
            return self.start_task(task, *args, **kwargs)
        self.turns.append((time.monotonic() + self.engine.ping_interval, task.__self__))  # type: ignore[attr-defined]
        if not self.running:
            self.running = True
            return self.start_task(self._run)
        return None

    def _run(self) -> None:
        while self.turns:
            socketio.sleep(max(0.0, self.turns[0][0] - time.monotonic()))
            self._ask(self.turns.popleft()[1])
        self.running = False

    def _ask(self, socket: Socket) -> None:
        try:
            if not socket.closing and not socket.closed:
                socket.last_ping = time.time()
                socket.send(Packet(PING))
        except Exception:
            log.exception("a socket could not be asked; the others are")


def bind() -> None:
    """Take the waiting over from the sockets of this process."""
    engine = socketio.server.eio
    engine.start_background_task = Pulse(engine).start
