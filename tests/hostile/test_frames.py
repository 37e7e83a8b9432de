"""5,000 hostile frames, in three states: nobody else notices, nothing is logged, nothing grows."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from itertools import islice

import pytest
import websocket

from bench.readings import children, memory_kb
from bench.visitors import Visitor
from tests.hostile.frames import frames
from tests.people import PASSWORD
from tests.serving import Smartby

SEED, FRAMES, A_CONNECTION, WARM = 7, 5_000, 25, 1_000
PATH = "/socket.io/?EIO=4&transport=websocket"
GROWTH_KB = 50_000


@pytest.fixture(scope="module")
def server() -> Iterator[Smartby]:
    with Smartby() as running:
        yield running


class Attacker:
    """Somebody who sends frame after frame, and comes again whenever they are shown out."""

    def __init__(self, server: Smartby, cookie: str) -> None:
        self.server, self.cookie = server, cookie
        self.opened = 0

    def sends(self, content: list[bytes]) -> None:
        """Send some frames on one connection; being cut off in between is as it should be."""
        # Every third has said hello and no more; of the others, half are signed in.
        cookie = self.cookie if self.opened % 2 else None
        socket = opens(self.server, cookie, joins=self.opened % 3 > 0)
        self.opened += 1
        try:
            for each in content:
                socket.sock.sendall(each)
            socket.sock.settimeout(0.02)
            socket.sock.recv(100_000)
        except OSError:
            pass
        finally:
            socket.shutdown()


def opens(server: Smartby, cookie: str | None = None, joins: bool = True) -> websocket.WebSocket:
    address = server.url.replace("http", "ws") + PATH
    socket = websocket.create_connection(address, origin=server.url, cookie=cookie, timeout=20)
    assert socket.recv().startswith("0{")
    if joins:
        socket.send("40")
        assert socket.recv().startswith("40{")
    return socket


def asks(socket: websocket.WebSocket) -> dict[str, int | None]:
    """Ask as a page does for a town's stream and for one that is not one's own."""
    wanted = {"streams": ["town:1", "person:1"], "lang": "nb"}
    socket.send("421" + json.dumps(["follow", wanted]))
    while not (answer := socket.recv()).startswith("431"):
        if answer == "2":
            socket.send("3")
    found: dict[str, int | None] = json.loads(answer[3:])[0]
    return found


def signs_in(server: Smartby) -> str:
    """Return the cookie of somebody who is signed in."""
    kari = Visitor(server.port)
    kari.sign_in("kari@example.no", "/havnvik/", PASSWORD)
    return kari.headers["Cookie"]


def test_five_thousand_frames_harm_nobody(server: Smartby) -> None:
    assert server.process is not None
    workers = children(server.process.pid)
    good, attacker = opens(server), Attacker(server, signs_in(server))
    first, source, sent, before = asks(good), frames(SEED), 0, 0
    while sent < FRAMES:
        attacker.sends(list(islice(source, A_CONNECTION)))
        sent += A_CONNECTION
        if sent == WARM:
            before = sum(map(memory_kb, workers))
        if sent % 500 == 0:
            assert asks(good) == first == {"town:1": 0, "person:1": None}
            with urllib.request.urlopen(f"{server.url}/havnvik/", timeout=20) as page:
                assert page.status == 200
    assert children(server.process.pid) == workers
    assert sum(map(memory_kb, workers)) - before < GROWTH_KB
    good.shutdown()
    assert complaints(server) == []


def complaints(server: Smartby) -> list[str]:
    """Return what the log says about something that broke."""
    lines = (server.folder / "log").read_text(errors="replace").splitlines()
    words = ("Traceback", "Error", "ERROR", "CRITICAL", " 500 ", '" 500', "Exception")
    return [line for line in lines if any(word in line for word in words)]
