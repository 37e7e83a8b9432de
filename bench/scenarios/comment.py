"""Comment (write, with key)."""

from __future__ import annotations

from typing import Any

from bench.stage import Bench, write

BUDGET = (3.3, 5.2)


def run(bench: Bench) -> dict[str, Any]:
    return write(bench, "comments", "body=Godt+forslag+nummer+{n}.&key={n}")
