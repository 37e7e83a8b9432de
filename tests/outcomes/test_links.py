"""The link runs both ways, and the workshop's page follows its ideas as they move."""

from __future__ import annotations

import json
import re

from flask import Flask
from sqlalchemy import select

from smartby.accounts.models import User
from smartby.contributions.models import Contribution
from smartby.core.pump import pump
from smartby.core.transaction import transaction
from smartby.extensions import db
from smartby.municipalities.actions import give_role
from smartby.municipalities.models import Municipality
from tests.contributions.test_withdrawal import hides
from tests.facilitation.holding import listens
from tests.outcomes.harvesting import CARDS, PAGE, announce, closes, harvests, keys, reads, written
from tests.people import Visitor, user_id
from tests.pipeline.board import at
from tests.workshops.test_leads import gives


def drain(app: Flask) -> None:
    with app.app_context():
        pump.drain()


def harvested(app: Flask, leader: Visitor) -> tuple[int, int]:
    """Hold, announce, close and harvest a workshop; return its number and its first idea's."""
    number = written(app, leader)
    announce(app, number)
    closes(leader, number)
    assert harvests(leader, number, *keys(leader, number)).status_code == 303
    with app.app_context():
        first = db.session.scalars(select(Contribution.id).order_by(Contribution.id)).first()
    assert first is not None
    return number, first


def test_the_idea_tells_where_it_comes_from_and_the_workshop_what_became_of_it(app: Flask) -> None:
    fatima, stranger = Visitor(app, "fatima"), Visitor(app)
    number, idea = harvested(app, fatima)
    page = reads(stranger, f"/havnvik/ideas/{idea}")
    assert "Kom fra et verksted" in page and f"/havnvik/workshops/{number}" in page
    assert CARDS[0] in page
    page = reads(stranger, f"/havnvik/workshops/{number}")
    assert "Dette ble det av verkstedet" in page and f"/havnvik/ideas/{idea}" in page
    assert "Mottatt" in page


def test_a_workshop_that_was_not_announced_is_not_named(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = written(app, fatima)
    harvests(fatima, number, *keys(fatima, number))
    page = reads(Visitor(app), "/havnvik/ideas/1")
    assert "Kom fra et verksted" in page and "brannstasjonen" not in page
    assert f"/havnvik/workshops/{number}" not in page


def test_the_workshops_page_follows_its_ideas_live(app: Flask) -> None:
    fatima, ingrid, stranger = Visitor(app, "fatima"), Visitor(app, "ingrid"), Visitor(app)
    number, idea = harvested(app, fatima)
    drain(app)
    socket, _numbers = listens(app, stranger, f"workshop:{number}")
    at(ingrid, idea, "under_review")
    drain(app)
    heard = json.dumps([m["args"][0] for m in socket.get_received() if m["name"] == "batch"])
    assert f"aftermath-{number}" in heard and "Vurderes" in heard
    assert "Vurderes" in reads(stranger, f"/havnvik/workshops/{number}")


def test_what_is_hidden_is_not_told_of_and_what_is_withdrawn_says_so(app: Flask) -> None:
    fatima, ingrid, stranger = Visitor(app, "fatima"), Visitor(app, "ingrid"), Visitor(app)
    number, idea = harvested(app, fatima)
    reason = {"reason": "Den kom inn to ganger.", "wanted": "yes"}
    fatima.posts(f"/havnvik/contributions/{idea + 1}/withdrawal", reason="Vi slo den sammen.")
    assert "Trukket tilbake" in reads(stranger, f"/havnvik/workshops/{number}")
    assert ingrid.posts(f"/havnvik/contributions/{idea}/hiding", **reason).status_code == 303
    for page in (f"/havnvik/workshops/{number}", f"/havnvik/workshops/{number}/minutes"):
        assert f"/havnvik/ideas/{idea}" not in reads(stranger, page)


def test_what_was_hidden_afterwards_is_linked_for_those_only_who_may_read_it(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = written(app, fatima)
    with app.app_context(), transaction():
        town = db.session.scalars(select(Municipality).filter_by(slug="havnvik")).one()
        give_role(town, db.session.get_one(User, user_id(app, "jonas")), "facilitator")
    assert gives(app, fatima, number, "jonas") == 303
    assert harvests(fatima, number, keys(fatima, number)[0]).status_code == 303
    jonas, page = Visitor(app, "jonas"), PAGE.format(number=number, what="harvest")
    (link,) = set(re.findall(r'href="(/havnvik/ideas/\d+)"', reads(jonas, page)))
    assert jonas.gets(link).status_code == 200
    hides(Visitor(app, "ingrid"), int(link.rsplit("/", 1)[-1]))
    assert jonas.gets(link).status_code == 404
    assert f'href="{link}"' not in reads(jonas, page)
    assert "ble til" in reads(jonas, page)
    for who in ("fatima", "ingrid"):  # who published it, and who has hidden it
        assert Visitor(app, who).gets(link).status_code == 200
    assert f'href="{link}"' in reads(fatima, page)
