"""Sockets that only stay open: what each costs in memory, and what their heartbeats cost."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from typing import Any

from bench.installation import ROOT
from bench.readings import cpu_seconds, memory_kb
from bench.stage import Bench

SPARE = 500  # files that a process has open besides sockets


def idle(bench: Bench, wanted: int) -> dict[str, Any]:
    """Measure so many sockets, or as many as a process may have files open."""
    count, worker = min(wanted, most_files() - SPARE), bench.place.worker
    if count < wanted:
        print(f"only {count} sockets: more files may not be open here", file=sys.stderr)
    command = [sys.executable, "-m", "bench.listeners", str(bench.place.port), "town:1", str(count)]
    before, begun = memory_kb(worker), time.monotonic()
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as sockets:
        if not sockets.stdout or sockets.stdout.readline() != "ready\n":
            raise RuntimeError("the sockets could not connect")
        opened, memory, cpu = time.monotonic(), memory_kb(worker), cpu_seconds(worker)
        time.sleep(max(bench.seconds, 10))
        took, cpu = time.monotonic() - opened, cpu_seconds(worker) - cpu
        lost = sockets.communicate()[0]
    return {
        "sockets": count, "wanted": wanted, "kb_per_socket": round((memory - before) / count, 1),
        "opened_in_s": round(opened - begun, 1), "cpu_share": round(cpu / took, 3),
        "cpu_ms_per_socket_s": round(1000 * cpu / took / count, 3), "lost": _lost(lost),
    }  # fmt: skip


def most_files() -> int:
    """Let us and what we start have as many files open as we may; return how many."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard


def _lost(told: str) -> int:
    return int(json.loads(told)["lost"])
