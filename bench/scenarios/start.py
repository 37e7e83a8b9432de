"""From being started to the first answer."""

from __future__ import annotations

from typing import Any

from bench.figures import medians
from bench.stage import Bench


def run(bench: Bench) -> dict[str, Any]:
    return medians([bench.place.starts_anew() for _ in range(bench.rounds)])
