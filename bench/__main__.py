"""`python -m bench`: starts smartby as it is served, measures it, and prints JSON."""

from __future__ import annotations

import argparse
import json
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import ceil
from pathlib import Path
from typing import Any

from bench.deliveries import deliveries
from bench.figures import regressions
from bench.growth import growth
from bench.installation import ROOT, Installation, database
from bench.machine import machine
from bench.report import fill, merged
from bench.scenarios import SCENARIOS, TITLES, run_all
from bench.servers import databases, redis
from bench.stage import open_bench
from bench.workshop import hall, reference, steps
from smartby.seeds.content import read


def main() -> int:
    asked = arguments()
    if asked.list:
        print(catalogue())
        return 0
    if asked.what == "report":
        return report(asked)
    with bounded(asked.minutes):
        found = taken(asked.what, asked)
    print(json.dumps(found, indent=2))
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=2) + "\n")
    return compared(json.loads(asked.compare.read_text("utf-8")), found) if asked.compare else 0


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("what", nargs="?", choices=[*MEASURES, "report"], default="pages")
    parser.add_argument("--list", action="store_true", help="say what can be measured")
    parser.add_argument("--db", choices=("sqlite", "pg"), default="", help="one database alone")
    parser.add_argument("--people", type=int, action="append", help="in a room or an audience")
    parser.add_argument("--within", type=float, default=10, help="seconds in which a hall acts")
    parser.add_argument("--workers", type=int, default=1, help="processes that serve a workshop")
    parser.add_argument("--only", action="append", choices=list(SCENARIOS), default=[])
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    parser.add_argument("--compare", type=Path, help="a file of --json: exit with 1 when worse")
    files = "files of --json to report from, instead of measuring"
    parser.add_argument("--from", type=Path, action="append", default=[], dest="files", help=files)
    page = ROOT / "docs" / "performance.md"
    parser.add_argument("--page", type=Path, default=page, help="where a report is written to")
    parser.add_argument("--ideas", type=int, default=2_000, help="how many ideas to seed")
    parser.add_argument("--scale", type=float, default=1, help="so much of all ideas and people")
    parser.add_argument("--seconds", type=float, default=4, help="how long each takes")
    parser.add_argument("--rounds", type=int, default=3, help="in how many rounds")
    parser.add_argument("--minutes", type=float, default=180, help="stop after so long")
    return parser.parse_args()


@contextmanager
def bounded(minutes: float) -> Iterator[None]:
    """Give up after so long; what was started is stopped on the way out."""

    def give_up(_signal: int, _frame: object) -> None:
        raise SystemExit(f"not done after {minutes:g} minutes: stopped")

    signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, minutes * 60)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def catalogue() -> str:
    """Name everything that can be measured."""
    lines = [f"{name:16}{(measure.__doc__ or '').strip()}" for name, measure in MEASURES.items()]
    lines += ["report          Writes figures into docs/performance.md", "", "pages, --only:"]
    return "\n".join([*lines, *(f"  {name:16}{title}" for name, title in TITLES.items())])


def report(asked: argparse.Namespace) -> int:
    """Write the figures of files, or of a run of pages and workshops, into the page."""
    read_from = [json.loads(file.read_text("utf-8")) for file in asked.files]
    with bounded(asked.minutes):
        found = read_from or [taken(what, asked) for what in ("pages", "workshop")]
    asked.page.write_text(fill(asked.page.read_text("utf-8"), merged(found)), "utf-8")
    return 0


def taken(what: str, asked: argparse.Namespace) -> dict[str, Any]:
    """Measure, and say on what and by which command."""
    return {"machine": machine(asked.seconds, sys.argv[1:]), **MEASURES[what](asked)}


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
    """Reading and writing over HTTP, comments on their way to open pages, idle sockets."""
    return _on_databases(measured, asked)


def workshop(asked: argparse.Namespace) -> dict[str, Any]:
    """A room of people that joins, follows and writes, beside Node's socket.io."""
    return _on_databases(workshops, asked)


def grown(asked: argparse.Namespace) -> dict[str, Any]:
    """The same pages among 10,000, 100,000 and a million ideas, in turns."""
    return _on_databases(growths, asked)


def _on_databases(
    measure: Callable[[str, argparse.Namespace], dict[str, Any]], asked: argparse.Namespace
) -> dict[str, Any]:
    found = {}
    with databases(asked.db) as urls:
        for name, address in urls.items():
            print(f"{name} …", file=sys.stderr, flush=True)
            found[name] = measure(address, asked)
    return {"databases": found}


def workshops(url: str, asked: argparse.Namespace) -> dict[str, Any]:
    """Measure rooms of people, and a Node server beside them in the same run."""
    sizes, workers = people(asked, 30, 2_000), asked.workers
    with redis(workers), database(url) as own, Installation(own, 1, workers=workers) as place:
        rooms = [hall(place, size, asked.seconds, asked.within) for size in sizes]
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
    with database(url) as own, Installation(own, times(asked.ideas * asked.scale)) as place:
        bench = open_bench(place, asked.seconds, asked.rounds, asked.scale)
        counts = {name: bench.subjects[name] for name in ("ideas", "supports", "comments")}
        return {"subjects": counts, **run_all(bench, asked.only)}


def growths(url: str, asked: argparse.Namespace) -> dict[str, Any]:
    """Measure growth on one database."""
    return {"growth": growth(url, asked.seconds, asked.scale, times)}


def times(ideas: float) -> int:
    """Return how many times the demo holds so many ideas."""
    return max(2, ceil(ideas / max(1, len(read().ideas))))


MEASURES = {
    "pages": pages,
    "growth": grown,
    "workshop": workshop,
    "deliveries": broadcasts,
    "steps": steps_of,
}

if __name__ == "__main__":
    raise SystemExit(main())
