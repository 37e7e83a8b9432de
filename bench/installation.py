"""A smartby of our own: temporary folder, seeded database, production server on a free port."""

from __future__ import annotations

import contextlib
import json
import os
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

from bench.readings import children, cpu_seconds, memory_kb
from tools.processes import start, stop

ROOT = Path(__file__).parent.parent
OWN = ("DATABASE_URL", "REDIS_URL", "PUBLIC_URL", "SECRET_KEY", "SMTP_URL", "HOST", "PORT")
PATIENCE = 60.0


class Installation:
    """A server that runs inside a with block, with one worker, and leaves nothing behind."""

    def __init__(
        self,
        database_url: str,
        scale: int,
        workers: int = 1,
        app: str = "wsgi:app",
        **settings: str,
    ) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="smartby-bench-"))
        self.port = free_port()
        self.scale = scale
        self.app = app
        self.server: subprocess.Popen[bytes] | None = None
        self.seeded_in = self.seeded_cpu = 0.0
        self.started_with = 0  # kB, before anybody has asked for anything
        kept = {
            name: value
            for name, value in os.environ.items()
            if name not in OWN and not name.startswith("SMARTBY_")
        }
        self.env = {
            **kept,
            "DATABASE_URL": database_url,
            "SMARTBY_DATA": str(self.folder),
            # As behind a proxy: each request comes from an address of its own, or the limits on
            # what one address may do would be what is measured.
            "SMARTBY_PROXY_HOPS": "1",
            "SMARTBY_WORKERS": str(workers),
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "SMARTBY_DRAIN": "0",
            "FLASK_APP": "smartby",
            "PYTHONPATH": str(ROOT),
            **settings,
        }
        if workers > 1:
            self.env["REDIS_URL"] = os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/9")

    def __enter__(self) -> Self:
        try:
            self.run("-m", "flask", "init")
            begun, cpu = time.monotonic(), _cpu_of_the_ended()
            self.run("-m", "flask", "seed", "--scale", str(self.scale))
            self.seeded_in = time.monotonic() - begun
            self.seeded_cpu = _cpu_of_the_ended() - cpu
            self._serve()
            self.started_with = memory_kb(self.worker)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        if self.server is not None:
            stop(self.server)
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, *arguments: str) -> str:
        """Run Python in this installation; return what it prints."""
        done = subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, env=self.env, stdout=subprocess.PIPE, text=True
        )
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(arguments)} failed")
        return done.stdout

    def subjects(self) -> dict[str, Any]:
        """Ask what in this database can be measured."""
        found: dict[str, Any] = json.loads(self.run("-m", "bench.subjects"))
        return found

    @property
    def worker(self) -> int:
        """The one worker's process."""
        if self.server is None:
            raise RuntimeError("there is no server yet")
        return children(self.server.pid)[0]

    def starts_anew(self) -> dict[str, float]:
        """Stop the server and start it; return what it took until it answered."""
        if self.server is not None:
            stop(self.server)
        begun = time.monotonic()
        self._serve()
        took, worker = time.monotonic() - begun, self.worker
        cpu = cpu_seconds(worker) + cpu_seconds(self.server.pid)
        return {"start_ms": round(1000 * took), "cpu_ms": round(1000 * cpu)}

    def _serve(self) -> None:
        command = [sys.executable, "-m", "gunicorn", "-c", "smartby/gunicorn_conf.py", self.app]
        with (self.folder / "log").open("wb") as log:
            self.server = start(command, env=self.env, cwd=ROOT, output=log)
        deadline = time.monotonic() + PATIENCE
        while not self._healthy():
            if self.server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((self.folder / "log").read_text(errors="replace"))
            time.sleep(0.05)

    def _healthy(self) -> bool:
        with contextlib.suppress(OSError):
            url = f"http://127.0.0.1:{self.port}/healthz"
            with urllib.request.urlopen(url, timeout=2) as answer:
                return bool(answer.status == 200)
        return False


@contextlib.contextmanager
def database(url: str) -> Iterator[str]:
    """Make a database beside the given one, and drop it afterwards; "" is SQLite and needs none."""
    if not url:
        yield ""
        return
    import psycopg

    plain = url.replace("+psycopg", "").replace("postgres://", "postgresql://")
    name = f"smartby_bench_{uuid4().hex[:8]}"
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield urlunsplit(urlsplit(plain)._replace(path=f"/{name}"))
        finally:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _cpu_of_the_ended() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def free_port() -> int:
    """Return a loopback port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def until_listening(port: int) -> None:
    """Wait until a server of ours takes connections."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.05)
    raise RuntimeError(f"nobody listens on port {port}")
