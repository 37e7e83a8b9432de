"""One writing path: all or nothing, exact under races, refused outside."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import event, func, select, text
from sqlalchemy.exc import DBAPIError

from smartby.accounts.models import User
from smartby.core.errors import Gone, KeyReused, Refused
from smartby.core.idempotency import once
from smartby.core.models import Outbox, Stream
from smartby.core.transaction import (
    after,
    announce,
    lock,
    perform,
    post,
    together_with,
    transaction,
)
from smartby.extensions import db


@dataclass(frozen=True)
class Renamed:
    user: User


def kari() -> User:
    return db.session.scalars(select(User).where(User.email == "kari@example.no")).one()


def rename(user: User, *, to: str) -> User:
    lock(user)
    user.name = to
    post("test:1", "renamed", to=to)
    return user


def test_a_change_outside_a_transaction_is_refused_by_the_database(app: Flask) -> None:
    with app.app_context():
        with pytest.raises(DBAPIError):
            db.session.execute(text("UPDATE user_account SET name = 'x'"))
        db.session.rollback()


def test_a_changed_object_outside_a_transaction_is_refused(app: Flask) -> None:
    with app.app_context():
        kari().name = "Noen andre"
        with pytest.raises(RuntimeError, match="outside"), transaction():
            pass


def test_transactions_do_not_nest(app: Flask) -> None:
    with (
        app.app_context(),
        pytest.raises(RuntimeError, match="nest"),
        transaction(),
        transaction(),
    ):
        pass


def test_a_refusal_leaves_nothing_behind(app: Flask) -> None:
    def half(user: User) -> None:
        rename(user, to="Halvveis")
        raise Refused("nei")

    with app.app_context():
        with pytest.raises(Refused):
            perform(half, kari())
        assert kari().name == "Kari Solheim"
        assert db.session.scalar(select(func.count()).where(Outbox.stream == "test:1")) == 0


def test_listeners_act_with_the_change_or_after_it(app: Flask) -> None:
    heard: list[str] = []

    def together(fact: Renamed) -> None:
        post("test:2", "heard")
        heard.append("together")

    def afterwards(fact: Renamed) -> None:
        heard.append(str(db.session.scalar(select(User.name).where(User.id == fact.user.id))))
        raise ValueError("a failing listener undoes nothing")

    together_with(Renamed)(together)
    after(Renamed)(afterwards)

    def act(user: User) -> None:
        rename(user, to="Kari S.")
        announce(Renamed(user))

    with app.app_context():
        perform(act, kari())
        assert heard == ["together", "Kari S."]
        assert kari().name == "Kari S."


def test_what_is_gone_cannot_be_locked(app: Flask) -> None:
    def vanish(user: User) -> None:
        db.session.delete(user)
        db.session.flush()
        lock(user)

    with app.app_context(), pytest.raises(Gone):
        perform(vanish, kari())


def test_posts_are_numbered_without_gaps_under_a_race(app: Flask) -> None:
    def work(number: int) -> None:
        with app.app_context():
            perform(_post_twice, number)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(40)))
    with app.app_context():
        for stream in ("test:1", "test:2"):
            rows = list(
                db.session.scalars(
                    select(Outbox.seq).where(Outbox.stream == stream).order_by(Outbox.seq)
                )
            )
            head = db.session.scalar(select(Stream.seq).where(Stream.name == stream))
            assert rows == list(range(1, len(rows) + 1))
            assert head == len(rows)
        assert len(rows) == 40


def _post_twice(number: int) -> None:
    # Named in different orders: numbering by name keeps two writers from waiting in a ring.
    first, second = ("test:1", "test:2") if number % 2 else ("test:2", "test:1")
    post(first, "x", n=number)
    post(second, "y", n=number)


def test_one_key_acts_once_also_in_parallel(app: Flask) -> None:
    def work(_number: int) -> str:
        with app.app_context():
            return str(once("samme", "user:1", rename, kari(), to="En gang").name)

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(work, range(16))) == {"En gang"}
    with app.app_context():
        assert db.session.scalar(select(func.count()).where(Outbox.stream == "test:1")) == 1


def test_a_key_with_another_request_is_refused(app: Flask) -> None:
    with app.app_context():
        once("k", "user:1", rename, kari(), to="A")
        with pytest.raises(KeyReused):
            once("k", "user:1", rename, kari(), to="B")
        once("k", "user:2", rename, kari(), to="B")  # another person's key is another key


def test_a_refusal_gives_the_key_back(app: Flask) -> None:
    def refuse() -> None:
        raise Refused

    with app.app_context():
        with pytest.raises(Refused):
            once("k", "user:1", refuse)
        assert once("k", "user:1", rename, kari(), to="Nå").name == "Nå"


def test_a_result_that_is_gone_says_so(app: Flask) -> None:
    def make() -> User:
        user = User(name="Kort besøk", email="kort@example.no")
        db.session.add(user)
        return user

    with app.app_context():
        made = once("k", "user:1", make)

        def remove() -> None:
            db.session.delete(made)

        perform(remove)
        with pytest.raises(Gone):
            once("k", "user:1", make)


def test_a_dozen_who_work_under_one_lock_wait_their_turn(app: Flask) -> None:
    def works() -> None:
        # Together it takes longer than PostgreSQL lets anybody wait in a statement.
        with app.app_context():
            perform(_hold, kari(), 0.4)

    with ThreadPoolExecutor(16) as pool:
        done = [pool.submit(works) for _ in range(16)]
    assert [each.exception() for each in done] == [None] * 16


def _hold(user: User, seconds: float) -> None:
    lock(user)
    time.sleep(seconds)


def test_who_waits_longer_for_a_lock_than_the_database_lets_them_waits_on(app: Flask) -> None:
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            return  # its writers wait for the lane, and for nothing in it
        number = kari().id
    sent_away = threading.Event()

    def rename_kari() -> str:
        with app.app_context():
            return perform(rename, kari(), to="Kari Sein").name

    def note(_context: object) -> None:
        sent_away.set()

    with app.app_context(), ThreadPoolExecutor(1) as pool, db.engine.connect() as other:
        event.listen(db.engine, "handle_error", note)
        other.execute(text("UPDATE user_account SET seq = seq WHERE id = :id"), {"id": number})
        waiting = pool.submit(rename_kari)
        assert sent_away.wait(30)
        other.rollback()
        assert waiting.result() == "Kari Sein"
        event.remove(db.engine, "handle_error", note)
