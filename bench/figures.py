"""Figures: medians of several rounds with their spread, and which of them have become worse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any

MORE_IS_BETTER = {"req_per_s", "per_s", "times_node"}
NOISE = 1.1  # what differs by less is never called worse


def medians(rounds: Sequence[dict[str, float]]) -> dict[str, Any]:
    """Put rounds together: each figure's median, and beside them the lowest and the highest."""
    columns = {name: [each[name] for each in rounds] for name in rounds[0]}
    spread = {name: [min(values), max(values)] for name, values in columns.items()}
    return {**{name: round(median(each), 2) for name, each in columns.items()}, "spread": spread}


def regressions(before: Any, now: Any) -> list[str]:
    """Name what is worse by a tenth, and in its best round worse than it was in any."""
    known = dict(_figures(before))
    return [
        f"{name}: {was[0]} → {found[0]}"
        for name, found in _figures(now)
        if (was := known.get(name)) and _is_worse(name.rpartition(" ")[2], was, found)
    ]


def _figures(found: Any, place: str = "") -> Iterator[tuple[str, tuple[float, float, float]]]:
    """Yield every figure that has a spread, under the path that leads to it."""
    if not isinstance(found, dict):
        return
    for name, (low, high) in found.get("spread", {}).items():
        yield f"{place}{name}", (found[name], low, high)
    for name, inner in found.items():
        for number, each in enumerate(inner) if isinstance(inner, list) else [("", inner)]:
            yield from _figures(each, f"{place}{name}{_which(each, number)} ")


def _which(found: Any, number: int | str) -> str:
    # Rooms are told apart by their size, not by their place among others.
    size = found.get("people", number) if isinstance(found, dict) else number
    return f" {size}" if size != "" else ""


def _is_worse(name: str, was: tuple[float, ...], found: tuple[float, ...]) -> bool:
    if name in MORE_IS_BETTER:
        return found[0] * NOISE < was[0] and found[2] < was[1]
    return found[0] > was[0] * NOISE and found[1] > was[2]
