"""`python -m tests.drills.soak`: one fault after the other, and stock is taken after each.

Which faults come, and how long they last, is drawn from a seed that is told.
"""

from __future__ import annotations

import argparse
import secrets
import signal
import sys
import time
import traceback
from collections.abc import Iterator
from dataclasses import fields
from itertools import islice
from math import inf
from random import Random

import tests.conftest  # noqa: F401 - takes the caller's own settings out of the environment
from tests.drills.drill import Drill
from tests.drills.faults import FEW, Fault, drawn
from tests.drills.invariants import Invariants
from tests.drills.memory import Memory

MINUTES = 30
STACKS = {"sqlite": {"apps": 1}, "pg": {"apps": 2, "redis": True}}


class NotSurvived(Exception):
    """A fault after which something did not come back."""


def main(arguments: list[str] | None = None) -> int:
    asked = _parser().parse_args(arguments)
    # Told to stop, we end as by Ctrl-C: servers go with their folders.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    _tell(f"soak on {asked.db}, seed {asked.seed}")
    stocks: list[Invariants] = []
    survived = True
    with Drill(asked.db, **STACKS[asked.db]) as drill, Memory(drill.stack) as memory:
        try:
            for stock in _soak(drill, asked):
                stocks.append(stock)
        except NotSurvived:
            survived = False
        except KeyboardInterrupt:
            _tell("stopped: this is how far it came")
        overall = worst(stocks)
        _tell(
            f"soak on {asked.db}: faults={len(stocks)} seed={asked.seed} {overall}\n"
            f"    {drill.figures} {memory.line}"
        )
    return int(not (survived and overall.hold))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.drills.soak", description=__doc__)
    parser.add_argument("--db", choices=list(STACKS), default="pg")
    parser.add_argument("--minutes", type=float, help="after which none begins; else 30")
    parser.add_argument("--faults", type=int, help="after how many to end")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    return parser


def _soak(drill: Drill, asked: argparse.Namespace) -> Iterator[Invariants]:
    """Let faults come until the time is out or there were enough; yield the stock after each."""
    minutes = asked.minutes or (inf if asked.faults else MINUTES)
    lot, ends = Random(asked.seed), time.monotonic() + 60 * minutes
    drill.stack.works()
    for number, fault in enumerate(islice(drawn(asked.db, lot), asked.faults), 1):
        stock = _survives(drill, fault, lot)
        _tell(f"{number:3} {fault.name}: {stock}")
        yield stock
        if not stock.hold:
            _tell(f"{drill.voters.failures}\n{_logs(drill)}")
        if not stock.hold or time.monotonic() > ends:
            return
        drill.resumes()


def _survives(drill: Drill, fault: Fault, lot: Random) -> Invariants:
    """Let a fault strike, see that all works again, and take stock."""
    try:
        fault.strike(drill, lot)
        drill.recovers()
        drill.goes_on(FEW)
        return drill.ends()
    except Exception as error:
        _tell(f"{fault.name} was not survived\n{traceback.format_exc()}\n{_logs(drill)}")
        raise NotSurvived from error


def _logs(drill: Drill) -> str:
    return "\n".join(server.log()[-5000:] for server in drill.stack.servers)


def worst(stocks: list[Invariants]) -> Invariants:
    """Put stocks together: of each figure the worst."""
    found = {}
    for field in fields(Invariants):
        values = [getattr(stock, field.name) for stock in stocks]
        bad = [value for value in values if value != "ok"]
        found[field.name] = max(bad) if bad else "ok"
    return Invariants(**found)


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
