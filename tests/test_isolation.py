"""A test never sees what another one wrote, on either database."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select

from smartby.core.models import Outbox, Stream
from smartby.core.transaction import perform, post
from smartby.extensions import db


@pytest.mark.parametrize("_round", [1, 2])
def test_what_is_written_is_gone_in_the_next_test(app: Flask, _round: int) -> None:
    with app.app_context():
        before = [db.session.scalar(select(func.count()).select_from(m)) for m in (Stream, Outbox)]
        perform(post, "person:1", "hello")
        heads = [tuple(row) for row in db.session.execute(select(Stream.name, Stream.seq))]
    assert before == [0, 0]
    assert heads == [("person:1", 1)]
