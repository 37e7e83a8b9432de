"""Phones that join a workshop, follow it and write: thousands at once, each a greenlet."""

from __future__ import annotations

import http.client
import json
import re
import socket
import sys
import time
from collections import Counter
from typing import Any
from urllib.parse import urlencode

import gevent
from gevent.event import Event
from gevent.fileobject import FileObject

from bench.listeners import frame_end

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
STREAMS = re.compile(r'data-streams="([^"]+)"')
ACTIVITY = re.compile(r'name="activity" value="(\d+)"')
COMING = 0.8  # of the time that all have to come in: the last of them needs the rest


class Phone:
    """Somebody with a phone: the pages a browser would fetch, and the socket it would open."""

    def __init__(self, port: int, number: int) -> None:
        self.port, self.number = port, number
        self.cookies: dict[str, str] = {}
        self.token = self.room = self.activity = ""
        self.seen: dict[str, int] = {}
        self.heard: list[tuple[int, float]] = []
        self.gaps = self.deeds = 0
        self.connection: http.client.HTTPConnection | None = None
        self.link: socket.socket | None = None
        self.tab = ""  # what the server calls this page's socket

    def join(self, code: str) -> float:
        """Go through the door and follow the room; return how long it took, in seconds."""
        begun = time.monotonic()
        self._ask("GET", f"/j/{code}")
        status, _page, self.room = self._ask("POST", f"/j/{code}", {})
        if status != 303:
            raise ValueError(f"the door was answered with {status}")
        self.look()
        self._hang_up()
        self.open()
        return time.monotonic() - begun

    def look(self) -> None:
        """Read the page, as it is now."""
        status, page, _to = self._ask("GET", self.room)
        if status != 200:
            raise ValueError(f"the room was answered with {status}")
        found, on = STREAMS.search(page), ACTIVITY.search(page)
        self.seen = {
            name: int(seq)
            for name, seq in (each.split("@") for each in (found[1] if found else "").split())
        }
        self.activity = on[1] if on else ""

    def write(self, **fields: str) -> tuple[float, bool]:
        """Do something in the activity; return how long the answer took, and whether it was yes."""
        begun = time.monotonic()
        self.deeds += 1
        key = f"{self.number:016d}{self.deeds:016d}"
        status, _page, _to = self._ask(
            "POST", self.room, {"activity": self.activity, "key": key, **fields}
        )
        self._hang_up()
        return time.monotonic() - begun, status < 400

    def open(self) -> None:
        """Open the socket, and follow what the page shows."""
        self.link = socket.create_connection(("127.0.0.1", self.port))
        self.link.sendall(self._upgrade().encode())
        self.left = b""
        while b"\r\n\r\n" not in self.left:
            self.left += self._more()
        self.left = self.left.partition(b"\r\n\r\n")[2]
        for say, wanted in (("40", b"40"), (self._follow(), b"430")):
            if say:
                self._send(say)
                while not self._said(wanted):
                    self.left += self._more()
        gevent.spawn(self._listen)

    def _said(self, wanted: bytes) -> bool:
        for frame in self._frames():
            if frame.startswith(b"40{"):
                self.tab = json.loads(frame[2:])["sid"]
            if frame.startswith(wanted):
                return True
        return False

    def _follow(self) -> str:
        if not self.seen:
            return ""
        return "420" + json.dumps(["follow", {"streams": list(self.seen), "lang": "nb"}])

    def _listen(self) -> None:
        while True:
            for frame in self._frames():
                self._hear(frame)
            try:
                self.left += self._more()
            except OSError:
                return

    def _hear(self, frame: bytes) -> None:
        if frame == b"2":
            self._send("3")
        elif frame.startswith(b'42["batch"'):
            moment = time.monotonic()
            batch = json.loads(frame[2:])[1]
            last = self.seen.get(batch["stream"], batch["first"] - 1)
            self.gaps += batch["first"] > last + 1
            self.seen[batch["stream"]] = batch["seq"]
            if batch["stream"].startswith("room:"):
                self.heard.append((batch["seq"], moment))
                on = ACTIVITY.search("".join(op.get("html", "") for op in batch["ops"]))
                self.activity = on[1] if on else self.activity

    def _frames(self) -> list[bytes]:
        found = []
        while (end := frame_end(self.left)) and end[1] <= len(self.left):
            found.append(self.left[end[0] : end[1]])
            self.left = self.left[end[1] :]
        return found

    def _more(self) -> bytes:
        content = self.link.recv(65_536) if self.link else b""
        if not content:
            raise OSError("the server has left")
        return content

    def _send(self, text: str) -> None:
        content = text.encode()
        size = len(content)
        length = bytes([0x80 | size]) if size < 126 else b"\xfe" + size.to_bytes(2, "big")
        if self.link:
            self.link.sendall(b"\x81" + length + b"\0\0\0\0" + content)

    def _upgrade(self) -> str:
        lines = ["GET /socket.io/?EIO=4&transport=websocket HTTP/1.1", "Upgrade: websocket"]
        lines += ["Connection: Upgrade", "Sec-WebSocket-Version: 13"]
        lines += ["Sec-WebSocket-Key: c21hcnRieS1iZW5jaC0xNg=="]
        lines += [f"{name}: {value}" for name, value in self._headers().items()]
        return "\r\n".join((*lines, "", ""))

    def _headers(self) -> dict[str, str]:
        sent = {"Host": f"127.0.0.1:{self.port}", "Origin": f"http://127.0.0.1:{self.port}"}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return sent

    def _ask(
        self, method: str, path: str, form: dict[str, str] | None = None
    ) -> tuple[int, str, str]:
        # As a browser does: what it asks for one after the other goes over one connection.
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection = self.connection
        headers, body = self._headers(), None
        if form is not None:
            body = urlencode({"csrf_token": self.token, **form})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers |= {"Accept": "application/json", "X-Tab": self.tab} if "key" in form else {}
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        page = answer.read().decode()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, content = value.split(";")[0].partition("=")
                self.cookies[key] = content
        if found := TOKEN.search(page):
            self.token = found[1]
        return answer.status, page, answer.headers.get("Location", "")

    def _hang_up(self) -> None:
        if self.connection is not None:
            self.connection.close()
        self.connection = None


