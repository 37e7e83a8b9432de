"""List of 20 ideas, anonymous, kept."""

from __future__ import annotations

from typing import Any

from bench.stage import Bench, read

BUDGET = (1.8, 1.8)


def run(bench: Bench) -> dict[str, Any]:
    return read(bench, f"{bench.town}/ideas")
