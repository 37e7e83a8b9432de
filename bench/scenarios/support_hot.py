"""Support, everybody for the same idea (write)."""

from __future__ import annotations

from typing import Any

from bench.stage import Bench, write

BUDGET = (1.3, 2.2)


def run(bench: Bench) -> dict[str, Any]:
    hot = bench.subjects["open"][:1]
    return write(bench, "support", "wanted=yes", "wanted=no", ideas=hot)
