"""The production worker: gunicorn's gevent worker with guarded web sockets."""

from __future__ import annotations

import re
import time
import weakref
from collections.abc import Callable
from io import BytesIO
from typing import Any

import gevent
from gevent.pywsgi import OldMessage, WSGIHandler
from geventwebsocket.exceptions import WebSocketError
from geventwebsocket.handler import WebSocketHandler
from geventwebsocket.websocket import Header, WebSocket
from gunicorn.workers.ggevent import GeventPyWSGIWorker, PyWSGIHandler

from .wire import Wire

FRAME_CAP = 32_000  # bytes of one frame, and of one message put together from frames
SOCKET_PATH = "/socket.io/"
TOO_BIG, NOT_OURS = 1009, 1008
OURS = re.compile("[13]|4[0-6]")  # leaving, answering a ping, and packets of Socket.IO
FAREWELL = 2.0  # seconds between goodbye and being cut off

# Set by create_app(): the public origins, the names we go by, and how many proxies are believed.
origins: set[str] = set()
hosts: set[str] = set()
hops = 0
NAME = re.compile(r"(?:\[([0-9a-f:.]+)\]|([a-z0-9.-]+))(?::\d{1,5})?", re.IGNORECASE)
_open: weakref.WeakSet[GuardedSocket] = weakref.WeakSet()


class GuardedSocket(WebSocket):
    """A web socket that looks at a frame's length before it reads it, and never waits to write."""

    __slots__ = ("__weakref__", "read_bytes", "wire")

    def __init__(self, environ: dict[str, Any], wire: Wire, handler: Any) -> None:
        super().__init__(environ, wire, handler)
        self.read_bytes = 0
        self.wire = wire
        _open.add(self)

    def read_message(self) -> Any:
        """Read one message; its frames together may not exceed the cap, and it is text of ours."""
        self.read_bytes = 0
        message = super().read_message()
        if message is None or (isinstance(message, str) and OURS.match(message)):
            return message
        # Engine.IO would stumble over it, and log a traceback for each.
        self.close(NOT_OURS)
        return None

    def read_frame(self) -> tuple[Header, bytes]:
        """Read one frame, refusing a large or unmasked one before its payload is read."""
        header = Header.decode_header(self.stream)
        self.read_bytes += header.length
        if header.flags or self.read_bytes > FRAME_CAP or (header.length and not header.mask):
            self.close(TOO_BIG if self.read_bytes > FRAME_CAP else 1002)
            raise WebSocketError("frame refused")
        payload = self.raw_read(header.length) if header.length else b""
        if len(payload) != header.length:
            raise WebSocketError("the peer left in the middle of a frame")
        return header, unmask(payload, header.mask) if payload else payload

    def validate_utf8(self, payload: bytes) -> None:
        """Leave it to decoding the whole message: as strict, and not a loop over its bytes."""

    def close(self, code: int = 1000, message: bytes = b"") -> None:
        """Say goodbye; who does not leave upon that, or cannot hear it, is cut off soon after."""
        if not self.closed:
            gevent.spawn_later(FAREWELL, self.wire.abort)
        super().close(code, message)

    def abort(self) -> None:
        """Cut the connection below the web socket; who does not read is not waited for."""
        self.wire.abort()


