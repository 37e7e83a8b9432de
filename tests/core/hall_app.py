"""`python -m tests.core.hall_app PERSON DO …`: greenlets that change a person at the same time.

After a "|" come those who do something when the others have been answered. Prints what came of
each, how many commits that took, and what is stored.
"""

from gevent import monkey

monkey.patch_all()

import json  # noqa: E402
import sys  # noqa: E402

import gevent  # noqa: E402
from flask import Flask  # noqa: E402
from sqlalchemy import event, select, text  # noqa: E402

from smartby import create_app  # noqa: E402
from smartby.accounts.models import User  # noqa: E402
from smartby.core.errors import Refused  # noqa: E402
from smartby.core.models import Outbox  # noqa: E402
from smartby.core.transaction import commit_together, lock, perform, post  # noqa: E402
from smartby.extensions import db  # noqa: E402

CUT = {"sqlite": "ROLLBACK", "postgresql": "SELECT pg_terminate_backend(pg_backend_pid())"}


def change(user: User, do: str) -> None:
    """Give a person a name; then stumble, if that is what is to be done."""
    lock(user)
    user.name = f"Kari {do}"
    post("test:hall", "changed", by=do)
    if do == "refused":
        raise Refused(do)
    db.session.flush()
    if do == "wrong":
        db.session.execute(text("INSERT INTO stream (name, seq) VALUES (NULL, NULL)"))
    if do == "cut":
        db.session.execute(text(CUT[db.engine.dialect.name]))
        raise OSError  # as SQLite does whose disk is full, when it has rolled back by itself


def take(app: Flask, number: int, do: str) -> str:
    with app.app_context():
        user = db.session.get_one(User, number)
        commit_together("hall")
        try:
            perform(change, user, do)
        except Exception as error:
            return type(error).__name__
        return "done"


def main(number: int, *deeds: str) -> None:
    app = create_app()
    commits: list[object] = []
    take(app, number, "first")  # what the first of all costs is not what each costs
    with app.app_context():
        event.listen(db.engine, "commit", commits.append)
    jobs = []
    for wave in " ".join(deeds).split(" | "):
        jobs += [gevent.spawn(take, app, number, do) for do in wave.split()]
        gevent.joinall(jobs, raise_error=True)
    with app.app_context():
        name = db.session.get_one(User, number).name
        asked = select(Outbox.seq, Outbox.payload).where(Outbox.stream == "test:hall")
        found = db.session.execute(asked.order_by(Outbox.seq))
        told = {row.seq: row.payload["by"] for row in found}
        said = {"outcomes": [job.value for job in jobs], "commits": len(commits)}
        sys.stdout.write(json.dumps({**said, "name": name, "told": told}))


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
