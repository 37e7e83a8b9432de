"""Letters to all who signed up: none in the request that decides, each exactly once by the job."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from smartby.accounts.models import User
from smartby.core.clock import now
from smartby.core.mail import Mail
from smartby.core.transaction import transaction
from smartby.extensions import db
from smartby.workshops import letters
from smartby.workshops.letters import write_letters
from smartby.workshops.models import WorkshopLetter
from smartby.workshops.reminders import remind
from tests.municipalities.test_theme import settings
from tests.people import Visitor, user_id
from tests.workshops.planning import TITLE, announced, plan, signs_up, stored

COMERS = ("kari", "jonas", "sunniva", "amir", "hanne")
REASON = "Lokalet er dessverre ikke ledig likevel."
MOVED, CANCELLED = f"Ny tid eller nytt sted: {TITLE}", f"Avlyst: {TITLE}"


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Write two mails at a time, so that five people are three portions."""
    monkeypatch.setattr(letters, "AT_ONCE", 2)


@pytest.fixture
def number(app: Flask) -> int:
    made = announced(Visitor(app, "fatima"), seats="4")
    for who in COMERS:
        signs_up(Visitor(app, who), made)
    return made


def cancels(app: Flask, number: int) -> None:
    path = f"/havnvik/workshops/{number}/cancellation"
    assert Visitor(app, "fatima").posts(path, reason=REASON).status_code == 303


def moves(app: Flask, number: int, place: str, seen: int) -> None:
    fields = plan(place=place, seats="4", seen=str(seen))
    path = f"/havnvik/workshops/{number}"
    assert Visitor(app, "fatima").posts(path, **fields).status_code == 303


def works(app: Flask) -> int:
    with app.app_context():
        return write_letters()


def test_the_request_writes_no_mail_and_the_job_all_of_them_once(app: Flask, number: int) -> None:
    cancels(app, number)
    assert _mails(app) == {} and _owed(app) == 1
    assert works(app) == 5 and works(app) == 0
    assert _mails(app) == {f"{who}@example.no": [CANCELLED] for who in COMERS}
    assert _owed(app) == 0


def test_two_workers_write_each_mail_once(app: Flask, number: int) -> None:
    cancels(app, number)
    with ThreadPoolExecutor(2) as pool:
        written = list(pool.map(lambda _: works(app), range(2)))
    assert sum(written) == 5
    assert _mails(app) == {f"{who}@example.no": [CANCELLED] for who in COMERS}


def test_what_fails_on_the_way_goes_on_where_it_stopped(app: Flask, number: int) -> None:
    others = announced(Visitor(app, "fatima"), title="Et helt annet verksted")
    signs_up(Visitor(app, "kari"), others)
    cancels(app, number)
    cancels(app, others)
    last = max(COMERS, key=lambda who: user_id(app, who))
    _readdress(app, last, "ingen adresse")
    # The first two portions stand, the third fails, and the other workshop's letter is written.
    assert works(app) == 5
    assert sum(map(len, _mails(app).values())) == 5 and _owed(app) == 1
    _readdress(app, last, f"{last}@example.no")
    assert works(app) == 1 and _owed(app) == 0
    counted = Counter(subject for subjects in _mails(app).values() for subject in subjects)
    assert counted == {CANCELLED: 5, "Avlyst: Et helt annet verksted": 1}


def test_only_the_newest_place_is_told(app: Flask, number: int) -> None:
    moves(app, number, "Biblioteket", 1)
    moves(app, number, "Rådhuset", 2)
    works(app)
    assert _mails(app) == {f"{who}@example.no": [MOVED] for who in COMERS}
    with app.app_context():
        bodies = db.session.scalars(select(Mail.body)).all()
    assert all("Rådhuset" in body and "Biblioteket" not in body for body in bodies)


def test_what_is_called_off_is_told_of_no_move(app: Flask, number: int) -> None:
    moves(app, number, "Biblioteket", 1)
    cancels(app, number)
    works(app)
    assert _mails(app) == {f"{who}@example.no": [CANCELLED] for who in COMERS}


def test_whoever_signs_up_after_the_move_knows_it(app: Flask) -> None:
    number = announced(Visitor(app, "fatima"), seats="4")
    signs_up(Visitor(app, "kari"), number)
    moves(app, number, "Biblioteket", 1)
    with time_machine.travel(now() + timedelta(minutes=1), tick=False):
        signs_up(Visitor(app, "jonas"), number)
        works(app)
    assert _mails(app) == {"kari@example.no": [MOVED]}


def test_whoever_has_no_seat_is_not_reminded(app: Flask, number: int) -> None:
    the_day_before = stored(app, number).starts_at - timedelta(hours=20)
    with time_machine.travel(the_day_before, tick=False), app.app_context():
        assert remind() == 1 and write_letters() == 4
    assert "hanne@example.no" not in _mails(app)


def _mails(app: Flask) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    with app.app_context():
        for to, subject in db.session.execute(select(Mail.to, Mail.subject).order_by(Mail.id)):
            found.setdefault(to, []).append(subject)
    return found


def _owed(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(WorkshopLetter)) or 0


def _readdress(app: Flask, who: str, email: str) -> None:
    number = user_id(app, who) if "@" not in email else _by_bad_address(app)
    with app.app_context(), transaction():
        db.session.get_one(User, number).email = email


def _by_bad_address(app: Flask) -> int:
    with app.app_context():
        return db.session.scalars(select(User.id).where(User.email == "ingen adresse")).one()


def test_a_town_that_writes_both_norwegians_sends_its_letters_too(app: Flask, number: int) -> None:
    both = settings(written_language="neutral")
    assert Visitor(app, "hanne").posts("/havnvik/settings", **both).status_code == 303
    cancels(app, number)
    assert works(app) == 5
