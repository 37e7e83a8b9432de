"""The production server's guards: path, origin, frame size, malformed frames."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from socket import create_connection
from typing import Any

import pytest
import websocket

from tests.serving import Smartby

PATH = "/socket.io/?EIO=4&transport=websocket"
Opened = Callable[[Smartby], websocket.WebSocket]


@pytest.fixture(scope="module")
def server() -> Iterator[Smartby]:
    with Smartby() as running:
        yield running


def connect(server: Smartby, **options: Any) -> websocket.WebSocket:
    options.setdefault("origin", server.url)
    path = options.pop("path", PATH)
    return websocket.create_connection(
        server.url.replace("http", "ws") + path, timeout=5, **options
    )


@pytest.fixture
def opened() -> Iterator[Callable[[Smartby], websocket.WebSocket]]:
    """Open sockets that are closed after the test."""
    every: list[websocket.WebSocket] = []

    def open_one(server: Smartby) -> websocket.WebSocket:
        socket = connect(server)
        every.append(socket)
        assert socket.recv().startswith("0{")
        socket.send("40")
        assert socket.recv().startswith("40{")
        return socket

    yield open_one
    for socket in every:
        socket.shutdown()


def asks(socket: websocket.WebSocket, data: Any) -> Any:
    socket.send("421" + json.dumps(["follow", data]))
    while not (answer := socket.recv()).startswith("431"):
        if answer == "2":
            socket.send("3")
    return json.loads(answer[3:])[0]


def test_what_comes_along_with_the_handshake_is_read(server: Smartby) -> None:
    lines = (
        f"GET {PATH} HTTP/1.1", f"Host: 127.0.0.1:{server.port}", "Upgrade: websocket",
        "Connection: Upgrade", "Sec-WebSocket-Key: c21hcnRieS1iZW5jaC0xNg==",
        "Sec-WebSocket-Version: 13", "", "",
    )  # fmt: skip
    with create_connection(("127.0.0.1", server.port), timeout=5) as early:
        early.sendall("\r\n".join(lines).encode() + b"\x81\x82\0\0\0\x0040")
        answer = b""
        while b'40{"sid"' not in answer:
            answer += early.recv(4096)


def test_a_good_client_is_served(server: Smartby, opened: Opened) -> None:
    assert asks(opened(server), {"streams": ["town:1"], "lang": "nb"}) == {"town:1": 0}


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "null", "http://127.0.0.1.evil.example", "https://127.0.0.1",
     "http://127.0.0.1:1", "http://user@127.0.0.1", "file://", "http://localhost"],
)  # fmt: skip
def test_a_foreign_origin_is_refused_before_the_upgrade(server: Smartby, origin: str) -> None:
    with pytest.raises(websocket.WebSocketBadStatusException) as refused:
        connect(server, origin=origin, cookie="smartby=x")
    assert refused.value.status_code == 403


def test_a_cookie_without_origin_is_refused(server: Smartby) -> None:
    with pytest.raises(websocket.WebSocketBadStatusException) as refused:
        connect(server, suppress_origin=True, cookie="smartby=x")
    assert refused.value.status_code == 403


def test_told_to_listen_everywhere_a_page_opens_its_socket_under_the_name_it_came_by() -> None:
    with Smartby(HOST="0.0.0.0") as everywhere:  # noqa: S104
        name = f"192.168.1.7:{everywhere.port}"
        socket = connect(everywhere, host=name, origin=f"http://{name}", cookie="smartby=x")
        assert socket.recv().startswith("0{")
        socket.shutdown()
        for host, origin in (
            (name, "http://evil.example"),
            (name, "http://192.168.1.7"),
            (name, f"https://{name}"),
            ("", "http://"),
        ):
            with pytest.raises(websocket.WebSocketBadStatusException) as refused:
                connect(everywhere, host=host or None, origin=origin, cookie="smartby=x")
            assert refused.value.status_code == 403


@pytest.mark.parametrize("path", ["/", "/healthz", "/socket.io", "/havnvik/ideas", "/live"])
def test_no_other_path_is_upgraded(server: Smartby, path: str) -> None:
    with pytest.raises(websocket.WebSocketBadStatusException) as refused:
        connect(server, path=path)
    assert refused.value.status_code == 403


def test_polling_transport_is_off(server: Smartby) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{server.url}/socket.io/?EIO=4&transport=polling", timeout=5)
    assert refused.value.code == 400
    refused.value.close()


def test_an_oversize_frame_is_closed_before_it_is_read(server: Smartby, opened: Opened) -> None:
    good, big = opened(server), opened(server)
    big.sock.sendall(b"\x81\xff" + (60_000_000).to_bytes(8, "big") + b"abcd" + b"x" * 1000)
    with pytest.raises((websocket.WebSocketException, OSError)):
        while big.recv_data()[0] != websocket.ABNF.OPCODE_CLOSE:
            pass
        raise websocket.WebSocketConnectionClosedException
    assert asks(good, {"streams": ["town:1"], "lang": "nb"}) == {"town:1": 0}


def test_text_that_is_none_ends_the_connection(server: Smartby, opened: Opened) -> None:
    bad = opened(server)
    bad.sock.sendall(b"\x81\x84\0\0\0\x0042\xff\xfe")
    assert bad.recv_data()[0] == websocket.ABNF.OPCODE_CLOSE


MALFORMED = [
    '42["follow"]', "42[]", "42", '42{"a":1}', '42[["follow"]]', '42["__proto__",{}]',
    '42["batch",{"stream":"town:1"}]', "429999999999999999999[]", '421["follow",1,2,3]', "43", "44",
    "45", '451-["x",{"_placeholder":true,"num":0}]', '459999-["x"]', "4", "9", "x", "", "40/admin,",
    "41", "[", '42["follow",{"streams":null,"lang":null}]', "2probe", "5", "6", '42["connect"]',
    '42["disconnect"]', '420["follow",' + "[" * 5000,
]  # fmt: skip


@pytest.mark.parametrize("frame", MALFORMED)
def test_a_malformed_frame_harms_nobody(server: Smartby, opened: Opened, frame: str) -> None:
    good, bad = opened(server), opened(server)
    bad.send(frame)
    bad.sock.sendall(b"\x82\x85abcd\x01\x02\x03\x04\x05")  # and a binary one
    assert asks(good, {"streams": ["town:1"], "lang": "nb"}) == {"town:1": 0}


def test_who_is_shown_out_and_stays_is_cut_off(opened: Opened) -> None:
    with Smartby(SMARTBY_PING="2") as server:
        rude = opened(server)
        rude.settimeout(60)
        for _ in range(30):  # three more than may be asked at once would do
            rude.send('421["follow",null]')
        while rude.sock.recv(4096):  # never says goodbye itself
            pass


def test_sigterm_lets_open_sockets_go_at_once(opened: Opened) -> None:
    with Smartby() as server:
        for _ in range(20):
            opened(server)
        assert server.process is not None
        server.process.terminate()
        server.process.wait(8)  # gunicorn alone would wait out its graceful timeout of 15 s
