"""What can break, for the soak: each fault strikes while people act, and ends by itself."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from bench.readings import children
from tests.drills.drill import Drill
from tests.drills.hostile import SlowReaders, attack, flood
from tests.drills.migration import migrate
from tests.drills.stack import until
from tests.serving import Smartby

FEW = 20  # acts that are done while something is broken
BOTH = ("sqlite", "pg")
Strike = Callable[[Drill, Random], None]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that breaks, and on which databases it can."""

    name: str
    strike: Strike
    on: tuple[str, ...]


FAULTS: list[Fault] = []


def fault(*on: str) -> Callable[[Strike], Strike]:
    """Register a fault; its first line says what it is."""

    def register(strike: Strike) -> Strike:
        FAULTS.append(Fault(strike.__name__, strike, on or BOTH))
        return strike

    return register


def drawn(db: str, lot: Random) -> Iterator[Fault]:
    """Draw faults without end: all that there are in some order, then all in another."""
    while True:
        deck = [each for each in FAULTS if db in each.on]
        lot.shuffle(deck)
        yield from deck


@fault()
def worker_killed(drill: Drill, lot: Random) -> None:
    """One worker is killed; its master starts another."""
    master = _master(lot.choice(drill.stack.apps))
    before = children(master)
    os.kill(lot.choice(before), signal.SIGKILL)
    _awaits_workers(master, lambda now: len(now) >= len(before) and now != before)


@fault()
def instance_killed(drill: Drill, lot: Random) -> None:
    """An instance is killed as a whole, and started again."""
    app = lot.choice(drill.stack.apps)
    app.kill()
    time.sleep(lot.uniform(0, 3))
    app.serve()


@fault()
def reloaded(drill: Drill, lot: Random) -> None:
    """An instance is told to reload: new workers come, the old ones leave."""
    master = _master(lot.choice(drill.stack.apps))
    before = children(master)
    os.kill(master, signal.SIGHUP)
    _awaits_workers(master, lambda now: len(now) == len(before) and not set(now) & set(before))


@fault()
def jobs_killed(drill: Drill, lot: Random) -> None:
    """The process of the jobs is killed in the middle of what it does; its clock is off then."""
    assert drill.stack.jobs is not None
    drill.stack.jobs.begins_anew(lot)
    drill.goes_on(FEW)


@fault("pg")
def deployed(drill: Drill, lot: Random) -> None:
    """A new instance takes over from another, with a clock of its own."""
    offset = str(lot.choice((-300, 0, 300)))
    drill.stack.replaces(lot.choice(drill.stack.apps), SMARTBY_CLOCK_OFFSET=offset)


@fault()
def network_lost(drill: Drill, lot: Random) -> None:
    """Half of the pages lose their network, twice."""
    for _ in range(2):
        drill.pages.drop_half(lot.uniform(0.5, 3))
        drill.goes_on(FEW)


@fault()
def never_read(drill: Drill, lot: Random) -> None:
    """Thirty pages follow the idea and never read, while long comments come."""
    word = f"flom {lot.randrange(10**9)}"
    with SlowReaders(drill.stack, f"contribution:{drill.stack.idea}", 30):
        flood(drill.stack, 50, word)
        drill.goes_on(FEW)


@fault()
def hostile_frames(drill: Drill, lot: Random) -> None:
    """Every frame that has broken a server somewhere is sent."""
    attack(lot.choice(drill.stack.ports))


@fault("pg")
def postgres_crashed(drill: Drill, lot: Random) -> None:
    """PostgreSQL stops as in a crash, and comes back."""
    drill.stack.crashes_postgres(lot.uniform(0, 4))


@fault("pg")
def redis_away(drill: Drill, lot: Random) -> None:
    """Redis is away for some seconds, and comes back empty."""
    drill.stack.stops_redis(lot.uniform(0.5, 6))


@fault("pg")
def redis_gone(drill: Drill, _lot: Random) -> None:
    """Redis is away until people have done a good deal without it."""
    drill.stack.stops_redis(None)
    drill.goes_on(3 * FEW)
    assert drill.stack.redis is not None
    drill.stack.redis.run()


@fault("pg")
def migrated(drill: Drill, _lot: Random) -> None:
    """The tables are changed, from expand to contract."""
    migrate(drill.stack)


def _master(app: Smartby) -> int:
    assert app.process is not None
    return app.process.pid


def _awaits_workers(master: int, there: Callable[[list[int]], bool]) -> None:
    until(lambda: there(children(master)), "the master has new workers")
