"""Told to stop, a server says so, moves its pages, finishes what was begun, and goes."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator

import pytest
import websocket
from flask import Flask

from smartby.core.leaving import leaving
from smartby.extensions import db
from tests.core.test_server import connect
from tests.people import Visitor
from tests.serving import Smartby

PATIENCE = 10  # gunicorn alone would wait out its graceful timeout of 15 s


@pytest.fixture(scope="module")
def installed() -> Iterator[Smartby]:
    with Smartby(SMARTBY_DRAIN="1") as running:
        yield running


@pytest.fixture
def server(installed: Smartby) -> Smartby:
    """A server for each test to stop."""
    if installed.process is None or installed.process.poll() is not None:
        installed.serve()
    return installed


def opens(server: Smartby) -> websocket.WebSocket:
    opened = connect(server)
    opened.recv()
    opened.send("40")
    opened.recv()
    return opened


def is_told_to_move(opened: websocket.WebSocket) -> bool:
    while not (frame := opened.recv()).startswith("42"):
        if not frame:
            return False
    return bool(json.loads(frame[2:]) == ["drain", {"within_ms": 1000}])


def status(server: Smartby, path: str) -> int:
    try:
        with urllib.request.urlopen(server.url + path, timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_ready_is_a_question_about_the_database_and_alive_is_not(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = Visitor(app)
    assert visitor.gets("/readyz").get_json() == {"status": "ok"}
    with app.app_context():
        engine = db.engines["read"]
    engine.dispose()
    monkeypatch.setattr(engine.pool, "_creator", _away)
    answer = visitor.gets("/readyz")
    assert (answer.status_code, answer.get_json()) == (503, {"status": "no database"})
    assert visitor.gets("/healthz").status_code == 200


def _away(*_anything: object) -> object:
    raise db.exc.OperationalError("", {}, ConnectionRefusedError())  # type: ignore[attr-defined]


def test_one_who_leaves_is_not_ready(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaving, "begun", True)
    answer = Visitor(app).gets("/readyz")
    assert answer.status_code == 503
    assert answer.headers["Connection"] == "close"


def test_pages_are_told_to_move_and_meanwhile_all_else_is_answered(server: Smartby) -> None:
    pages = [opens(server) for _ in range(20)]
    assert server.process is not None
    server.process.terminate()
    assert all(is_told_to_move(page) for page in pages)
    assert status(server, "/readyz") == 503
    assert status(server, "/havnvik/") == 200
    with pytest.raises(websocket.WebSocketBadStatusException) as refused:
        connect(server)
    assert refused.value.status_code == 403
    for page in pages:
        page.close()
    assert server.process.wait(PATIENCE) == 0


def test_pages_that_do_not_move_are_cut(server: Smartby) -> None:
    pages = [opens(server) for _ in range(3)]
    assert server.process is not None
    server.process.terminate()
    assert server.process.wait(PATIENCE) == 0
    for page in pages:
        assert is_told_to_move(page)
        with pytest.raises((websocket.WebSocketException, OSError)):
            page.recv()
        page.shutdown()


def test_a_request_that_was_begun_is_finished_and_an_idle_connection_is_not_waited_for(
    server: Smartby,
) -> None:
    idle = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    idle.request("GET", "/healthz")
    idle.getresponse().read()
    body = b"email=kari&password=x"
    slow = socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE)
    head = f"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nContent-Length: {len(body)}"
    slow.sendall(f"{head}\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n".encode())
    slow.sendall(body[:5])
    until(lambda: status(server, "/readyz") == 200)
    assert server.process is not None
    server.process.terminate()
    ended = threading.Event()
    threading.Thread(target=lambda: (server.process.wait(), ended.set()), daemon=True).start()  # type: ignore[union-attr]
    until(lambda: _refuses(server))
    assert not ended.is_set()
    slow.sendall(body[5:])
    assert slow.recv(20).startswith(b"HTTP/1.1 4")
    slow.close()
    assert ended.wait(PATIENCE)
    idle.close()


def _refuses(server: Smartby) -> bool:
    try:
        socket.create_connection(("127.0.0.1", server.port), timeout=1).close()
    except OSError:
        return True
    return False
