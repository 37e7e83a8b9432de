"""What reading costs as the data grows: the same pages among a thousand and a hundred thousand."""

from __future__ import annotations

from typing import Any

from bench.installation import Installation, database
from bench.scenarios import SCENARIOS, open_bench

SIZES = (1_000, 100_000)
PAGES = ("list_anew", "idea_anew", "list_signed_in", "idea_signed_in", "search", "support")


def growth(url: str, seconds: float, scale: Any) -> dict[str, Any]:
    """Measure CPU time per page at each size, and how many times as much the last costs."""
    sizes: dict[str, Any] = {}
    for ideas in SIZES:
        with database(url) as own, Installation(own, scale(ideas)) as place:
            bench = open_bench(place, seconds)
            costs = {name: SCENARIOS[name](bench)["cpu_ms"] for name in PAGES}
            sizes[str(bench.subjects["ideas"])] = {"seeded_in_s": round(place.seeded_in)} | costs
    small, large = sizes.values()
    ratios = {name: round(large[name] / small[name], 2) for name in PAGES if small[name]}
    return {"sizes": sizes, "ratio": ratios}
