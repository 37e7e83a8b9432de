"""`flask seed --scale`, which has filled this database."""

from __future__ import annotations

from typing import Any

from bench.stage import Bench


def run(bench: Bench) -> dict[str, Any]:
    ideas = bench.subjects["ideas"]
    place = bench.place
    return {
        "ideas": ideas,
        "seconds": round(place.seeded_in, 1),
        "cpu_ms_per_idea": round(1000 * place.seeded_cpu / ideas, 2),
    }
