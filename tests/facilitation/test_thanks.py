"""Where those who took part and those who helped are led when a workshop is over."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from smartby.extensions import db
from smartby.workshops.models import HelperInvitation, WorkshopLead
from tests.facilitation.holding import held, joins, sees
from tests.outcomes.harvesting import announce, closes, reads
from tests.people import Visitor, user_id
from tests.workshops.test_leads import asks, gives


def ways(page: str) -> list[str]:
    """Return where the links between a page's heading and its foot lead."""
    main = page.partition("<main")[2].partition("</main>")[0]
    return re.findall(r'href="(/[^"]+)"', main)


@pytest.mark.parametrize("known", [True, False])
def test_a_helper_is_led_to_pages_that_open(app: Flask, known: bool) -> None:
    fatima, amir = Visitor(app, "fatima"), Visitor(app, "amir")
    number = held(fatima)
    gives(app, fatima, number, "amir", "helper")
    if known:
        announce(app, number)
    closes(fatima, number)
    page = sees(amir, number, "helping")
    assert "Takk for hjelpen" in page and "data-closed" in page  # what is left is not shown
    here = f"/havnvik/workshops/{number}"
    found = ways(page)
    assert {here, "/me"} <= set(found) and (f"{here}/minutes" in found) is known
    for path in found:
        assert amir.gets(path).status_code == 200, path
    assert "Du hjalp til på verkstedet." in reads(amir, here)
    assert "Hjelper · holdt" in " ".join(re.sub("<[^>]+>", "", reads(amir, "/me")).split())


def test_what_nobody_writes_any_more_is_not_asked_for(app: Flask) -> None:
    fatima, amir = Visitor(app, "fatima"), Visitor(app, "amir")
    number = held(fatima)
    gives(app, fatima, number, "amir", "helper")
    closes(fatima, number)
    page = sees(amir, number, "proxies")
    assert "Verkstedet er avsluttet." in page and "<textarea" not in page
    assert f"/havnvik/workshops/{number}" in ways(page)


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("who", ["kari", None])
def test_whoever_took_part_is_led_to_pages_that_open(
    app: Flask, who: str | None, known: bool
) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima)
    guest = joins(app, number, who, **({"linked": "y"} if who else {}))
    if known:
        announce(app, number)
    closes(fatima, number)
    page = sees(guest, number)
    found = [path for path in ways(page) if not path.startswith("/preferences")]
    assert (f"/havnvik/workshops/{number}" in found) is known
    for path in found:
        answer = guest.gets(path)
        # Who has no account is asked to sign in there, and loses nothing by it.
        assert answer.status_code == (302 if path == "/me" and who is None else 200), path


def test_under_strict_anonymity_nobody_is_sent_to_their_own_page(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima, anonymity="strict")
    kari = joins(app, number)
    closes(fatima, number)
    assert "/me" not in ways(sees(kari, number))


def test_whoever_was_asked_to_help_is_told_that_it_is_over(app: Flask) -> None:
    fatima, kari = Visitor(app, "fatima"), Visitor(app, "kari")
    number = held(fatima)
    announce(app, number)
    assert asks(fatima, number, "kari@example.no") == 303
    with app.app_context():
        asked = db.session.scalars(db.select(HelperInvitation.id)).one()
    closes(fatima, number)
    path = f"/havnvik/helper-invitations/{asked}"
    page = reads(kari, path)
    assert "det trengs ingen hjelp lenger" in page and "Ja, jeg hjelper til" not in page
    assert f"/havnvik/workshops/{number}" in ways(page)
    # Nobody becomes a helper, who sees who took part, when it is over.
    assert kari.posts(path, wanted="yes").status_code == 422
    assert kari.posts(path, wanted="no").status_code == 303
    with app.app_context():
        person = (number, user_id(app, "kari"))
        assert db.session.get(WorkshopLead, person) is None
        assert db.session.scalars(db.select(HelperInvitation)).all() == []
