"""What is kept only for a while goes in time; streams stay whole at their newer end."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from smartby.core import retention
from smartby.core.clock import now
from smartby.core.models import Idempotency, Outbox
from smartby.core.retention import trim
from smartby.core.transaction import perform, post
from smartby.extensions import db
from tests.people import Visitor


def say(app: Flask, count: int, stream: str = "town:1") -> None:
    with app.app_context():
        for _ in range(count):
            perform(post, stream, "test.said", word="hei")


def left(app: Flask, stream: str = "town:1") -> list[int]:
    query = select(Outbox.seq).where(Outbox.stream == stream).order_by(Outbox.seq)
    with app.app_context():
        return list(db.session.scalars(query))


def test_events_older_than_a_week_go_and_the_page_is_told_to_load_anew(app: Flask) -> None:
    say(app, 3)
    with time_machine.travel(now() + timedelta(days=6)):
        say(app, 2)
    with time_machine.travel(now() + timedelta(days=8)), app.app_context():
        assert trim() >= 3
    assert left(app) == [4, 5]
    reader = Visitor(app)
    assert reader.gets("/live/town:1?after=1").status_code == 410
    assert reader.gets("/live/town:1?after=3").status_code == 200


def test_a_long_stream_is_shortened_from_its_older_end(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "LONGEST", 4)
    monkeypatch.setattr(retention, "AT_ONCE", 3)
    long = select(retention.OUTBOX.c.stream, retention.STREAM.c.seq).join(
        retention.STREAM, retention.STREAM.c.name == retention.OUTBOX.c.stream
    )
    monkeypatch.setattr(
        retention, "LONG_STREAMS", long.where(retention.OUTBOX.c.seq == retention.STREAM.c.seq - 4)
    )
    say(app, 12)
    say(app, 4, "town:2")
    with app.app_context():
        assert trim() == 8
        assert trim() == 0
    assert left(app) == [9, 10, 11, 12]
    assert left(app, "town:2") == [1, 2, 3, 4]


def test_keys_live_a_week(app: Flask) -> None:
    kari = Visitor(app, "kari")
    kari.has_idea(key="a" * 32)
    with app.app_context():
        trim()
        assert db.session.scalar(select(Idempotency.key)) == "a" * 32
    with time_machine.travel(now() + timedelta(days=8)), app.app_context():
        trim()
        db.session.rollback()
        assert db.session.scalar(select(Idempotency.key)) is None
