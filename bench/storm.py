"""`python -m bench.storm`: a hall votes within seconds; are all acknowledged, and how fast?"""

from __future__ import annotations

import argparse
import json
import os
import sys
from typing import Any
from urllib.parse import urlencode

from bench.installation import Installation, database
from bench.load import Request, run
from bench.readings import cpu_seconds, memory_kb
from bench.visitors import Visitor

CONNECTIONS = 16
DOTS = 3


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.storm", description=__doc__)
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=10)
    asked = parser.parse_args()
    with database(os.environ.get("DATABASE_URL", "")) as url, Installation(url, 50) as place:
        print(json.dumps(storm(place, asked.people, asked.seconds), indent=2))
    return 0


def storm(place: Installation, people: int, seconds: float) -> dict[str, Any]:
    """Let so many vote over and over for a while; compare what was acknowledged with the rows."""
    hall = json.loads(place.run("-m", "bench.hall", str(people)))
    requests = ballots(place, hall)
    cpu = cpu_seconds(place.worker)
    load = run(place.port, requests, connections=CONNECTIONS, seconds=seconds)
    cpu = cpu_seconds(place.worker) - cpu
    found = json.loads(place.run("-m", "bench.hall", "count"))
    return {
        "people": people, "acknowledged": load.requests - load.failed, "failed": load.failed,
        "per_s": round(load.rate), "p50_ms": load.p50_ms, "p99_ms": load.p99_ms,
        "cpu_ms": round(1000 * cpu / max(load.requests, 1), 2),
        "memory_mb": memory_kb(place.worker) // 1024, **found,
        "books": found["dots"] + found["left"] == DOTS * found["ballots"] and not found["over"],
    }  # fmt: skip


def ballots(place: Installation, hall: dict[str, Any]) -> list[Request]:
    """Return a press on a ballot from everybody in the hall."""
    room = f"/{hall['town']}/workshops/{hall['run']}/room"
    first = Visitor(place.port, cookies={f"smartby-workshop-{hall['run']}": hall["keys"][0]})
    status, _page = first.get(room)
    if status != 200:
        sys.exit(f"nobody gets into the room: {status}")
    return [_press(first, room, hall, key, n) for n, key in enumerate(hall["keys"])]


def _press(browser: Visitor, room: str, hall: dict[str, Any], key: str, number: int) -> Request:
    browser.cookies[f"smartby-workshop-{hall['run']}"] = key
    form = {
        "csrf_token": browser.token, "activity": str(hall["activity"]),
        "mark": f"option:{number % 6 + 1}={number % 3 + 1}",
    }  # fmt: skip
    headers = {
        **browser.headers, "Accept": "application/json",
        "Content-Type": "application/x-www-form-urlencoded",
    }  # fmt: skip
    headers.pop("X-Forwarded-For")
    return Request("POST", room, headers, urlencode(form) + "&key=k{n}")


if __name__ == "__main__":
    sys.exit(main())
