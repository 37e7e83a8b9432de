"""A test never sees what another one wrote, on either database."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from smartby.core.models import Outbox, Stream
from smartby.core.transaction import perform, post
from smartby.extensions import db
from smartby.principles.models import Principle

OURS = "person:99999"


@pytest.mark.parametrize("_round", [1, 2])
def test_what_is_written_is_gone_in_the_next_test(app: Flask, _round: int) -> None:
    number = select(Stream.seq).where(Stream.name == OURS)
    events = select(Outbox.seq).where(Outbox.stream == OURS)
    with app.app_context():
        assert db.session.scalars(number).all() == []
        assert db.session.scalars(events).all() == []
        perform(post, OURS, "hello")
        assert db.session.scalars(number).all() == [1]
        assert db.session.scalars(events).all() == [1]


def test_rows_come_in_no_order_that_nobody_asked_for(app: Flask) -> None:
    if app.config["DATABASE_URL"].startswith("sqlite"):
        with app.app_context():
            numbers = db.session.scalars(select(Principle.id)).all()
        assert numbers == sorted(numbers, reverse=True)
