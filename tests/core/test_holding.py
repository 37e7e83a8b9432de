"""Who holds a row, or reads what comes at once, waits for no other page; nobody for a slow one."""

from __future__ import annotations

import json
import subprocess
import sys

from flask import Flask
from sqlalchemy import select

from smartby.accounts.models import User
from smartby.config import environment_with
from smartby.core.transaction import lock, transaction
from smartby.extensions import db


def test_between_a_lock_and_its_commit_nobody_else_has_a_turn(app: Flask, database: str) -> None:
    if database == "sqlite":
        return  # a statement there never hands the processor on
    with app.app_context():
        user = db.session.scalars(select(User).where(User.email == "kari@example.no")).one()
        url = db.engine.url.render_as_string(hide_password=False)
        number = user.id
    done = subprocess.run(
        [sys.executable, "-m", "gevent.monkey", "--module", "tests.core.holding_app", str(number)],
        env=environment_with(DATABASE_URL=url, SMARTBY_DATA=str(app.config["DATA"])),
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    with app.app_context(), transaction():  # another process wrote: put back what this one does
        lock(db.session.get_one(User, number))
    found = json.loads(done.stdout)
    assert found["before"] > 0
    assert found["held"] == 0
    assert found["slow"] > 0
    assert found["after"] > 0
    assert found["failed"] > 0
    assert found["near"] == 0
    assert found["far"] > 0
    assert found["came_soon"] <= 0.5
