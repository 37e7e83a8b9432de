"""The figures as a page of documentation, beside what they must hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from bench.scenarios import BUDGETS, TITLES

START, END = (
    "<!-- figures: `python -m bench report` writes what follows -->",
    "<!-- end of figures -->",
)
Found = dict[str, Any]


def fill(page: str, found: Found) -> str:
    """Replace the figures in a page; everything around them stays."""
    before, start, rest = page.partition(START)
    _old, end, after = rest.partition(END)
    if not start or not end:
        raise ValueError("the page has no place for the figures")
    return f"{before}{START}\n\n{figures(found)}\n{END}{after}"


def merged(files: Sequence[Found]) -> Found:
    """Put the figures of several runs together; each says what it was taken on."""
    found: Found = {"machines": [], "databases": {}, "deliveries": []}
    for file in files:
        found["machines"].append(file["machine"])
        found["deliveries"] += file.get("deliveries", [])
        for name, results in file.get("databases", {}).items():
            found["databases"].setdefault(name, {}).update(results)
    return found


def figures(found: Found) -> str:
    """Write everything that was measured as Markdown."""
    parts = [_taken(machine) for machine in found["machines"]]
    for name, results in found["databases"].items():
        parts += [f"### {name}\n", _subjects(results), _requests(results, name)]
        parts += [write(results) for write in (_delivery, _sockets, _growth, _rooms)]
    parts.append(_broadcasts(found["deliveries"]))
    return "\n".join(part for part in parts if part)


def _taken(machine: Found) -> str:
    return (
        f"`{machine['command']}`: taken {machine['date']} on {machine['cores']} cores"
        f" ({machine['cpu']}), Python {machine['python']}, load from {machine['load_from']},"
        f" {machine['connections']} connections, {machine['seconds']} s each. Load of the machine"
        f" when it began: {machine['busy']:.1f}.\n"
    )


def _subjects(results: Found) -> str:
    lines = []
    if subjects := results.get("subjects"):
        lines.append(
            f"{subjects['ideas']:,} ideas, {subjects['supports']:,} supports,"
            f" {subjects['comments']:,} comments."
        )
    if seed := results.get("seed"):
        lines.append(
            f"Seeding them took {seed['seconds']} s, {seed['cpu_ms_per_idea']} ms of CPU an idea."
        )
    if start := results.get("start"):
        lines.append(
            f"From being started to the first answer: {start['start_ms']:,.0f} ms"
            f" ({start['cpu_ms']:,.0f} ms of CPU)."
        )
    if memory := results.get("memory_mb"):
        held = "held" if memory["pages"] <= 150 else "**missed**"
        lines.append(
            f"Memory of the worker: {memory['started']} MB before anybody asked,"
            f" {memory['pages']} MB after pages and writes (budget ≤ 150: {held}),"
            f" {memory['after']} MB after the sockets as well."
        )
    return " ".join(lines) + "\n" if lines else ""


def _requests(results: Found, database: str) -> str:
    head = " | req/s | p50 ms | p99 ms | CPU ms (lowest–highest) | budget | HTML kB (gzip)"
    rows = []
    for name, title in TITLES.items():
        row = results.get(name, {})
        if "req_per_s" not in row:
            continue
        budget = _budget(row["cpu_ms"], BUDGETS.get(name), database)
        size = f"{row['html_kb']} ({row['gzip_kb']})" if "html_kb" in row else ""
        spread = "–".join(f"{value}" for value in row.get("spread", {}).get("cpu_ms", []))
        cpu = f"{row['cpu_ms']} ({spread})" if spread else row["cpu_ms"]
        rows.append(
            [title, f"{row['req_per_s']:,}", row["p50_ms"], row["p99_ms"], cpu, budget, size]
        )
    return _table(head, rows)


def _budget(value: float, budgets: tuple[float, float] | None, database: str) -> str:
    if budgets is None:
        return "–"
    budget = budgets[database == "PostgreSQL"]
    return f"≤ {budget}" if value <= budget else f"≤ {budget}: **missed**"


def _delivery(results: Found) -> str:
    head = (
        "a comment to open pages | comments/s | p50 ms | p99 ms (≤ 100) | CPU ms/comment"
        " | kB/socket (≤ 60) | missing"
    )
    names = ("comments_per_s", "p50_ms", "p99_ms", "cpu_ms_per_comment", "kb_per_socket")
    paces = (("paced", "20 a second"), ("saturated", "as fast as 8 writers can"))
    rows = [
        [
            f"{each['people']}, {title}",
            *(each[pace][name] for name in (*names, "deliveries_missing")),
        ]
        for each in results.get("delivery", {}).get("audiences", [])
        for pace, title in paces
    ]
    return _table(head, rows)


def _sockets(results: Found) -> str:
    found = results.get("idle")
    if not found:
        return ""
    fewer = f" ({found['wanted']:,} were wanted)" if found["sockets"] < found["wanted"] else ""
    return (
        f"{found['sockets']:,} sockets that hear nothing{fewer}: {found['kb_per_socket']} kB each,"
        f" opened in {found['opened_in_s']} s; staying open takes"
        f" {100 * found['cpu_share']:.1f} % of a core; {found['lost']} were lost.\n"
    )


def _growth(results: Found) -> str:
    found = results.get("growth")
    if not found:
        return ""
    sizes = found["sizes"]
    head = "CPU ms as data grows | " + " | ".join(f"{int(size):,} ideas" for size in sizes)
    rows = [
        [TITLES[name], *(costs[name] for costs in sizes.values()), ratio]
        for name, ratio in found["ratio"].items()
    ]
    seeded = (f"{int(size):,} ideas in {costs['seeded_in_s']} s" for size, costs in sizes.items())
    return f"{_table(f'{head} | last by first (≤ 1.5)', rows)}\nSeeded: {', '.join(seeded)}.\n"


def _rooms(results: Found) -> str:
    head = (
        "people in a workshop | joined in s | join CPU ms | event p50 / p95 ms"
        " | ballots p50 / p95 ms | ballot CPU ms | card CPU ms | kB each | gaps"
    )
    rows = [
        [
            room["people"], room["joined_in_s"], room["join_cpu_ms_each"],
            f"{room['p50_ms']} / {room['p95_ms']}",
            f"{room['ballots']['ack_p50_ms']} / {room['ballots']['ack_p95_ms']}",
            room["ballots"]["cpu_ms_each"], room["cards"]["cpu_ms_each"], room["kb_per_person"],
            room["gaps"],
        ]
        for room in results.get("workshop", [])
    ]  # fmt: skip
    return _table(head, rows)


def _broadcasts(found: list[Found]) -> str:
    head = "listeners | | deliveries/s | times Node | CPU ms for 1,000 | kB/listener"
    names = ("per_s", "times_node", "cpu_ms_per_1000", "kb_per_socket")
    rows = [
        [each["people"], side, *(each[side][name] for name in names)]
        for each in found
        for side in ("node", "queued", "direct")
    ]
    return f"### Broadcasts\n\n{_table(head, rows)}" if rows else ""


def _table(head: str, rows: Iterable[Sequence[object]]) -> str:
    lines = [f"| {' | '.join(str(cell) for cell in row)} |" for row in rows]
    if not lines:
        return ""
    rule = "|" + "---|" * (head.count("|") + 1)
    return "\n".join([f"| {head} |", rule, *lines]) + "\n"
