"""The figures as a page of documentation, beside what they must hold."""

from __future__ import annotations

from typing import Any

# CPU milliseconds a request may take (SQLite, PostgreSQL) on the machine that the budgets are for.
BUDGETS: dict[str, tuple[float | None, float | None]] = {
    "floor": (None, None),
    "list": (1.8, 1.8),
    "list_anew": (1.8, 1.8),
    "idea": (2.4, 2.4),
    "idea_anew": (2.4, 2.4),
    "list_signed_in": (2.6, 2.6),
    "idea_signed_in": (2.6, 2.6),
    "search": (None, None),
    "support": (1.3, 2.2),
    "comment": (3.3, 5.2),
}
NAMES = {
    "floor": "Health check (what any answer costs)",
    "list": "List of 20 ideas, anonymous, kept",
    "list_anew": "List of 20 ideas, anonymous, drawn anew",
    "idea": "Idea with 50 comments (21 shown), anonymous, kept",
    "idea_anew": "Idea with 50 comments (21 shown), anonymous, drawn anew",
    "list_signed_in": "List, signed in",
    "idea_signed_in": "Idea, signed in",
    "search": "Search, anonymous",
    "support": "Support (write)",
    "comment": "Comment (write, with key)",
}
START, END = (
    "<!-- figures: `python -m bench --report` writes what follows -->",
    "<!-- end of figures -->",
)


def fill(page: str, found: dict[str, Any]) -> str:
    """Replace the figures in a page; everything around them stays."""
    before, start, rest = page.partition(START)
    _old, end, after = rest.partition(END)
    if not start or not end:
        raise ValueError("the page has no place for the figures")
    return f"{before}{START}\n\n{figures(found)}\n{END}{after}"


def figures(found: dict[str, Any]) -> str:
    """Write everything that was measured as Markdown."""
    machine = found["machine"]
    parts = [
        f"Taken {machine['date']} on {machine['cores']} cores ({machine['cpu']}), Python"
        f" {machine['python']}, load from {machine['load_from']}; one worker process,"
        f" {machine['connections']} connections, {machine['seconds']} s each. Load of the machine"
        f" when it began: {machine['busy']:.1f}.\n"
    ]
    for name, results in found["databases"].items():
        subjects = results["subjects"]
        parts.append(
            f"### {name}\n\n{subjects['ideas']:,} ideas, {subjects['supports']:,} supports,"
            f" {subjects['comments']:,} comments.\n"
        )
        parts.append(_requests(results, int(name == "PostgreSQL")))
        parts.append(_delivery(results))
        parts.append(_growth(results.get("growth")))
    return "\n".join(part for part in parts if part)


def _requests(results: dict[str, Any], column: int) -> str:
    rows = [
        "| | req/s | p50 ms | p99 ms | CPU ms | budget | HTML kB (gzip) |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, title in NAMES.items():
        if row := results.get(name):
            size = f"{row['html_kb']} ({row['gzip_kb']})" if "html_kb" in row else ""
            rows.append(
                f"| {title} | {row['req_per_s']:,} | {row['p50_ms']} | {row['p99_ms']} |"
                f" {row['cpu_ms']} | {_budget(row['cpu_ms'], BUDGETS[name][column])} | {size} |"
            )
    return "\n".join(rows) + "\n"


def _budget(value: float, budget: float | None) -> str:
    if budget is None:
        return "–"
    return f"≤ {budget}" if value <= budget else f"≤ {budget}: **missed**"


def _delivery(results: dict[str, Any]) -> str:
    memory = results["memory_mb"]
    held = "held" if memory["after"] <= 150 else "**missed**"
    lines = [
        f"Memory of the worker: {memory['before']} MB after start, {memory['after']} MB after all"
        f" of this (budget ≤ 150: {held}).\n"
    ]
    if found := results.get("delivery"):
        lines += [
            "| a comment to 500 listeners | comments/s | p50 ms | p99 ms (≤ 100) | CPU ms/comment"
            " (≤ 10 for delivery) | kB/socket (≤ 60) | missing |",
            "|---|---|---|---|---|---|---|",
        ]
        for pace, title in (("paced", "20 a second"), ("saturated", "as fast as 8 writers can")):
            row = found[pace]
            lines.append(
                f"| {title} | {row['comments_per_s']} | {row['p50_ms']} | {row['p99_ms']} |"
                f" {row['cpu_ms_per_comment']} | {row['kb_per_socket']} |"
                f" {row['deliveries_missing']} |"
            )
    return "\n".join(lines) + "\n"


def _growth(found: dict[str, Any] | None) -> str:
    if not found:
        return ""
    (few, small), (many, large) = found["sizes"].items()
    lines = [
        f"| CPU ms as data grows | {int(few):,} ideas | {int(many):,} ideas | ratio (≤ 1.5) |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| {NAMES[name]} | {small[name]} | {large[name]} | {ratio} |"
        for name, ratio in found["ratio"].items()
    ]
    return "\n".join([*lines, "", f"Seeding {int(many):,} ideas took {large['seeded_in_s']} s.\n"])