def gather(port: int, code: str, count: int, seconds: float) -> None:
    """Bring the phones in, listen, and let all write when told to ("storm" on the input)."""
    phones = [Phone(port, number) for number in range(count)]
    begun = time.monotonic()
    spread = seconds * COMING
    times = [
        gevent.spawn_later(spread * phone.number / count, enter, phone, code) for phone in phones
    ]
    gevent.joinall(times)
    said = {
        "joined_in_s": time.monotonic() - begun,
        "cpu_s": time.process_time(),
        "each": sorted(job.value for job in times if isinstance(job.value, float)),
        "outside": Counter(job.value for job in times if isinstance(job.value, str)),
    }
    print(json.dumps(said), flush=True)
    ended = Event()
    gevent.spawn(commands, phones, seconds, ended)
    ended.wait()
    gevent.sleep(2)  # late ones may still arrive
    heard = [phone.heard for phone in phones]
    gaps = sum(phone.gaps for phone in phones)
    print(json.dumps({"heard": heard, "gaps": gaps}), flush=True)


def enter(phone: Phone, code: str) -> float | str:
    """Come in, or only listen; return how long it took, or what went wrong."""
    begun = time.monotonic()
    try:
        if code != "-":
            return phone.join(code)
        phone.open()
    except (OSError, http.client.HTTPException, ValueError) as trouble:
        return f"{type(trouble).__name__} {trouble}"[:200]
    return time.monotonic() - begun


def commands(phones: list[Phone], seconds: float, ended: Event) -> None:
    """Do what the input says, until it ends."""
    # The plain standard input would stop every greenlet while it waits.
    for line in FileObject(sys.stdin.fileno(), "r", close=False):
        word, _, rest = line.strip().partition(" ")
        if word == "storm":
            print(json.dumps(storm(phones, seconds, json.loads(rest))), flush=True)
    ended.set()


def storm(phones: list[Phone], seconds: float, fields: dict[str, str]) -> dict[str, Any]:
    """Let everybody do something once, within some seconds."""
    gevent.sleep(1)  # what is on now must have reached all of them

    def do(phone: Phone) -> tuple[float, bool]:
        own = {"n": phone.number, "item": phone.number % 6 + 1}
        return phone.write(**{key: text.format(**own) for key, text in fields.items()})

    jobs = [gevent.spawn_later(seconds * p.number / len(phones), do, p) for p in phones]
    gevent.joinall(jobs)
    return {
        "acks": sorted(job.value[0] for job in jobs if job.value),
        "refused": sum(not (job.value and job.value[1]) for job in jobs),
    }
