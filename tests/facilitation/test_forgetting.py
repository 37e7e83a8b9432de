"""What is kept of those who took part, for how long, and what they get to see of it."""

from __future__ import annotations

from datetime import timedelta

import time_machine
from flask import Flask

from smartby.accounts.models import User
from smartby.core.clock import now
from smartby.core.transaction import perform
from smartby.extensions import db
from smartby.facilitation.models import Participant
from smartby.facilitation.retention import forget_participants
from smartby.my.actions import erase_account
from tests.facilitation.holding import held, joins, run_of
from tests.people import Visitor, user_id


def people(app: Flask) -> list[Participant]:
    with app.app_context():
        return list(db.session.scalars(db.select(Participant)))


def test_participants_are_forgotten_after_thirty_days(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number, open_ = held(fatima), held(fatima)
    joins(app, number, name="Aud")
    joins(app, open_, name="Bo")
    fatima.posts(f"/havnvik/workshops/{number}/closing")
    for days, left in ((29, ["Aud", "Bo"]), (31, ["Bo"]), (38, [])):
        with time_machine.travel(now() + timedelta(days=days)), app.app_context():
            forget_participants()
        assert sorted(person.name for person in people(app)) == left
    assert run_of(app, number).joined == 1  # that somebody was there is no secret


def test_one_finds_the_workshops_one_joined_in_ones_export(app: Flask) -> None:
    number = held(Visitor(app, "fatima"))
    kari = joins(app, number, "kari", linked="y", name="Kari")
    assert "workshops_joined" in kari.gets("/me/export").get_data(as_text=True)


def test_whoever_leaves_is_tied_to_nothing(app: Flask) -> None:
    number = held(Visitor(app, "fatima"))
    joins(app, number, "kari", linked="y", name="Kari")
    kari = user_id(app, "kari")
    with app.app_context():
        perform(erase_account, by=db.session.get_one(User, kari))
    assert [(person.user_id, person.name) for person in people(app)] == [(None, "")]
