"""Idea with 50 comments (21 shown), anonymous, drawn anew."""

from __future__ import annotations

from typing import Any

from bench.stage import Bench, read

BUDGET = (2.4, 2.4)


def run(bench: Bench) -> dict[str, Any]:
    return read(bench, f"{bench.idea}?anew={{n}}")
