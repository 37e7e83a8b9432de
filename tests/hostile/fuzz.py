"""`make fuzz`: requests without end, in rounds that can each be repeated by their seed."""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from random import Random

import click

from tests.hostile.doors import Door, doors, names
from tests.hostile.inputs import draw
from tests.hostile.making import Maker
from tests.hostile.requests import Request
from tests.hostile.trial import problems
from tests.hostile.world import World, full
from tests.installation import Installation
from tests.services import Postgres

EACH = 200  # requests to a door in a round
SHARES = 100  # rounds in a row that come to every door
FEWEST = 200  # values that are drawn for a round
DAYS = 4  # in so many `make test` comes to every door, and then sends the same once more
A_DAY = SHARES // DAYS  # rounds
EACH_OF_A_DAY = 2_000
KEY = re.compile(
    r"[0-9a-f]{32}|I[jm]\w+\.[\w.-]+"
)  # made anew with each page; rounds are to be repeated


@dataclass(frozen=True)
class Known:
    """What requests are made of: the doors of a world, names that are asked for, values."""

    doors: Sequence[Door]
    names: Sequence[str]
    said: Sequence[str]


def known_in(world: World) -> Known:
    """Look through a world."""
    found = doors(world)
    said = {
        value
        for door in found
        for _role, form in door.forms
        for offered in form.fields.values()
        for value in offered
        if len(value) < 200 and not KEY.fullmatch(value)
    }
    asked = {name for door in found for _role, form in door.forms for name in form.fields}
    return Known(found, sorted({*names(), *asked}), sorted(said))


def dealt(known: Known, number: int, shares: int = SHARES) -> Sequence[Door]:
    """Return the doors of a round: so many rounds in a row come to every door."""
    return known.doors[number % shares :: shares]


def of_day(day: int) -> range:
    """Return the numbers of a day's rounds: what was well four days ago is well today."""
    first = day % DAYS * A_DAY
    return range(first, first + A_DAY)


def send(
    world: World, known: Known, number: int, each: int = EACH, shares: int = SHARES
) -> dict[str, tuple[str, Request]]:
    """Send so many requests to each door of a round; return what went wrong, each once.

    The same number sends the same. Each door has its own dice, so that what is sent to one does not
    depend on which doors there are besides.
    """
    failed: dict[str, tuple[str, Request]] = {}
    drawn = draw(number, max(each // 4, FEWEST))
    for door in dealt(known, number, shares):
        dice = Random(f"{number} {door.method} {door.endpoint}")  # noqa: S311 - to be repeated
        maker = Maker(dice, drawn, known.names, known.said)
        world.installation.restore()
        for _ in range(each):
            request = maker.request(door)
            for problem in problems(world, request):
                # The same at the same place is told once, by the first request that showed it.
                failed.setdefault(f"{request.endpoint}: {problem[:80]}", (problem, request))
    return failed


def main() -> int:
    """Run rounds until so many requests are sent, or the time is up; return the exit code."""
    arguments = _arguments()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = ""
        if arguments.db == "postgresql":
            url = stack.enter_context(Postgres()).create_database("fuzz")
        installation = Installation(url, folder)
        stack.callback(installation.close)
        world = stack.enter_context(full(installation))
        known = known_in(world)
        click.echo(f"{len(known.doors)} routes, {sum(len(d.forms) for d in known.doors)} forms")
        return _rounds(world, known, arguments)


def _rounds(world: World, known: Known, arguments: argparse.Namespace) -> int:
    first = arguments.seed if arguments.seed is not None else random.randrange(2**31)
    until = time.monotonic() + arguments.minutes * 60 if arguments.minutes else None
    failed: dict[str, tuple[str, Request]] = {}
    sent, number, each = 0, first, arguments.each
    while sent < arguments.examples and (until is None or time.monotonic() < until):
        found = send(world, known, number, each)
        sent += each * len(dealt(known, number))
        _tell(number, each, {name: it for name, it in found.items() if name not in failed})
        failed |= found
        number += 1
    click.echo(f"examples={sent} failures={len(failed)} seed={first}")
    return 1 if failed else 0


def _tell(number: int, each: int, found: dict[str, tuple[str, Request]]) -> None:
    click.echo(f"round {again(number, each)}: {len(found)} new failures")
    for problem, request in found.values():
        click.echo(f"  {problem[:2000]}\n  {request!r:.3000}")


def again(number: int, each: int) -> str:
    """Return what `make fuzz` is given to send a round again."""
    return f"SEED={number} EACH={each} EXAMPLES=1"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=1_000_000)
    parser.add_argument("--minutes", type=float)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--each", type=int, default=EACH)
    parser.add_argument("--db", choices=("sqlite", "postgresql"), default="sqlite")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
