"""`flask seed --scale N`: the demo with so long a past that it holds N times as much."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from ..accounts.models import User
from ..core.clock import now
from ..core.transaction import transaction
from ..extensions import db
from .content import Content
from .demo import SEED, SETTLING, beginning, tell
from .invented import Inventor
from .loader import Loader, Numbers
from .past import BATCH, Past
from .places import places
from .plan import plan
from .world import World, settle

LONG = timedelta(days=3 * 365)
PEOPLE_PER_IDEA = 5  # so many ideas for each person
FEWEST = 400


def plant_many(content: Content, times: int, *, say: Callable[[str], None]) -> World:
    """Plant the demo and a past of invented ideas, in batches; say how far it has come."""
    today, dice = now().replace(microsecond=0), Random(SEED)
    end = beginning(content, today) - SETTLING
    start = end - LONG
    count = (times - 1) * len(content.ideas)
    with transaction() as tx:
        world = settle(content, start - SETTLING, dice)
        people = world.voters + _crowd(max(FEWEST, count // PEOPLE_PER_IDEA), start, content, dice)
        tx.posts.clear()
    inventor = Inventor(content, dice)
    past = Past(places(world, content), people, inventor, dice)
    step = max(BATCH, count // 10)
    past.write(
        plan(count, (start, end), inventor, dice),
        lambda done: say(f"{done} of {count} ideas") if not done % step or done == count else None,
    )
    with transaction() as tx:
        tell(world, content, today, dice)
        tx.posts.clear()
    db.session.expire_all()
    return world


def _crowd(count: int, joined: datetime, content: Content, dice: Random) -> list[int]:
    """Invent residents without passwords; return their ids. Inside a transaction."""
    numbers = Numbers(User.__table__)
    first = [name.split()[0] for name in content.residents]
    last = [name.split()[-1] for name in content.residents]
    users = Loader(User.__table__, "id", "name", "email", "email_confirmed_at", "created_at")
    for _ in range(count):
        number = numbers.take()
        name = f"{dice.choice(first)} {dice.choice(last)}"
        moment = joined - timedelta(minutes=dice.randrange(1, 60 * 24 * 20))
        users.add(number, name, f"resident.{number}@innbygger.example", moment, moment)
    users.flush()
    numbers.settle()
    return list(range(numbers.last - count + 1, numbers.last + 1))
