"""Who takes part: two of the same name are told apart, and nobody is shown out by one press."""

from __future__ import annotations

from datetime import UTC, datetime

import time_machine
from flask import Flask

from smartby.facilitation.words import spaced
from tests.facilitation.holding import drives, held, joins, listens, run_of, sees, who
from tests.outcomes.harvesting import closes
from tests.people import Visitor
from tests.workshops.test_leads import gives


def two_called_kari(app: Flask) -> tuple[Visitor, int, list[Visitor]]:
    """Hold a workshop that two of the same name have joined, one after the other."""
    fatima = Visitor(app, "fatima")
    number = held(fatima)
    both = []
    for minute in (12, 40):
        with time_machine.travel(datetime(2026, 11, 27, 9, minute, tzinfo=UTC), tick=False):
            both.append(joins(app, number, name="Kari"))
    return fatima, number, both


def test_two_of_the_same_name_are_told_apart(app: Flask) -> None:
    fatima, number, (_first, second) = two_called_kari(app)
    assert "her nå" not in sees(fatima, number, "participants")  # nothing is known of anybody
    listens(app, second, f"participant:{who(app, second, number).id}")
    page = sees(fatima, number, "participants").partition("sb-rows")[2].partition("</ul>")[0]
    one, other = page.split("<li")[1:]
    assert "nr. 1" in one and "kl. 10.12" in one and "ikke her nå" in one
    assert "nr. 2" in other and "kl. 10.40" in other
    assert "her nå" in other and "ikke her nå" not in other


def test_whoever_is_to_be_shown_out_is_asked_about_and_told_of(app: Flask) -> None:
    fatima, number, (first, second) = two_called_kari(app)
    person = who(app, second, number).id
    removal = f"participants/{person}/removal"
    assert removal in sees(fatima, number, "participants")
    asked = sees(fatima, number, removal)
    assert "Ta ut Kari?" in asked and "nr. 2" in asked and "kl. 10.40" in asked
    kari = Visitor(app, "kari")
    assert kari.gets(f"/havnvik/workshops/{number}/{removal}").status_code == 404
    before = run_of(app, number)
    assert before.joined == 2  # asking does nothing
    drives(fatima, number, "kick", participant=str(person))
    run = run_of(app, number)
    assert run.joined == 1 and run.code and run.code != before.code
    page = sees(fatima, number, "participants")
    assert "Kari er tatt ut." in page and spaced(run.code) in page
    assert fatima.gets(f"/havnvik/workshops/{number}/{removal}").status_code == 404
    assert first.gets(f"/havnvik/workshops/{number}/room").status_code == 200


def test_when_it_is_over_only_those_who_lead_read_the_names(app: Flask) -> None:
    fatima, amir = Visitor(app, "fatima"), Visitor(app, "amir")
    number = held(fatima)
    assert gives(app, fatima, number, "amir", "helper") == 303
    kari = joins(app, number, name="Kari")
    listens(app, kari, f"participant:{who(app, kari, number).id}")
    fatima.posts(f"/havnvik/workshops/{number}/proxies", name="Mannen ved vinduet")
    proxy = who(app, kari, number).id + 1
    for page in ("participants", f"proxies/{proxy}"):
        assert amir.gets(f"/havnvik/workshops/{number}/{page}").status_code == 200
    assert "her nå" in sees(amir, number, "participants")
    closes(fatima, number)
    for page in ("participants", f"proxies/{proxy}"):
        answer = amir.gets(f"/havnvik/workshops/{number}/{page}")
        assert answer.status_code == 403, page
        told = answer.get_data(as_text=True)
        assert "Kari" not in told and "Mannen" not in told
    assert "Takk for hjelpen" in sees(amir, number, "helping")
    page = sees(fatima, number, "participants")
    assert "Kari" in page and "her nå" not in page and "Tar du noen ut" not in page
    assert "slettes 30 dager etter" in page
