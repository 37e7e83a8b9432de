"""A connection that PostgreSQL or the network has ended is found before somebody's page is."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from itertools import pairwise
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, create_engine, select, text
from sqlalchemy.pool import NullPool

from smartby.accounts.models import User
from smartby.config import engine_options
from smartby.core import alive, lanes
from smartby.core.transaction import lock, transaction
from smartby.extensions import db

WHICH = text("SELECT pg_backend_pid()")
ENDING = text("SELECT pg_terminate_backend(:pid, 30000)")
RESET = struct.pack("ii", 1, 0)  # to linger for no time: whoever sends more is told so


class Network:
    """What lies between; it can forget the connections it carries, and says so when asked."""

    def __init__(self, host: str, port: int) -> None:
        self.far, self.age = (host, port), 0
        self.near = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._accepts, daemon=True).start()

    def forgets(self) -> None:
        """Know nothing of what is open now."""
        self.age += 1

    def _accepts(self) -> None:
        with suppress(OSError):
            while True:
                ends = (self.near.accept()[0], socket.create_connection(self.far))
                for pair in pairwise((*ends, ends[0])):
                    carrying = threading.Thread(target=self._carries, args=(*pair, self.age))
                    carrying.daemon = True
                    carrying.start()

    def _carries(self, source: socket.socket, target: socket.socket, age: int) -> None:
        with suppress(OSError), source, target:
            while content := source.recv(65_536):
                if age < self.age:
                    source.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
                    break
                target.sendall(content)
            # Whoever reads at the other end would not hear of a socket that is only closed.
            target.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def asked(app: Flask, database: str) -> Iterator[tuple[Engine, Network] | None]:
    """An engine as ours, and the network between it and the database; SQLite has none."""
    if database == "sqlite":
        yield None
        return
    with app.app_context():
        url = db.engine.url
    network = Network(url.host or "127.0.0.1", url.port or 5432)
    there = url.set(host="127.0.0.1", port=network.near.getsockname()[1])
    options = engine_options(str(there), 1, writing=False)
    engine = create_engine(there, **options | {"pool_size": 1})
    lanes.prepare(create_engine(url), engine)
    with closing(network.near):
        yield engine, network
        engine.dispose()


def test_pages_and_writes_go_on_when_the_database_has_ended_every_connection(
    app: Flask, database: str
) -> None:
    client = app.test_client()

    def writes() -> None:
        with app.app_context(), transaction():
            lock(db.session.scalars(select(User).where(User.email == "kari@example.no")).one())

    def all_is_well() -> bool:
        writes()
        return client.get("/readyz").status_code == client.get("/").status_code == 200

    assert all_is_well()
    if database != "sqlite":
        with app.app_context():
            _end_all(db.engine, db.engines["read"])
    assert all_is_well()


def _end_all(*engines: Engine) -> None:
    with ExitStack() as taken:
        pools: list[Any] = [engine.pool for engine in engines]
        idle = [
            taken.enter_context(engine.connect())
            for engine, pool in zip(engines, pools, strict=True)
            for _each in range(pool.checkedin())
        ]
        ours = [connection.scalar(WHICH) for connection in idle]
    assert ours
    with create_engine(engines[0].url, poolclass=NullPool).connect() as connection:
        for pid in ours:
            assert connection.scalar(ENDING, {"pid": pid})


def test_what_lay_idle_is_asked_first_and_replaced(
    asked: tuple[Engine, Network] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if asked is None:
        return
    engine, network = asked

    def reads() -> int | None:
        with engine.connect() as connection:
            return connection.scalar(WHICH)

    first = reads()
    assert reads() == first
    network.forgets()
    monkeypatch.setattr(alive, "IDLE", 0.0)
    assert reads() != first
