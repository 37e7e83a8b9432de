"""`python -m bench`: starts smartby as it is served, measures it, and prints JSON."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from datetime import date
from math import ceil
from pathlib import Path
from typing import Any

from bench import load
from bench.growth import growth
from bench.installation import Installation, database
from bench.report import fill
from bench.scenarios import CONNECTIONS, SCENARIOS, open_bench, run_all
from bench.workshop import hall, reference
from smartby.seeds.content import read


def main() -> int:
    asked = arguments()
    measure = workshops if asked.what == "workshop" else measured
    urls = {"SQLite": ""}
    if url := os.environ.get("DATABASE_URL"):
        urls["PostgreSQL"] = url
    found: dict[str, Any] = {"machine": machine(asked.seconds), "databases": {}}
    for name, address in urls.items():
        print(f"{name} …", file=sys.stderr, flush=True)
        found["databases"][name] = measure(address, asked)
    text = json.dumps(found, indent=2)
    print(text)
    if asked.json:
        asked.json.write_text(text + "\n")
    if asked.report:
        asked.report.write_text(fill(asked.report.read_text("utf-8"), found), "utf-8")
    return 0


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("what", nargs="?", choices=["pages", "workshop"], default="pages")
    parser.add_argument("--people", type=int, action="append", help="in a workshop: 30 and 2000")
    parser.add_argument("--workers", type=int, default=1, help="processes that serve a workshop")
    parser.add_argument("--only", action="append", choices=list(SCENARIOS), default=[])
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    parser.add_argument("--report", type=Path, help="write them into this page's tables")
    parser.add_argument("--ideas", type=int, default=2_000, help="how many ideas to seed")
    parser.add_argument("--seconds", type=float, default=4, help="how long each takes")
    parser.add_argument("--growth", action="store_true", help="compare 1,000 with 100,000 ideas")
    return parser.parse_args()


def workshops(url: str, asked: argparse.Namespace) -> dict[str, Any]:
    """Measure rooms of people, and a Node server beside them in the same run."""
    sizes = asked.people or [30, 2_000]
    with database(url) as own, Installation(own, 1, workers=asked.workers) as place:
        rooms = [hall(place, people, asked.seconds) for people in sizes]
    return {"workshop": rooms, "reference": [reference(n, asked.seconds) for n in sizes]}


def measured(url: str, asked: argparse.Namespace) -> dict[str, Any]:
    """Measure one database in an installation of its own."""
    with database(url) as own, Installation(own, scale(asked.ideas)) as place:
        bench = open_bench(place, asked.seconds)
        counts = {name: bench.subjects[name] for name in ("ideas", "supports", "comments")}
        results = {"subjects": counts, **run_all(bench, asked.only)}
    if asked.growth:
        results["growth"] = growth(url, asked.seconds, scale)
    return results


def scale(ideas: int) -> int:
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


if __name__ == "__main__":
    raise SystemExit(main())
