"""`python -m tests.core.holding_app PERSON`: one greenlet locks a row, another counts its turns.

Prints how many turns the other had before the lock, while it was held, while the database was slow
to answer under it, and after the commit.
"""

from gevent import monkey

monkey.patch_all()

import json  # noqa: E402
import sys  # noqa: E402

import gevent  # noqa: E402
from sqlalchemy import text  # noqa: E402

from smartby import create_app  # noqa: E402
from smartby.accounts.models import User  # noqa: E402
from smartby.core.transaction import lock, transaction  # noqa: E402
from smartby.extensions import db  # noqa: E402

SLOW = "SELECT pg_sleep(0.3)"
turns = 0


def counts() -> None:
    """Be ready all the time, as one of the pages that others ask for."""
    global turns  # noqa: PLW0603 - a program of its own
    while True:
        turns += 1
        gevent.sleep(0)


def asks(times: int, question: str = "SELECT 1") -> int:
    """Ask so many questions; return how often somebody else had a turn meanwhile."""
    before = turns
    for _time in range(times):
        db.session.execute(text(question))
    return turns - before


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
        sys.stdout.write(json.dumps(found))
        sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]))
