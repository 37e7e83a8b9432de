"""The databases that are measured: those we are told of, else servers of our own."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from tests.services import Missing, Postgres, Redis

# As safe as a real one: what is measured waits for the disk.
SETTINGS = {"max_connections": "200", "listen_addresses": "127.0.0.1"}


@contextmanager
def databases(only: str) -> Iterator[dict[str, str]]:
    """Give the addresses of the databases by name; SQLite's is empty.

    REDIS_URL and DATABASE_URL are used where they are set; what this machine lacks is told.
    """
    urls = {"SQLite": ""}
    with ExitStack() as running:
        if only != "sqlite" and (url := os.environ.get("DATABASE_URL") or _own(running)):
            urls["PostgreSQL"] = url
        yield urls if only != "pg" else {name: url for name, url in urls.items() if url}


def _own(running: ExitStack) -> str:
    try:
        return running.enter_context(Postgres(SETTINGS)).url
    except Missing as missing:
        print(f"SQLite only: {missing}", file=sys.stderr)
        return ""


@contextmanager
def redis(workers: int) -> Iterator[None]:
    """Let several workers have a Redis between them, unless we were told of one."""
    if workers == 1 or "REDIS_URL" in os.environ:
        yield
        return
    with Redis() as own:
        os.environ["REDIS_URL"] = own.url
        try:
            yield
        finally:
            del os.environ["REDIS_URL"]
