"""Names and origins as they come over the wire, past every client: pages and the handshake."""

from __future__ import annotations

from collections.abc import Iterator
from socket import create_connection

import pytest

from tests.corpora.envelopes import HOSTS
from tests.serving import Smartby

PAGE = "/havnvik/"
SOCKET = "/socket.io/?EIO=4&transport=websocket"
UPGRADE = (
    "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Key: c21hcnRieS1iZW5jaC0xNg==",
    "Sec-WebSocket-Version: 13",
)  # fmt: skip
EVIL = "Host: evil.example"


@pytest.fixture(scope="module")
def server() -> Iterator[Smartby]:
    with Smartby() as running:
        yield running


def status(server: Smartby, path: str, *lines: str) -> int:
    """Send a request as it is written here; return how it is answered."""
    upgrade = UPGRADE if path == SOCKET else ("Connection: close",)
    sent = "\r\n".join((f"GET {path} HTTP/1.1", *lines, *upgrade, "", ""))
    with create_connection(("127.0.0.1", server.port), timeout=10) as raw:
        raw.sendall(sent.encode("utf-8"))
        answer = b""
        while b"\r\n\r\n" not in answer:
            more = raw.recv(65_536)
            if not more:
                break
            answer += more
    assert b"evil" not in answer, answer
    return int(answer.split(maxsplit=2)[1])


def own(server: Smartby) -> str:
    return f"Host: 127.0.0.1:{server.port}"


@pytest.mark.parametrize(("path", "refused"), [(PAGE, 400), (SOCKET, 403)])
def test_nobody_comes_in_by_another_name(server: Smartby, path: str, refused: int) -> None:
    for host in HOSTS:
        assert status(server, path, f"Host: {host}") == refused, host


@pytest.mark.parametrize(("path", "refused"), [(PAGE, 400), (SOCKET, 403)])
def test_two_names_are_none(server: Smartby, path: str, refused: int) -> None:
    mine = own(server)
    for lines in ((mine, EVIL), (EVIL, mine), (mine, mine), (mine, "hOST: evil.example")):
        assert status(server, path, *lines) == refused, lines


@pytest.mark.parametrize(("path", "served"), [(PAGE, 200), (SOCKET, 101)])
def test_what_only_a_proxy_may_say_changes_nothing(server: Smartby, path: str, served: int) -> None:
    mine = own(server)
    for line in ("X-Forwarded-Host: evil.example", "Forwarded: host=evil.example", "X-Host: evil"):
        assert status(server, path, mine, line) == served, line
        assert status(server, path, EVIL, f"X-Forwarded-{mine}") in (400, 403), line
    for name in (f"LOCALHOST:{server.port}", "localhost", "[::1]:80"):
        assert status(server, path, f"Host: {name}") == served, name


def test_a_line_that_is_none_is_refused(server: Smartby) -> None:
    for path in (PAGE, SOCKET):
        assert status(server, path, own(server), "\tx: evil.example") in (400, 403)
        assert status(server, path, EVIL, " x: 127.0.0.1") in (400, 403)


def test_behind_a_proxy_its_word_counts_and_no_other() -> None:
    with Smartby(SMARTBY_PROXY_HOPS="1", PUBLIC_URL="http://smartby.example") as server:
        inside = "Host: app:8000"
        for said, page, socket in (
            ("smartby.example", 200, 101),
            ("evil.example, smartby.example", 200, 101),
            ("smartby.example, evil.example", 400, 403),
            ("evil.example", 400, 403),
        ):
            line = f"X-Forwarded-Host: {said}"
            assert status(server, PAGE, inside, line) == page, said
            assert status(server, SOCKET, inside, line) == socket, said
        assert status(server, SOCKET, inside) == 403
        assert status(server, SOCKET, "Host: smartby.example") == 101
