"""Health check (what any answer costs)."""

from __future__ import annotations

from typing import Any

from bench.stage import Bench, read


def run(bench: Bench) -> dict[str, Any]:
    return read(bench, "/readyz")
