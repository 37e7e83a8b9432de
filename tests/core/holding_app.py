"""`python -m gevent.monkey --module tests.core.holding_app PERSON`: whose turn it is under a lock.

One greenlet locks a row, another counts its turns. Prints how many that one had before the lock,
while the row was held, while the database was slow to answer under it, after the commit, and after
a transaction that failed.
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
from smartby.core.errors import Refused
from smartby.core.transaction import lock, transaction
from smartby.extensions import db

SLOW = "SELECT pg_sleep(0.3)"
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


def main(number: int) -> None:
    app = create_app()
    with app.app_context():
        user = db.session.get_one(User, number)
        gevent.spawn(counts)
        found = {}
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
        sys.stdout.write(json.dumps(found))
        sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]))
