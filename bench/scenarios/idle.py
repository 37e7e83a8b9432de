"""10,000 sockets that follow a town and hear nothing."""

from __future__ import annotations

from typing import Any

from bench.idle import idle
from bench.stage import Bench


def run(bench: Bench) -> dict[str, Any]:
    return idle(bench, bench.scaled(10_000))
