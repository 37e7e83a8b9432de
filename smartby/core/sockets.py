"""What a socket may say: every command declares its access, is rate limited and judged anew."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Flask, current_app, request
from flask_socketio import ConnectionRefusedError as Refuse
from flask_socketio import join_room, leave_room

from ..config import LANGUAGES
from ..extensions import socketio
from . import outlet, pulse
from .access import is_another, me
from .direct import Direct
from .doorbell import doorbell
from .errors import Refusal
from .live import may_follow
from .packets import Packet, hear_only_who_is_here
from .pump import cut, pump
from .server import is_our_origin

RATE, BURST, STRIKES = 10.0, 20.0, 3
FOLLOW_LIMIT = 60
Command = Callable[[Any], Any]

commands: dict[str, str] = {}  # event → declared access
_handlers: dict[str, Command] = {}
_buckets: dict[str, list[float]] = {}  # sid → tokens, last refill, strikes


def command(name: str, access: str = "public") -> Callable[[Command], Command]:
    """Register a socket command; its argument is whatever the client sent, so check its shape."""

    def register(handler: Command) -> Command:
        commands[name] = access

        @wraps(handler)
        def guarded(data: Any = None, *_rest: Any) -> Any:
            if not _within_rate(request.sid):  # type: ignore[attr-defined]
                return {"error": 429}
            try:
                return handler(data)
            except Refusal as refusal:
                return {"error": refusal.status, "message": refusal.message}
            finally:
                _let_go()

        _handlers[name] = guarded
        return handler

    return register


def _within_rate(sid: str) -> bool:
    bucket = _buckets.setdefault(sid, [BURST, time.monotonic(), 0])
    moment = time.monotonic()
    bucket[0] = min(BURST, bucket[0] + (moment - bucket[1]) * RATE)
    bucket[1] = moment
    if bucket[0] >= 1:
        bucket[0] -= 1
        return True
    bucket[2] += 1
    if bucket[2] >= STRIKES:
        socketio.server.disconnect(sid)
    return False


def _let_go() -> None:
    """Keep of a socket's request what it came with, and not what was read out of that here."""
    request.environ.pop("werkzeug.request", None)


@socketio.on("connect")  # type: ignore[untyped-decorator]
def connect(_auth: Any = None) -> None:
    """Open a socket; a signed-in person's socket also follows the person's own stream."""
    if request.headers.get("Origin") not in current_app.config["ORIGINS"] and request.cookies:
        raise Refuse("origin")
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    pump.start(app)
    doorbell.start(app)
    person = me()
    if person.is_authenticated:
        _follow([f"person:{person.id}"], person.language or "nb")
    _let_go()


@socketio.on("disconnect")  # type: ignore[untyped-decorator]
def disconnect(reason: Any = None) -> None:
    """Forget a socket."""
    sid = request.sid  # type: ignore[attr-defined]
    if reason == socketio.server.reason.PING_TIMEOUT:
        # Engine.IO would first send a last packet: to one who never reads, that takes for ever.
        cut(sid)
    pump.forget(sid)
    _buckets.pop(sid, None)


@command("follow")
def follow(data: Any) -> dict[str, Any]:
    """Follow streams: {"streams": […], "lang": "nb"} → {stream: number}, null where refused.

    Whoever says whom the page was drawn for ("me") is told when that is somebody else by now.
    """
    wanted, lang = _shape(data)
    person = me()
    allowed = [stream for stream in wanted if may_follow(person, stream)]
    away = {"signed_out": True} if is_another(data.get("me")) else {}
    return dict.fromkeys(wanted) | _follow(allowed, lang) | away


@command("unfollow")
def unfollow(data: Any) -> dict[str, Any]:
    """Stop following streams."""
    wanted, lang = _shape(data)
    for stream in wanted:
        leave_room(f"{stream}|{lang}")
        pump.forget(request.sid, stream)  # type: ignore[attr-defined]
    return {}


def _follow(streams: list[str], lang: str) -> dict[str, int]:
    # Join first, then read the numbers: what is sent between arrives, what was before is fetched.
    for stream in streams:
        join_room(f"{stream}|{lang}")
    return pump.track(streams, lang, request.sid)  # type: ignore[attr-defined]


def _shape(data: Any) -> tuple[list[str], str]:
    streams: Any = data.get("streams") if isinstance(data, dict) else None
    lang: Any = data.get("lang") if isinstance(data, dict) else None
    good = isinstance(streams, list) and all(isinstance(s, str) for s in streams)
    if not good or len(streams) > FOLLOW_LIMIT or not isinstance(lang, str):
        raise Refusal("streams, lang")
    if lang not in LANGUAGES:
        raise Refusal("lang")
    return streams, lang


def open_commands() -> None:
    """Let the server hear every command; once all rooms are open, for each application made."""
    for name, handler in _handlers.items():
        socketio.on_event(name, handler)


def bind(app: Flask) -> None:
    """Bind the socket server: web sockets only, one client's commands in order, small frames."""
    socketio.init_app(
        app,
        async_mode=app.config["ASYNC"],
        transports=["websocket"],
        async_handlers=False,
        manage_session=False,
        max_http_buffer_size=32_000,
        ping_interval=app.config["PING"],
        ping_timeout=app.config["PING"] * 0.75,
        cors_allowed_origins=app.config["ORIGINS"] if app.config["HOSTS"] else is_our_origin,
        http_compression=False,
        allow_upgrades=False,
        client_manager=Direct() if _writes_directly(app) else None,
        serializer=Packet,
    )
    hear_only_who_is_here(socketio.server)
    pulse.bind()
    if _writes_directly(app):
        outlet.bind(socketio.server.eio)


def _writes_directly(app: Flask) -> bool:
    # One thread does all the writing, so that nothing comes between two halves of a frame.
    return bool(app.config["DIRECT_WRITE"] and app.config["ASYNC"] == "gevent")
