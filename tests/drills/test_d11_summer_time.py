"""D11: the nights when the clocks are changed: everybody is reminded once."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from smartby import jobs
from smartby.core.mail import Mail
from smartby.extensions import db
from tests.people import Visitor
from tests.workshops.planning import announced, signs_up

NIGHTS = (datetime(2026, 10, 24, 6, tzinfo=UTC), datetime(2027, 3, 27, 6, tzinfo=UTC))
STEP = timedelta(minutes=30)


@pytest.mark.parametrize("morning_before", NIGHTS, ids=["autumn", "spring"])
def test_whoever_signed_up_is_reminded_once(app: Flask, morning_before: datetime) -> None:
    day = (morning_before + timedelta(days=1)).date().isoformat()
    with time_machine.travel(morning_before, tick=False) as clock:
        number = announced(Visitor(app, "fatima"), day=day, time="18:00")
        for who in ("kari", "jonas"):
            signs_up(Visitor(app, who), number)
        before = _mails(app)
        # Half an hour at a time through the night: in autumn the Oslo clock shows 02:00 twice.
        for _ in range(60):
            with app.app_context():
                jobs.sweep()
            clock.shift(STEP)
    told = _mails(app) - before
    assert sorted(told.values()) == [1, 1], told


def _mails(app: Flask) -> Counter[tuple[str, str]]:
    with app.app_context():
        rows = db.session.execute(db.select(Mail.to, Mail.subject)).all()
    return Counter((str(to), subject) for to, subject in rows)
