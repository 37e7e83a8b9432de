"""A comment on its way to open pages: how long it takes, what it costs, what a page costs."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from bench.figures import medians
from bench.installation import ROOT, Installation
from bench.readings import cpu_seconds, memory_kb
from bench.stage import Bench
from bench.visitors import Visitor

EVERY = 0.05  # seconds between comments at the measured pace
WRITERS = 8


def deliver(bench: Bench, path: str, stream: str, sockets: int) -> dict[str, Any]:
    """Measure delivery at twenty comments a second, and as fast as writers can."""
    place, people, seconds = bench.place, bench.people, bench.seconds / bench.rounds
    before = memory_kb(place.worker)

    def heard(write: Callable[..., None]) -> dict[str, Any]:
        found = _heard(place, stream, sockets, lambda sent: write(people, path, sent, seconds))
        found["kb_per_socket"] = round((found.pop("memory_kb") - before) / sockets, 1)
        return found

    paces = {"paced": _pace, "saturated": _flood}
    rounds = {name: [heard(write) for _ in range(bench.rounds)] for name, write in paces.items()}
    return {"people": sockets, **{name: medians(found) for name, found in rounds.items()}}


def _heard(
    place: Installation, stream: str, sockets: int, write: Callable[[dict[int, float]], None]
) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.listeners", str(place.port), stream, str(sockets)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as listeners:
        if not listeners.stdin or not listeners.stdout or listeners.stdout.readline() != "ready\n":
            raise RuntimeError("the listeners could not connect")
        with_sockets, cpu = memory_kb(place.worker), cpu_seconds(place.worker)
        sent: dict[int, float] = {}
        begun = time.monotonic()
        write(sent)
        took = time.monotonic() - begun
        listeners.stdin.close()
        heard = json.loads(listeners.stdout.readline())
    cpu = cpu_seconds(place.worker) - cpu
    return {
        **_delays(sent, heard["heard"], sockets),
        "sockets_lost": heard["lost"],
        "comments_per_s": round(len(sent) / took, 1),
        "cpu_ms_per_comment": round(1000 * cpu / max(1, len(sent)), 2),
        "memory_kb": with_sockets,
    }


def _delays(sent: dict[int, float], heard: dict[str, list[float]], sockets: int) -> dict[str, Any]:
    delays = sorted(
        1000 * (moment - sent[int(mark)]) for mark, moments in heard.items() for moment in moments
    )
    if not delays:
        raise RuntimeError("nobody heard anything")
    return {
        "p50_ms": round(delays[len(delays) // 2], 1),
        "p99_ms": round(delays[len(delays) * 99 // 100], 1),
        "deliveries_missing": len(sent) * sockets - len(delays),
    }


def _pace(people: list[Visitor], path: str, sent: dict[int, float], seconds: float) -> None:
    begun = time.monotonic()
    for mark in range(int(seconds / EVERY)):
        time.sleep(max(0.0, begun + mark * EVERY - time.monotonic()))
        _say(people[mark % len(people)], path, mark, sent)


def _flood(people: list[Visitor], path: str, sent: dict[int, float], seconds: float) -> None:
    until = time.monotonic() + seconds

    def write(writer: int) -> None:
        mark = writer
        while time.monotonic() < until:
            _say(people[mark % len(people)], path, mark, sent)
            mark += WRITERS

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _say(person: Visitor, path: str, mark: int, sent: dict[int, float]) -> None:
    sent[mark] = time.monotonic()
    status = person.post(path, body=f"bench-{mark}- Godt forslag.", stance="for")
    if status >= 400:
        raise RuntimeError(f"a comment was answered with {status}")
