"""`python -m bench`: starts smartby as it is served, measures it, and prints JSON."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Callable
from datetime import date
from math import ceil
from pathlib import Path
from typing import Any

from bench import load
from bench.deliveries import deliveries
from bench.figures import regressions
from bench.growth import growth
from bench.installation import Installation, database
from bench.report import fill
from bench.scenarios import CONNECTIONS, SCENARIOS, open_bench, run_all
from bench.workshop import hall, reference, steps
from smartby.seeds.content import read


def main() -> int:
    asked = arguments()
    if asked.list:
        print(catalogue())
        return 0
    found = {"machine": machine(asked.seconds), **MEASURES[asked.what](asked)}
    text = json.dumps(found, indent=2)
    print(text)
    if asked.json:
        asked.json.write_text(text + "\n")
    if asked.report:
        asked.report.write_text(fill(asked.report.read_text("utf-8"), found), "utf-8")
    return compared(json.loads(asked.compare.read_text("utf-8")), found) if asked.compare else 0


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("what", nargs="?", choices=list(MEASURES), default="pages")
    parser.add_argument("--list", action="store_true", help="say what can be measured")
    parser.add_argument("--people", type=int, action="append", help="in a room or an audience")
    parser.add_argument("--workers", type=int, default=1, help="processes that serve a workshop")
    parser.add_argument("--only", action="append", choices=list(SCENARIOS), default=[])
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    parser.add_argument("--compare", type=Path, help="a file of --json: exit with 1 when worse")
    parser.add_argument("--report", type=Path, help="write them into this page's tables")
    parser.add_argument("--ideas", type=int, default=2_000, help="how many ideas to seed")
    parser.add_argument("--scale", type=float, default=1, help="so much of all ideas and people")
    parser.add_argument("--seconds", type=float, default=4, help="how long each takes")
    parser.add_argument("--rounds", type=int, default=3, help="in how many rounds")
    parser.add_argument("--growth", action="store_true", help="compare 1,000 with 100,000 ideas")
    asked = parser.parse_args()
    if asked.report and asked.what != "pages":
        parser.error("--report fills the tables of pages only")
    return asked


def catalogue() -> str:
    """Name everything that can be measured."""
    lines = [f"{name:12}{(measure.__doc__ or '').strip()}" for name, measure in MEASURES.items()]
    return "\n".join([*lines, f"pages, with --only: {', '.join(SCENARIOS)}"])


def compared(before: dict[str, Any], found: dict[str, Any]) -> int:
    """Say what has become worse beyond noise; return the exit status."""
    worse = regressions(before, found)
    for line in worse:
        print(f"worse: {line}", file=sys.stderr)
    return int(bool(worse))


def people(asked: argparse.Namespace, *usual: int) -> list[int]:
    """Return the sizes of the audiences to measure."""
    return [max(1, round(size * asked.scale)) for size in asked.people or usual]


def broadcasts(asked: argparse.Namespace) -> dict[str, Any]:
    """Broadcasts by one process beside Node's socket.io, queued and written directly."""
    sizes = people(asked, 1_000, 2_000)
    return {"deliveries": [deliveries(size, asked.rounds) for size in sizes]}


def pages(asked: argparse.Namespace) -> dict[str, Any]:
    """Reading and writing over HTTP, and a comment on its way to 500 open pages."""
    return _on_databases(measured, asked)


def workshop(asked: argparse.Namespace) -> dict[str, Any]:
    """A room of people that joins, follows and writes, beside Node's socket.io."""
    return _on_databases(workshops, asked)


def _on_databases(
    measure: Callable[[str, argparse.Namespace], dict[str, Any]], asked: argparse.Namespace
) -> dict[str, Any]:
    urls = {"SQLite": ""}
    if url := os.environ.get("DATABASE_URL"):
        urls["PostgreSQL"] = url
    found = {}
    for name, address in urls.items():
        print(f"{name} …", file=sys.stderr, flush=True)
        found[name] = measure(address, asked)
    return {"databases": found}


def workshops(url: str, asked: argparse.Namespace) -> dict[str, Any]:
    """Measure rooms of people, and a Node server beside them in the same run."""
    sizes = people(asked, 30, 2_000)
    with database(url) as own, Installation(own, 1, workers=asked.workers) as place:
        rooms = [hall(place, size, asked.seconds) for size in sizes]
    return {"workshop": rooms, "reference": [reference(n, asked.seconds) for n in sizes]}


def steps_of(asked: argparse.Namespace) -> dict[str, Any]:
    """Where the CPU of joining a workshop and of a ballot goes, layer by layer."""
    return _on_databases(layers, asked)


def layers(url: str, asked: argparse.Namespace) -> dict[str, Any]:
    """Measure each step in one process."""
    with database(url) as own, Installation(own, 1) as place:
        return {"steps": steps(place, *people(asked, 100)[:1])}


def measured(url: str, asked: argparse.Namespace) -> dict[str, Any]:
    """Measure one database in an installation of its own."""
    with database(url) as own, Installation(own, scale(asked.ideas * asked.scale)) as place:
        bench = open_bench(place, asked.seconds, asked.rounds)
        counts = {name: bench.subjects[name] for name in ("ideas", "supports", "comments")}
        results = {"subjects": counts, **run_all(bench, asked.only)}
    if asked.growth:
        results["growth"] = growth(url, asked.seconds, scale)
    return results


def scale(ideas: float) -> int:
    """Return how many times the demo holds so many ideas."""
    return max(2, ceil(ideas / max(1, len(read().ideas))))


def machine(seconds: float) -> dict[str, Any]:
    """Tell what the figures were taken on."""
    names = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if line.startswith("model name")
    ]
    return {
        "date": date.today().isoformat(),  # noqa: DTZ011 - the day where the machine stands
        "cores": os.cpu_count(),
        "cpu": names[0] if names else platform.machine(),
        "python": platform.python_version(),
        "load_from": load.tool(),
        "connections": CONNECTIONS,
        "seconds": seconds,
        "busy": os.getloadavg()[0],
    }


MEASURES = {"pages": pages, "workshop": workshop, "deliveries": broadcasts, "steps": steps_of}

if __name__ == "__main__":
    raise SystemExit(main())
