"""What must hold after every drill, and the line that says whether it does."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass

from tests.drills.stack import Stack
from tests.drills.voters import Voters

# Both commands in one process, which a busy machine takes long to start.
AUDIT = """
import json
from smartby import create_app
run = create_app({"ASYNC": "threading"}).test_cli_runner().invoke
done = [run(args=args) for args in (["check"], ["ledger", "verify"])]
print(json.dumps({"check": done[0].output, "exits": [each.exit_code for each in done]}))
"""


@dataclass(frozen=True, slots=True)
class Invariants:
    """The figures of a drill; all but the seconds must be nought."""

    acked_lost: int
    double_votes: int
    counter_wrong: int
    seq_gaps: int
    over_budget: int
    canary_leaks: int
    converged_s: float
    audit: str
    http_5xx_after_recovery: int

    def __str__(self) -> str:
        names = self.__dataclass_fields__
        return " ".join(f"{name}={_short(getattr(self, name))}" for name in names)

    @property
    def hold(self) -> bool:
        """Whether all is well; for the seconds waiting had an end of its own."""
        others = [
            name for name in self.__dataclass_fields__ if name not in ("converged_s", "audit")
        ]
        return self.audit == "ok" and not any(getattr(self, name) for name in others)


def _short(value: object) -> object:
    return f"{value:.2f}" if isinstance(value, float) else value


def take_stock(
    stack: Stack, voters: Voters, *, leaks: int, converged: float, failures: int
) -> Invariants:
    """Compare what was answered yes with what the database holds, and let it be recounted."""
    told = json.loads(stack.apps[0].runs(AUDIT).splitlines()[-1])
    line = dict(re.findall(r"(\w+)=(\S+)", told["check"]))
    return Invariants(
        acked_lost=len(lost(stack, voters)),
        double_votes=doubles(stack) + int(line.get("double_votes", 1)),
        counter_wrong=int(line.get("counter_wrong", 1)),
        seq_gaps=int(line.get("seq_gaps", 1)),
        over_budget=int(line.get("over_budget", 1)),
        canary_leaks=leaks,
        converged_s=converged,
        audit="ok" if told["exits"] == [0, 0] else f"broken: {told['check'][-500:]}",
        http_5xx_after_recovery=failures,
    )


def lost(stack: Stack, voters: Voters) -> list[str]:
    """Return what was answered yes and is not in the database."""
    cards = {body for (body,) in stack.asks("SELECT body FROM card")}
    comments = {body for (body,) in stack.asks("SELECT body FROM comment")}
    wrote = [body for each in (*voters.writers, *voters.secret) for body in each.cards]
    said = [body for each in voters.citizens for body in each.comments]
    taken = [body for each in (*voters.writers, *voters.secret) for body in each.taken]
    return [
        *(body for body in wrote if body not in cards),
        *(body for body in taken if body in cards),
        *(body for body in said if body not in comments),
        *_dots_lost(stack, voters),
        *_supports_lost(stack, voters),
    ]


def doubles(stack: Stack) -> int:
    """Count the cards and comments that are there more than once."""
    bodies: Counter[str] = Counter()
    for table in ("card", "comment"):
        bodies.update(body for (body,) in stack.asks(f"SELECT body FROM {table}"))
    return sum(count - 1 for count in bodies.values())


def _dots_lost(stack: Stack, voters: Voters) -> list[str]:
    laid = {
        (voter, item): value
        for voter, item, value in stack.asks("SELECT voter, item, value FROM vote")
    }
    return [
        f"{each.participant} has {value} on {item}"
        for each in voters.dots
        for item, value in each.dots.items()
        if laid.get((f"p:{each.participant}", item), 0) != value
    ]


def _supports_lost(stack: Stack, voters: Voters) -> list[str]:
    query = (
        "SELECT u.email FROM support s JOIN user_account u ON u.id = s.user_id"
        f" WHERE s.contribution_id = {stack.idea}"
    )
    supporting = {email for (email,) in stack.asks(query)}
    return [
        f"{each.email}: {each.supports}"
        for each in voters.citizens
        if (each.email in supporting) != each.supports
    ]
