"""One commit for several who come at the same time: nobody's failure is anybody else's."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from flask import Flask
from sqlalchemy import select

from smartby.accounts.models import User
from smartby.config import environment_with
from smartby.core.transaction import lock, perform, post
from smartby.extensions import db


def touch(user: User) -> None:
    lock(user)
    post("test:touch", "touched")


def comes_of(app: Flask, *deeds: str) -> Any:
    """Let greenlets do all of this at the same moment, in a process as it is served."""
    with app.app_context():
        number = db.session.scalars(select(User.id).where(User.email == "kari@example.no")).one()
        url = db.engine.url.render_as_string(hide_password=False)
    done = subprocess.run(
        [sys.executable, "-m", "tests.core.hall_app", str(number), *deeds],
        env=environment_with(DATABASE_URL=url, SMARTBY_DATA=str(app.config["DATA"])),
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    with app.app_context():  # what another process wrote is put back only where this one did too
        perform(touch, db.session.get_one(User, number))
    found = json.loads(done.stdout)
    assert list(found["told"]) == [str(number + 1) for number in range(len(found["told"]))]
    found["told"] = list(found["told"].values())
    assert found["name"] == f"Kari {found['told'][-1]}"
    return found


def test_those_who_come_at_the_same_time_share_a_commit(app: Flask) -> None:
    found = comes_of(app, *"abcdegh")
    assert found["outcomes"] == ["done"] * 7
    assert sorted(found["told"]) == [*"abcde", "first", *"gh"]
    assert found["commits"] < 7


def test_who_is_refused_or_stumbles_takes_nobody_along(app: Flask) -> None:
    found = comes_of(app, "a", "refused", "b", "wrong", "c")
    assert found["outcomes"] == ["done", "Refused", "done", "IntegrityError", "done"]
    assert sorted(found["told"]) == ["a", "b", "c", "first"]


def test_one_that_is_refused_leaves_no_lock_behind(app: Flask) -> None:
    found = comes_of(app, "refused", "|", "a")
    assert found["outcomes"] == ["Refused", "done"]
    assert found["told"] == ["first", "a"]


def test_when_the_transaction_is_lost_nobody_is_told_that_it_was_done(app: Flask) -> None:
    found = comes_of(app, "a", "b", "cut", "c")
    # Who had to wait for the same commit is told to come again; whose time had run out had one.
    assert {*found["outcomes"][:2]} <= {"Busy", "done"}
    assert found["outcomes"][2] not in ("done", "Busy")
    done = [do for do, came in zip("abxc", found["outcomes"], strict=True) if came == "done"]
    assert sorted(found["told"]) == sorted(["first", *done])


def test_a_great_many_are_served_by_fewer_commits(app: Flask) -> None:
    everybody = [f"p{number}" for number in range(70)]
    found = comes_of(app, *everybody)
    assert found["outcomes"] == ["done"] * 70
    assert sorted(found["told"]) == sorted(["first", *everybody])
    assert 4 <= found["commits"] < 70
