"""Idea, signed in."""

from __future__ import annotations

from typing import Any

from bench.stage import Bench, read

BUDGET = (2.6, 2.6)


def run(bench: Bench) -> dict[str, Any]:
    return read(bench, bench.idea, signed_in=True)
