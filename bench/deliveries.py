"""Broadcasts by one process beside Node's socket.io: how many a second, and what they cost.

Three servers stand side by side (Node, smartby through its queues, smartby writing directly), each
with its own listeners, and take turns: what else the machine does meets all three alike.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.figures import medians
from bench.installation import ROOT, Installation, free_port, until_listening
from bench.readings import cpu_seconds, memory_kb

DELIVERIES, CHUNK = 100_000, 50  # chunk: what listeners who are late leave in their kernel
Round = tuple[float, float]  # deliveries a second, CPU milliseconds for a thousand


@dataclass
class Side:
    """A server, its listeners, and what a listener costs in memory."""

    pid: int
    listeners: subprocess.Popen[str]
    people: int
    kb_per_socket: float

    def round(self, events: int) -> Round:
        """Let all hear so many events."""
        cpu = cpu_seconds(self.pid)
        seconds = float(_asked(self.listeners, f"{events} {CHUNK}"))
        cpu = cpu_seconds(self.pid) - cpu
        delivered = events * self.people
        return delivered / seconds, 1e6 * cpu / delivered


def deliveries(people: int, rounds: int) -> dict[str, Any]:
    """Measure broadcasts to so many listeners."""
    events = max(CHUNK, DELIVERIES // people // CHUNK * CHUNK)
    with ExitStack() as stack:
        sides = {
            "node": stack.enter_context(_node(people)),
            "queued": stack.enter_context(_smartby(people, "no")),
            "direct": stack.enter_context(_smartby(people, "yes")),
        }
        for side in sides.values():
            side.round(CHUNK)
        found = [{name: side.round(events) for name, side in sides.items()} for _ in range(rounds)]
    return {"people": people, **{name: _told(name, side, found) for name, side in sides.items()}}


def _told(name: str, side: Side, found: list[dict[str, Round]]) -> dict[str, Any]:
    rounds = [_beside(each[name], each["node"]) for each in found]
    return {**medians(rounds), "kb_per_socket": side.kb_per_socket}


def _beside(own: Round, node: Round) -> dict[str, float]:
    return {
        "per_s": round(own[0]),
        "cpu_ms_per_1000": round(own[1], 2),
        "times_node": round(own[0] / node[0], 2),
        "cpu_of_node": round(own[1] / node[1], 2),
    }


@contextmanager
def _node(people: int) -> Iterator[Side]:
    program, port = shutil.which("node"), free_port()
    if program is None:
        raise RuntimeError("there is no node to compare with")
    command = [program, str(Path(__file__).parent / "reference.mjs"), str(port)]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as server:
        try:
            until_listening(port)
            with _listeners(server.pid, port, people) as side:
                yield side
        finally:
            server.terminate()


@contextmanager
def _smartby(people: int, direct: str) -> Iterator[Side]:
    app = "bench.broadcaster:app"
    with (
        Installation("", 1, app=app, SMARTBY_DIRECT_WRITE=direct) as place,
        _listeners(place.worker, place.port, people) as side,
    ):
        yield side


@contextmanager
def _listeners(pid: int, port: int, people: int) -> Iterator[Side]:
    command = [sys.executable, "-m", "bench.counters", str(port), str(people)]
    before = memory_kb(pid)
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            _asked(process, "")
            yield Side(pid, process, people, round((memory_kb(pid) - before) / people, 1))
        finally:
            process.terminate()


def _asked(process: subprocess.Popen[str], order: str) -> str:
    if not process.stdin or not process.stdout:
        raise RuntimeError("the listeners cannot be spoken to")
    if order:
        process.stdin.write(f"{order}\n")
        process.stdin.flush()
    if not (line := process.stdout.readline()):
        raise RuntimeError("the listeners have left")
    return line
