"""The process for work outside requests, which is killed and comes back with another clock."""

from __future__ import annotations

import signal
import sys
from random import Random

from tests.drills.stack import Stack
from tests.services import Server
from tests.serving import ROOT
from tools.processes import start


class Jobs(Server):
    """`python -m smartby.jobs` on a stack, inside a with block."""

    def __init__(self, stack: Stack) -> None:
        super().__init__()
        self.stack = stack

    def launch(self) -> None:
        self.run("0")

    def run(self, offset: str) -> None:
        """Start it (again), with a clock that is so many seconds ahead."""
        env = {**self.stack.apps[0].env, "SMARTBY_CLOCK_OFFSET": offset}
        with (self.folder / "log").open("ab") as log:
            command = [sys.executable, "-m", "smartby.jobs"]
            self.process = start(command, env=env, cwd=ROOT, output=log)

    def begins_anew(self, lot: Random) -> None:
        """Kill it in the middle of what it does, and start it with another clock."""
        assert self.process is not None
        assert self.process.poll() is None, self.log()
        self.halt(signal.SIGKILL)
        self.run(str(lot.randint(-300, 300)))
