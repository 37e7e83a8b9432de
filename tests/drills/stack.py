"""What a drill runs on: its own PostgreSQL, Redis and instances of smartby, and their faults."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self

from tests.drills.jobs import Jobs
from tests.services import POSTGRES_SETTINGS, Postgres, Redis, Server
from tests.serving import Smartby

PATIENCE = 120.0
# What a server has said yes to must be there after a crash: only the machine itself never fails.
DURABLE = {**POSTGRES_SETTINGS, "synchronous_commit": "on"}


class Beside(Smartby):
    """Another instance on the same database and files."""

    def __init__(self, first: Smartby, **env: str) -> None:
        super().__init__()
        own = ("PORT",)
        self.env = first.env | {name: self.env[name] for name in own} | env

    def launch(self) -> None:
        """Serve; everything else is there."""
        self.serve()


class Stack:
    """A running smartby of one or more instances, with a workshop on; gone after its with block."""

    def __init__(
        self, db: str, *, apps: int = 1, redis: bool = False, disk_mb: int = 0,
        beside: Mapping[str, str] | None = None, **env: str,
    ) -> None:  # fmt: skip
        self.db, self.env, self.disk_mb = db, {"SMARTBY_DRAIN": "5", **env}, disk_mb
        self.others = [beside or {}] * (apps - 1)  # how they differ from the first
        self.postgres = Postgres(DURABLE) if db == "pg" else None
        self.redis = Redis() if redis else None
        self.apps: list[Smartby] = []
        self.jobs: Jobs | None = None
        self.hall: dict[str, Any] = {}
        self.idea = 0

    def __enter__(self) -> Self:
        with ExitStack() as running:
            for server in (self.postgres, self.redis):
                if server is not None:
                    running.enter_context(server)
            first = Smartby(database_url=self._create(), redis_url=self.redis_url)
            first.env |= self.env
            if self.disk_mb:
                running.enter_context(disk(Path(first.env["SMARTBY_DATA"]), self.disk_mb))
            self.apps = [running.enter_context(first)]
            self.hall = json.loads(first.runs("from tests.drills.hall import main; main()"))
            for env in self.others:
                self.apps.append(running.enter_context(Beside(first, **env)))
            self.running = running.pop_all()
        return self

    def __exit__(self, *_error: object) -> None:
        self.running.close()

    @property
    def redis_url(self) -> str:
        """The address of our Redis, if there is one."""
        return self.redis.url if self.redis is not None else ""

    @property
    def servers(self) -> list[Server]:
        """All that runs here."""
        return [*self.apps, *(server for server in (self.postgres, self.redis) if server)]

    @property
    def overdue(self) -> int:
        """How often PostgreSQL gave up a statement that waited too long.

        On a busy machine that happens without a fault: the answer is 503, and people ask again.
        """
        return self.postgres.log().count("canceling statement due to") if self.postgres else 0

    @property
    def ports(self) -> list[int]:
        """Where the instances are, as a proxy in front of them would know."""
        return [app.port for app in self.apps]

    def adds(self, **env: str) -> Smartby:
        """Start one more instance."""
        added = self.running.enter_context(Beside(self.apps[0], **env))
        self.apps.append(added)
        return added

    def works(self) -> None:
        """Start the process for work outside requests."""
        self.jobs = self.running.enter_context(Jobs(self.apps[0]))

    def replaces(self, old: Smartby, **env: str) -> None:
        """Let a new instance take over from one that is told to stop; see that it stops well."""
        self.adds(**env)
        self.waits_until_ready()
        assert old.process is not None
        old.process.terminate()
        old.process.wait(PATIENCE)
        self.apps.remove(old)
        assert old.process.returncode == 0, old.log()[-5000:]

    def crashes_postgres(self, seconds: float) -> None:
        """Let PostgreSQL stop as in a crash, and come back after a while."""
        assert self.postgres is not None
        self.postgres.halt(signal.SIGQUIT)
        time.sleep(seconds)
        self.postgres.run()

    def stops_redis(self, seconds: float | None) -> None:
        """Take Redis away, for a while or for good; it comes back empty."""
        assert self.redis is not None
        self.redis.halt()
        if seconds is not None:
            time.sleep(seconds)
            self.redis.run()

    def waits_until_ready(self) -> None:
        """Wait until every instance says that it is ready."""
        until(lambda: all(_ready(port) for port in self.ports), "the instances are ready")

    def asks(self, query: str) -> list[tuple[Any, ...]]:
        """Ask the database itself, as soon as it answers."""
        if self.postgres is not None:
            return self._asks_postgres(query)
        path = f"{self.apps[0].env['SMARTBY_DATA']}/smartby.db"
        connection = sqlite3.connect(path, timeout=PATIENCE)
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()

    def _asks_postgres(self, query: str) -> list[tuple[Any, ...]]:
        import psycopg

        url = self.apps[0].env["DATABASE_URL"].replace("+psycopg", "")
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                with psycopg.connect(url) as connection:
                    return connection.execute(query).fetchall()  # type: ignore[arg-type]
            except psycopg.OperationalError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)

    def _create(self) -> str:
        return self.postgres.create_database("drill") if self.postgres is not None else ""


def can_have_disks() -> bool:
    """Tell whether we may mount a small disk here."""
    with TemporaryDirectory(dir="/tmp") as folder:
        tried = subprocess.run(["mount", "-t", "tmpfs", "tmpfs", folder], capture_output=True)
        if tried.returncode == 0:
            subprocess.run(["umount", folder], check=True)
        return tried.returncode == 0


@contextmanager
def disk(folder: Path, megabytes: int) -> Iterator[None]:
    """Let a folder be a disk of its own, of so many megabytes."""
    folder.mkdir(parents=True)
    size = f"size={megabytes}m"
    subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def until(true: Callable[[], bool], what: str, longest: float = PATIENCE) -> float:
    """Wait until something is true; return how long that took, in seconds."""
    begun = time.monotonic()
    while not true():
        if time.monotonic() - begun > longest:
            raise AssertionError(f"after {longest:.0f} s it is still not so that {what}")
        time.sleep(0.05)
    return time.monotonic() - begun


def _ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
