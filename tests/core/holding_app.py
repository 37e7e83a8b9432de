"""`python -m gevent.monkey --module tests.core.holding_app PERSON`: whose turn it is under a lock.

One greenlet locks a row, another counts its turns. Prints how many that one had before the lock,
while the row was held, while the database was slow to answer under it, after the commit, and after
a transaction that failed; while something was read that comes soon, and from a database that is
far away, and what share of the answers came soon in the end.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from contextlib import suppress

import gevent
from sqlalchemy import text

from smartby import create_app
from smartby.accounts.models import User
from smartby.core import holding
from smartby.core.errors import Refused
from smartby.core.transaction import lock, transaction
from smartby.extensions import db

SLOW = "SELECT pg_sleep(0.3)"
FAR = "SELECT pg_sleep(0.01)"
SOON = 30.0  # seconds: on a busy machine nothing is sure to come within one of a thousand
turns: Counter[str] = Counter()


def counts() -> None:
    """Be ready all the time, as one of the pages that others ask for."""
    while True:
        turns["others"] += 1
        gevent.sleep(0)


def asks(times: int, question: str = "SELECT 1") -> int:
    """Ask so many questions; return how often somebody else had a turn meanwhile."""
    before = turns["others"]
    for _time in range(times):
        db.session.execute(text(question))
    return turns["others"] - before


def reads() -> dict[str, float]:
    """Read from a database that is near, and from one that is far."""
    usual, holding.SOON = holding.SOON, SOON
    near = asks(50)
    holding.SOON = usual
    far = asks(50, FAR)
    return {"near": near, "far": far, "came_soon": holding.nearness.share}


def writes(user: User) -> dict[str, float]:
    """Lock a row, commit, and fail; ask before, meanwhile and afterwards."""
    found: dict[str, float] = {}
    with transaction():
        found["before"] = asks(50)
        lock(user)
        found["held"] = asks(50)
        found["slow"] = asks(1, SLOW)
    with transaction():
        found["after"] = asks(50)
    with suppress(Refused), transaction():
        lock(user)
        raise Refused
    with transaction():
        found["failed"] = asks(50)
    return found


def main(number: int) -> None:
    app = create_app()
    with app.app_context():
        user = db.session.get_one(User, number)
        gevent.spawn(counts)
        found = writes(user)
        db.session.rollback()
        sys.stdout.write(json.dumps(found | reads()))
        sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]))
