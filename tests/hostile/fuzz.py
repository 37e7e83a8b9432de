"""`make fuzz`: requests without end, in rounds that can each be repeated by their seed."""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Sequence
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

EACH = 80  # requests to a door in a round
FEWEST = 200  # values that are drawn for a round
SHARES = 40


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
        if len(value) < 200
    }
    asked = {name for door in found for _role, form in door.forms for name in form.fields}
    return Known(found, sorted({*names(), *asked}), sorted(said))


def dealt(known: Known, number: int) -> Sequence[Door]:
    """Return the doors of a round: a fortieth of them, so that forty in a row are all."""
    return known.doors[number % SHARES :: SHARES]


def send(world: World, known: Known, number: int, each: int) -> dict[str, tuple[str, Request]]:
    """Send so many requests to each door of a round; return what went wrong, each once.

    The same number sends the same. Each door has its own dice, so that what is sent to one does not
    depend on which doors there are besides.
    """
    failed: dict[str, tuple[str, Request]] = {}
    drawn = draw(number, max(each // 2, FEWEST))
    for door in dealt(known, number):
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
    first = arguments.seed if arguments.seed is not None else random.randrange(2**31)
    until = time.monotonic() + arguments.minutes * 60 if arguments.minutes else None
    failed: dict[str, tuple[str, Request]] = {}
    sent, number = 0, first
    with tempfile.TemporaryDirectory() as folder:
        installation = Installation(arguments.database_url, Path(folder))
        with full(installation) as world:
            known = known_in(world)
            click.echo(f"{len(known.doors)} routes, {sum(len(d.forms) for d in known.doors)} forms")
            while sent < arguments.examples and (until is None or time.monotonic() < until):
                found = send(world, known, number, EACH)
                sent += EACH * len(dealt(known, number))
                _tell(number, {name: each for name, each in found.items() if name not in failed})
                failed |= found
                number += 1
        installation.close()
    click.echo(f"examples={sent} failures={len(failed)} seed={first}")
    return 1 if failed else 0


def _tell(number: int, found: dict[str, tuple[str, Request]]) -> None:
    click.echo(f"round SEED={number} EXAMPLES=1: {len(found)} new failures")
    for problem, request in found.values():
        click.echo(f"  {problem[:2000]}\n  {request!r:.3000}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=1_000_000)
    parser.add_argument("--minutes", type=float)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--database-url", default="")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
