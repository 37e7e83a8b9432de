"""Load from a process of its own: wrk where it is installed, else our own client."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

SCRIPT = Path(__file__).parent / "requests.lua"


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it is sent; "{n}" in path and body becomes a number that is never used again."""

    method: str
    path: str
    headers: dict[str, str]
    body: str = ""


@dataclass(frozen=True, slots=True)
class Load:
    """What came back."""

    requests: int
    seconds: float
    p50_ms: float
    p99_ms: float
    failed: int

    @property
    def rate(self) -> float:
        """Requests per second."""
        return self.requests / self.seconds


def tool() -> str:
    """Name what the load comes from."""
    return "wrk" if shutil.which("wrk") else "bench.client"


def run(port: int, requests: Sequence[Request], *, connections: int, seconds: float) -> Load:
    """Send these requests in turn over that many connections for a while."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        if tool() == "wrk":
            file.write("".join(_lines(request) for request in requests))
            command = _wrk(port, connections, seconds, file.name)
        else:
            file.write(json.dumps([asdict(request) for request in requests]))
            command = [sys.executable, "-m", "bench.client", str(port), file.name]
            command += [str(connections), str(seconds)]
        file.flush()
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found = json.loads(done.stdout.strip().splitlines()[-1])
    return Load(**found)


def _wrk(port: int, connections: int, seconds: float, file: str) -> list[str]:
    return [
        "wrk", "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s", "--timeout", "20s",
        "-s", str(SCRIPT), f"http://127.0.0.1:{port}", "--", file,
    ]  # fmt: skip


def _lines(request: Request) -> str:
    headers = "".join(f"{name}: {value}\n" for name, value in request.headers.items())
    return f"{request.method}\n{request.path}\n{headers}\n{request.body}\n"
