"""A comment on its way to 20, 100 and 500 open pages."""

from __future__ import annotations

from typing import Any

from bench.delivery import deliver
from bench.stage import Bench

AUDIENCES = (20, 100, 500)


def run(bench: Bench) -> dict[str, Any]:
    number = bench.subjects["open"][0]
    path = f"{bench.town}/contributions/{number}/comments"
    heard = [
        deliver(bench, path, f"contribution:{number}", bench.scaled(size)) for size in AUDIENCES
    ]
    return {"audiences": heard}
