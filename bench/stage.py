"""What scenarios have in common: an installation with people in it, reading and writing there."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from bench.figures import medians
from bench.installation import Installation
from bench.load import Request, run
from bench.readings import cpu_seconds
from bench.visitors import Visitor

CONNECTIONS = 16
FORM = "application/x-www-form-urlencoded"


@dataclass
class Bench:
    """A running installation and the people in it."""

    place: Installation
    subjects: dict[str, Any]
    people: list[Visitor]
    seconds: float
    rounds: int = 3
    scale: float = 1

    def scaled(self, size: int) -> int:
        """Return so much of a size as was asked for."""
        return max(1, round(size * self.scale))

    @property
    def town(self) -> str:
        """The town's address."""
        return f"/{self.subjects['town']}"

    @property
    def idea(self) -> str:
        """The idea with fifty comments."""
        return f"{self.town}/ideas/{self.subjects['discussed']}"


def open_bench(place: Installation, seconds: float, rounds: int = 3, scale: float = 1) -> Bench:
    """Find out what can be measured and sign people in."""
    subjects = place.subjects()
    people = []
    for number, email in enumerate(subjects["people"]):
        person = Visitor(place.port, number + 1)
        person.sign_in(email, f"/{subjects['town']}/ideas/{subjects['open'][0]}")
        people.append(person)
    return Bench(place, subjects, people, seconds, rounds, scale)


def measure(bench: Bench, requests: list[Request]) -> dict[str, Any]:
    """Warm up, then load in rounds; return rates, latencies and the worker's CPU per request."""
    run(bench.place.port, requests, connections=4, seconds=1)
    return medians([_round(bench, requests) for _ in range(bench.rounds)])


def _round(bench: Bench, requests: list[Request]) -> dict[str, float]:
    worker, seconds = bench.place.worker, bench.seconds / bench.rounds
    cpu = cpu_seconds(worker)
    load = run(bench.place.port, requests, connections=CONNECTIONS, seconds=seconds)
    cpu = cpu_seconds(worker) - cpu
    if load.failed * 50 > load.requests:
        what = f"{load.failed} of {load.requests} at {requests[0].path}"
        raise RuntimeError(f"{what} failed: what that costs is no figure")
    return {
        "req_per_s": round(load.rate),
        "p50_ms": round(load.p50_ms, 1),
        "p99_ms": round(load.p99_ms, 1),
        "cpu_ms": round(1000 * cpu / max(1, load.requests), 2),
        "failed": load.failed,
    }


def read(bench: Bench, *paths: str, signed_in: bool = False) -> dict[str, Any]:
    """Measure reading pages."""
    people = bench.people if signed_in else [Visitor(bench.place.port)]
    requests = [Request("GET", path, person.headers) for path in paths for person in people]
    status, html = people[0].get(paths[0])
    if status != 200:
        raise RuntimeError(f"{paths[0]} answers {status}")
    page = html.encode()
    sizes = {
        "html_kb": round(len(page) / 1024, 1),
        "gzip_kb": round(len(gzip.compress(page)) / 1024, 1),
    }
    return measure(bench, requests) | sizes


def write(
    bench: Bench, action: str, *bodies: str, ideas: list[int] | None = None
) -> dict[str, Any]:
    """Measure writing: each body by everybody in turn, under forty ideas or those given."""
    requests = [
        form(person, f"{bench.town}/contributions/{number}/{action}", body)
        for body in bodies
        for number in ideas or bench.subjects["open"]
        for person in bench.people
    ]
    return measure(bench, requests)


def form(person: Visitor, path: str, body: str) -> Request:
    """Return a form as a script sends it."""
    headers = {**person.headers, "Accept": "application/json", "Content-Type": FORM}
    return Request("POST", path, headers, f"{urlencode({'csrf_token': person.token})}&{body}")
