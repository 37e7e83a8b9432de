"""What reading costs as the data grows: the same pages among ten thousand ideas and a million."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from statistics import median
from typing import Any

from bench.installation import Installation, database
from bench.scenarios import SCENARIOS
from bench.stage import Bench, open_bench

SIZES = (10_000, 100_000, 1_000_000)  # with ten supports and two comments each
ROUNDS = 3
PAGES = ("list_anew", "idea_anew", "list_signed_in", "idea_signed_in", "search", "support")


def growth(url: str, seconds: float, share: float, times: Callable[[float], int]) -> dict[str, Any]:
    """Measure CPU time per page at each size, and how many times as much the last costs.

    A share of all sizes is what is asked for. In turns, several times over, each figure the
    middle one: on a machine that others use too, one after the other would compare the hours of
    the day.
    """
    with ExitStack() as opened:
        wanted = [times(ideas * share) for ideas in SIZES]
        places = [
            opened.enter_context(Installation(opened.enter_context(database(url)), many))
            for many in wanted
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
        str(bench.subjects["ideas"]): _seeded(bench) | cost
        for bench, cost in zip(benches, costs, strict=True)
    }
    small, large = costs[0], costs[-1]
    ratios = {name: round(large[name] / small[name], 2) for name in PAGES if small[name]}
    return {"sizes": sizes, "ratio": ratios}


def _seeded(bench: Bench) -> dict[str, Any]:
    counts = {name: bench.subjects[name] for name in ("supports", "comments")}
    return {**counts, "seeded_in_s": round(bench.place.seeded_in)}
