"""What reading costs as the data grows: the same pages among a thousand and a hundred thousand."""

from __future__ import annotations

from contextlib import ExitStack
from statistics import median
from typing import Any

from bench.installation import Installation, database
from bench.scenarios import SCENARIOS, open_bench

SIZES = (1_000, 100_000)
ROUNDS = 3
PAGES = ("list_anew", "idea_anew", "list_signed_in", "idea_signed_in", "search", "support")


def growth(url: str, seconds: float, scale: Any) -> dict[str, Any]:
    """Measure CPU time per page at each size, and how many times as much the last costs.

    In turns, several times over, each figure the middle one: on a machine that others use too,
    one after the other would compare the hours of the day.
    """
    with ExitStack() as opened:
        places = [
            opened.enter_context(Installation(opened.enter_context(database(url)), scale(ideas)))
            for ideas in SIZES
        ]
        benches = [open_bench(place, seconds, rounds=1) for place in places]
        taken = [
            {name: [SCENARIOS[name](bench)["cpu_ms"] for bench in benches] for name in PAGES}
            for _round in range(ROUNDS)
        ]
    costs = [
        {name: round(median(each[name][at] for each in taken), 2) for name in PAGES}
        for at in range(len(SIZES))
    ]
    sizes = {
        str(bench.subjects["ideas"]): {"seeded_in_s": round(place.seeded_in)} | cost
        for bench, place, cost in zip(benches, places, costs, strict=True)
    }
    small, large = costs
    ratios = {name: round(large[name] / small[name], 2) for name in PAGES if small[name]}
    return {"sizes": sizes, "ratio": ratios}
