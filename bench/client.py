"""`python -m bench.client PORT FILE CONNECTIONS SECONDS`: load where there is no wrk."""

from __future__ import annotations

import itertools
import json
import selectors
import socket
import sys
import time
from collections.abc import Iterator
from typing import Any


class Connection:
    """One kept-alive connection with a request on its way."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sent = 0.0
        self.received = b""

    def send(self, request: bytes) -> None:
        """Send a request and remember when."""
        self.received = b""
        self.sent = time.perf_counter()
        self.socket.sendall(request)

    def read(self) -> int:
        """Read on; return the status when the whole answer is there, else 0."""
        self.received += self.socket.recv(262_144)
        head, found, body = self.received.partition(b"\r\n\r\n")
        if not found:
            return 0
        lowered = head.lower()
        start = lowered.find(b"content-length:")
        length = int(lowered[start + 15 :].split(b"\r\n", 1)[0]) if start >= 0 else 0
        return int(head[9:12]) if len(body) >= length else 0


def messages(requests: list[dict[str, Any]]) -> Iterator[bytes]:
    """Yield the requests in turn, as bytes, each with a number of its own."""
    start = int(time.time()) % 100_000 * 1_000_000
    for count, request in zip(itertools.count(start), itertools.cycle(requests), strict=False):
        body = request["body"].replace("{n}", str(count)).encode()
        headers = dict(request["headers"])
        address = f"10.{count // 65536 % 200}.{count // 256 % 256}.{count % 256}"
        headers |= {"X-Forwarded-For": address, "Content-Length": str(len(body))}
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        path = request["path"].replace("{n}", str(count))
        yield f"{request['method']} {path} HTTP/1.1\r\n{lines}\r\n".encode() + body


def converse(
    busy: list[Connection], source: Iterator[bytes], until: float
) -> tuple[list[float], int]:
    """Send on each connection as soon as it is answered; return latencies and failures."""
    latencies: list[float] = []
    failed = 0
    with selectors.DefaultSelector() as selector:
        for connection in busy:
            selector.register(connection.socket, selectors.EVENT_READ, connection)
            connection.send(next(source))
        while time.perf_counter() < until:
            for key, _events in selector.select(1):
                if status := key.data.read():
                    latencies.append(time.perf_counter() - key.data.sent)
                    failed += status >= 400
                    key.data.send(next(source))
    return latencies, failed


def main(port: int, file: str, connections: int, seconds: float) -> dict[str, float]:
    """Keep that many connections busy; return what came back."""
    with open(file) as opened:
        source = messages(json.load(opened))
    busy = [Connection(port) for _ in range(connections)]
    begun = time.perf_counter()
    latencies, failed = converse(busy, source, begun + seconds)
    took = time.perf_counter() - begun
    for connection in busy:
        connection.socket.close()
    count = len(latencies)
    waited = sorted(latencies) or [took]  # none: on a machine this busy no answer came in time
    return {
        "requests": count,
        "seconds": took,
        "p50_ms": 1000 * waited[len(waited) // 2],
        "p99_ms": 1000 * waited[len(waited) * 99 // 100],
        "failed": failed,
    }


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), float(sys.argv[4]))))
