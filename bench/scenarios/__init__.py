"""What is measured of pages: a scenario per file, and its first line is its title."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

from bench.readings import memory_kb
from bench.stage import Bench

# Those with sockets, each of which has its own budget, come after pages and writes; the last one
# starts the server anew.
ORDER = (
    "seed", "floor", "list", "list_anew", "idea", "idea_anew", "idea_1000", "list_signed_in",
    "idea_signed_in", "search", "similar", "support", "support_hot", "comment", "delivery", "idle",
    "start",
)  # fmt: skip
LISTENED = ("delivery", "idle", "start")
MODULES = {name: import_module(f"bench.scenarios.{name}") for name in ORDER}
SCENARIOS: dict[str, Callable[[Bench], dict[str, Any]]] = {
    name: module.run for name, module in MODULES.items()
}
TITLES = {name: (module.__doc__ or "").rstrip(".") for name, module in MODULES.items()}
# CPU milliseconds a request may take (SQLite, PostgreSQL) on the machine that the budgets are for.
BUDGETS: dict[str, tuple[float, float]] = {
    name: module.BUDGET for name, module in MODULES.items() if hasattr(module, "BUDGET")
}


def run_all(bench: Bench, only: list[str]) -> dict[str, Any]:
    """Run the scenarios, or only some of them."""
    found: dict[str, Any] = {}
    pages = after = memory_kb(bench.place.worker)
    for name, scenario in SCENARIOS.items():
        if not only or name in only:
            print(f"  {name} …", file=sys.stderr, flush=True)
            found[name] = scenario(bench)
            after = after if name == "start" else memory_kb(bench.place.worker)
            pages = pages if name in LISTENED else after
    held = {"started": bench.place.started_with, "pages": pages, "after": after}
    found["memory_mb"] = {when: round(size / 1024) for when, size in held.items()}
    return found