def unmask(payload: bytes, mask: bytes) -> bytes:
    """Undo a frame's masking with one big xor (a loop over bytes costs a hundred times as much)."""
    length = len(payload)
    pattern = (bytes(mask) * (length // 4 + 1))[:length]
    mixed = int.from_bytes(payload, "big") ^ int.from_bytes(pattern, "big")
    return mixed.to_bytes(length, "big")


class Handler(WebSocketHandler, PyWSGIHandler):
    """Upgrades only our path, only for our origins; everything else is plain HTTP."""

    def run_application(self) -> None:
        """Refuse before the upgrade what must not open a socket."""
        if self.environ.get("HTTP_UPGRADE", "").lower() != "websocket":
            # On SQLite nothing in a request waits: a connection that always has its next request
            # ready would keep the hub to itself and starve the others (p99 100 times p50).
            gevent.sleep(0)
            WSGIHandler.run_application(self)
        elif may_open(self.environ):
            super().run_application()
        else:
            self.start_response("403 Forbidden", [("Content-Length", "0")])
            self.result = [b""]
            self.process_result()

    def upgrade_connection(self) -> Any:
        """Upgrade with our own socket class."""
        result = super().upgrade_connection()
        stock = getattr(self, "websocket", None)
        if stock is not None:
            self.websocket = GuardedSocket(self.environ, Wire(self), self)
            self.environ["wsgi.websocket"] = self.websocket
            # The wire reads from now on: let go of the buffer.
            self.rfile = self.wsgi_input.rfile = self.environ["wsgi.input"] = BytesIO()
            self.headers = NO_HEADERS  # what they say is in the environment
            # The stock object would send a close frame when it is collected.
            stock.closed = True
        return result

    def log_request(self) -> None:
        """Log plain requests the way gunicorn does."""
        if "101" not in str(self.status):
            PyWSGIHandler.log_request(self)


NO_HEADERS = OldMessage()


def may_open(environ: dict[str, Any]) -> bool:
    """Tell whether a handshake may be upgraded: our path and name, our origin with a cookie."""
    if environ.get("PATH_INFO") != SOCKET_PATH or not is_ours(_asked_for(environ)):
        return False
    origin = environ.get("HTTP_ORIGIN")
    if origin is None:
        return "HTTP_COOKIE" not in environ
    return is_our_origin(origin, environ)


def is_our_origin(origin: str | None, environ: dict[str, Any]) -> bool:
    """Tell whether a page of ours asks; told to listen everywhere, it has the name it came by.

    Pages hold it the same way (origins.py). Nobody is let in while we leave: origins is empty then.
    """
    by_name = f"{environ.get('wsgi.url_scheme', 'http')}://{_asked_for(environ)}"
    return origin in origins or (bool(origins) and not hosts and origin == by_name)


def is_ours(host: str) -> bool:
    """Tell whether a host is a name of ours; any is, when we are told to listen everywhere."""
    found = NAME.fullmatch(host)
    return not hosts or (found is not None and (found[1] or found[2]).lower() in hosts)


def _asked_for(environ: dict[str, Any]) -> str:
    """Return the host that was asked for, as the proxies that are believed say."""
    said = [each.strip() for each in environ.get("HTTP_X_FORWARDED_HOST", "").split(",")]
    told = said[-hops] if 0 < hops <= len(said) else ""
    return told or str(environ.get("HTTP_HOST", ""))


class Worker(GeventPyWSGIWorker):
    """gunicorn worker: `worker_class = "smartby.core.server.Worker"`."""

    wsgi_handler = Handler

    def handle_exit(self, sig: int, frame: Any) -> None:
        """Leave in good order; asked again while leaving, there is no more to do."""
        gevent.spawn(self._leave, sig, frame)

    def _leave(self, sig: int, frame: Any) -> None:
        from .leaving import leaving  # what belongs to the application is not the master's

        if leaving.begun:
            return
        leaving.begin()
        origins.clear()  # no page opens a socket here any more; whatever else it asks is answered
        _wait(lambda: all(socket.closed for socket in list(_open)), leaving.within + 0.5)
        close_all()
        super().handle_exit(sig, frame)
        gevent.sleep(1.5)  # in which gunicorn notices, and stops accepting
        _wait(lambda: not leaving.asked, self.cfg.graceful_timeout)
        # What is left are connections on which nobody asks for anything.
        raise SystemExit(0)


def _wait(done: Callable[[], bool], longest: float) -> None:
    deadline = time.monotonic() + longest
    while not done() and time.monotonic() < deadline:
        gevent.sleep(0.05)


def close_all() -> None:
    """Close every open web socket of this process."""
    for socket in list(_open):
        if not socket.closed:
            socket.abort()
