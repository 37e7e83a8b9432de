"""What is measured: reading and writing, anonymous and signed in, and delivery to open pages."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from bench.delivery import deliver
from bench.figures import medians
from bench.installation import Installation
from bench.load import Request, run
from bench.readings import cpu_seconds, memory_kb
from bench.visitors import Visitor

CONNECTIONS = 16
WORDS = ("lys", "sykkel", "skole", "park", "benk", "buss", "strand", "eldre")


@dataclass
class Bench:
    """A running installation and the people in it."""

    place: Installation
    subjects: dict[str, Any]
    people: list[Visitor]
    seconds: float
    rounds: int = 3

    @property
    def town(self) -> str:
        """The town's address."""
        return f"/{self.subjects['town']}"

    @property
    def idea(self) -> str:
        """The idea with fifty comments."""
        return f"{self.town}/ideas/{self.subjects['discussed']}"


def open_bench(place: Installation, seconds: float, rounds: int = 3) -> Bench:
    """Find out what can be measured and sign people in."""
    subjects = place.subjects()
    people = []
    for number, email in enumerate(subjects["people"]):
        person = Visitor(place.port, number + 1)
        person.sign_in(email, f"/{subjects['town']}/ideas/{subjects['open'][0]}")
        people.append(person)
    return Bench(place, subjects, people, seconds, rounds)


def measure(bench: Bench, requests: list[Request]) -> dict[str, Any]:
    """Warm up, then load in rounds; return rates, latencies and the worker's CPU per request."""
    run(bench.place.port, requests, connections=4, seconds=1)
    return medians([_round(bench, requests) for _ in range(bench.rounds)])


def _round(bench: Bench, requests: list[Request]) -> dict[str, float]:
    worker, seconds = bench.place.worker, bench.seconds / bench.rounds
    cpu = cpu_seconds(worker)
    load = run(bench.place.port, requests, connections=CONNECTIONS, seconds=seconds)
    cpu = cpu_seconds(worker) - cpu
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


def write(bench: Bench, action: str, *bodies: str) -> dict[str, Any]:
    """Measure writing: each body by everybody in turn, under forty ideas."""
    requests = [
        Request(
            "POST",
            f"{bench.town}/contributions/{number}/{action}",
            {
                **person.headers,
                "Accept": "application/json",
                "Content-Type": "application/x-www-form-urlencoded",
            },
            f"{urlencode({'csrf_token': person.token})}&{body}",
        )
        for body in bodies
        for number in bench.subjects["open"]
        for person in bench.people
    ]
    return measure(bench, requests)


def delivery(bench: Bench) -> dict[str, Any]:
    """Measure delivery to open pages of the first open idea."""
    number = bench.subjects["open"][0]
    path = f"{bench.town}/contributions/{number}/comments"
    return deliver(bench.place, path, f"contribution:{number}", bench.people, bench.seconds)


def searches(bench: Bench) -> dict[str, Any]:
    """Measure searching for common words; people search for more than can be kept."""
    asked = (urlencode({"q": word}) for word in WORDS)
    return read(bench, *(f"{bench.town}/ideas?{words}&anew={{n}}" for words in asked))


SCENARIOS: dict[str, Callable[[Bench], dict[str, Any]]] = {
    "floor": lambda bench: read(bench, "/readyz"),
    "list": lambda bench: read(bench, f"{bench.town}/ideas"),
    # An address that nobody has asked for is never kept: what a changed page costs.
    "list_anew": lambda bench: read(bench, f"{bench.town}/ideas?anew={{n}}"),
    "idea": lambda bench: read(bench, bench.idea),
    "idea_anew": lambda bench: read(bench, f"{bench.idea}?anew={{n}}"),
    "list_signed_in": lambda bench: read(bench, f"{bench.town}/ideas", signed_in=True),
    "idea_signed_in": lambda bench: read(bench, bench.idea, signed_in=True),
    "search": searches,
    "support": lambda bench: write(bench, "support", "wanted=yes", "wanted=no"),
    "comment": lambda bench: write(bench, "comments", "body=Godt+forslag+nummer+{n}.&key={n}"),
    "delivery": delivery,
}


def run_all(bench: Bench, only: list[str]) -> dict[str, Any]:
    """Run the scenarios, or only some of them."""
    started = memory_kb(bench.place.worker)
    found: dict[str, Any] = {}
    for name, scenario in SCENARIOS.items():
        if not only or name in only:
            found[name] = scenario(bench)
    found["memory_mb"] = {
        "before": round(started / 1024),
        "after": round(memory_kb(bench.place.worker) / 1024),
    }
    return found
