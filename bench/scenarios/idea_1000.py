"""Idea with 1,000 comments (21 shown), anonymous, drawn anew."""

from __future__ import annotations

from typing import Any

from bench.stage import Bench, read

BUDGET = (2.4, 2.4)


def run(bench: Bench) -> dict[str, Any]:
    number = bench.subjects["open"][-1]
    bench.place.run("-m", "bench.discussion", str(number), str(bench.scaled(1_000)))
    return read(bench, f"{bench.town}/ideas/{number}?anew={{n}}")
