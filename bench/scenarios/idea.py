"""Idea with 50 comments (21 shown), anonymous, kept."""

from __future__ import annotations

from typing import Any

from bench.stage import Bench, read

BUDGET = (2.4, 2.4)


def run(bench: Bench) -> dict[str, Any]:
    return read(bench, bench.idea)
