"""List of 20 ideas, anonymous, drawn anew."""

from __future__ import annotations

from typing import Any

from bench.stage import Bench, read

BUDGET = (1.8, 1.8)


def run(bench: Bench) -> dict[str, Any]:
    # An address that nobody has asked for is never kept: what a changed page costs.
    return read(bench, f"{bench.town}/ideas?anew={{n}}")
