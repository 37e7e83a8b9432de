"""smartby as it is served: gunicorn with our worker on a free port, on a database of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.planted import copied
from tests.services import Server
from tools.processes import start

ROOT = Path(__file__).parent.parent
PLANT = (
    "from smartby import create_app; from tests.people import plant\n"
    "app = create_app()\nwith app.app_context(): plant()"
)
# With these, what is planted may be another: no copy will do.
PLANTS_ANEW = ("SECRET_KEY", "PUBLIC_URL", "SMARTBY_CLOCK_OFFSET")


class Smartby(Server):
    """A running installation with the tests' towns and people."""

    def __init__(
        self,
        *,
        database_url: str = "",
        redis_url: str = "",
        workers: int = 1,
        app: str = "wsgi:app",
        **settings: str,
    ) -> None:
        super().__init__()
        self.app = app
        self.env = {
            **os.environ,
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "SMARTBY_DATA": str(self.folder / "data"),
            "SMARTBY_WORKERS": str(workers),
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "SMARTBY_DRAIN": "0",
            "PYTHONPATH": str(ROOT),
            "FLASK_APP": "wsgi",
            **settings,
        }
        self.command = [sys.executable, "-m", "gunicorn"]
        self.command += ["-c", "smartby/gunicorn_conf.py", self.app]

    @property
    def url(self) -> str:
        """The address."""
        return f"http://127.0.0.1:{self.port}"

    def launch(self) -> None:
        """Create the database, plant it and serve."""
        if any(self.env.get(name) for name in PLANTS_ANEW):
            self.install()
        else:
            copied(type(self).__name__, self.env, self.install)
        self.serve()

    def install(self) -> None:
        """Create the database and plant it."""
        self._run("-m", "flask", "init")
        self.plant()

    def plant(self) -> None:
        """Plant the tests' towns and people."""
        self._run("-c", PLANT)

    def runs(self, script: str) -> str:
        """Run a script of ours on the installation; return what it prints."""
        return self._run("-c", script)

    def serve(self) -> None:
        """Start the server (again)."""
        with (self.folder / "log").open("ab") as log:
            self.process = start(self.command, env=self.env, cwd=ROOT, output=log)
        self.wait_until(self._healthy)

    def kill(self) -> None:
        """Kill the server and its workers as a crash would."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def flask(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the installation."""
        command = [sys.executable, "-m", "flask", *arguments]
        return subprocess.run(command, cwd=ROOT, env=self.env, capture_output=True, text=True)

    def _run(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, env=self.env, capture_output=True, text=True
        )
        if done.returncode != 0:
            raise RuntimeError(done.stdout + done.stderr)
        return done.stdout

    def _healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False


def served(request: pytest.FixtureRequest, name: str) -> Smartby:
    """Return an installation for a parameter: embedded, or PostgreSQL, Redis and two workers.

    `name` is that of its own database.
    """
    if request.param == "sqlite":
        return Smartby()
    postgres = request.getfixturevalue("postgres")
    return Smartby(
        database_url=postgres.create_database(name),
        redis_url=request.getfixturevalue("redis_url"),
        workers=2,
    )
