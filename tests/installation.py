"""One whole smartby: created once a session and database, put back to golden after each test."""

from __future__ import annotations

import importlib.util
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from jinja2 import StrictUndefined

from tests.golden import Golden, PostgresGolden, SqliteGolden
from tests.hashing import hash_cheaply

PUBLIC_URL = "http://localhost"


class Installation:
    """An application on a database with reference data and people, and the way back to that."""

    def __init__(self, database_url: str, folder: Path) -> None:
        from smartby import create_app

        hash_cheaply()
        self.app: Flask = create_app(
            {
                "TESTING": True,
                "ASYNC": "threading",
                "DATABASE_URL": database_url,
                "DATA": str(folder),
                "PUBLIC_URL": PUBLIC_URL,
                "SECRET_KEY": "for-tests-only-and-long-enough-to-be-one",
            }
        )
        # A name that no view passes draws nothing where smartby runs; here it is a mistake.
        self.app.jinja_env.undefined = StrictUndefined
        self._plant()
        self.folder = folder
        self.golden = self._copy("golden")

    def restore(self) -> None:
        """Go back to the golden data, in the database and in what is remembered of it."""
        self.golden.restore()
        self.forget()
        self.calm()

    def forget(self) -> None:
        """Forget what was read from the database and drawn."""
        from smartby.core import fragments
        from smartby.pages import figures

        fragments.clear()
        for memory in ("smartby-kept", "smartby-recalled"):
            self.app.extensions[memory].clear()
        figures.forget()

    def calm(self) -> None:
        """Forget who asked, how often, and who is on line."""
        from smartby.core import clock, sockets
        from smartby.core.pump import pump
        from smartby.extensions import limiter
        from smartby.facilitation import presence

        pump.reset()
        presence.forget()
        sockets._buckets.clear()
        clock.set_offset(0.0)
        with self.app.app_context():
            limiter.reset()

    @contextmanager
    def from_here(self) -> Iterator[None]:
        """Let what is there now be what restore() leads back to, inside a with block."""
        outer, self.golden = self.golden, self._copy("now")
        try:
            yield
        finally:
            self.golden.close()
            self.golden = outer

    def close(self) -> None:
        from smartby.extensions import db

        self.golden.close()
        with self.app.app_context():
            for engine in db.engines.values():
                engine.dispose()

    def _plant(self) -> None:
        done = self.app.test_cli_runner().invoke(args=["init"])
        if done.exit_code != 0:
            trace = "".join(traceback.format_exception(done.exception, limit=-8, chain=False))
            raise RuntimeError(f"flask init: {done.output}{trace}")
        if importlib.util.find_spec("tests.people"):
            from tests import people

            with self.app.app_context():
                people.plant()

    def _copy(self, name: str) -> Golden:
        from smartby.extensions import db

        with self.app.app_context():
            if db.engine.dialect.name == "sqlite":
                return SqliteGolden(self.folder / "smartby.db")
            return PostgresGolden(db.engine, db.metadata, name)
