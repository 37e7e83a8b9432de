"""The process for work outside requests, which is killed and comes back with another clock."""

from __future__ import annotations

import signal
import sys
from random import Random

from tests.services import Server
from tests.serving import ROOT, Smartby
from tools.processes import start


class Jobs(Server):
    """`python -m smartby.jobs` of an installation, inside a with block."""

    def __init__(self, place: Smartby) -> None:
        super().__init__()
        self.place = place

    def launch(self) -> None:
        self.run("0")

    def run(self, offset: str) -> None:
        """Start it (again), with a clock that is so many seconds ahead."""
        env = {**self.place.env, "SMARTBY_CLOCK_OFFSET": offset}
        with (self.folder / "log").open("ab") as log:
            command = [sys.executable, "-m", "smartby.jobs"]
            self.process = start(command, env=env, cwd=ROOT, output=log)

    def begins_anew(self, lot: Random) -> None:
        """Kill it in the middle of what it does, and start it with another clock."""
        assert self.process is not None
        assert self.process.poll() is None, self.log()
        self.halt(signal.SIGKILL)
        self.run(str(lot.randint(-300, 300)))
