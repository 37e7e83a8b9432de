"""The workshops on one's own page: coming, on, and held; and of whom nothing may be told."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from smartby.core.clock import now
from smartby.core.transaction import transaction
from smartby.extensions import db
from smartby.facilitation.models import Participant, Run
from smartby.facilitation.retention import LEFT_OPEN, forget_participants
from smartby.workshops.models import Workshop
from tests.facilitation.holding import held, joins, sees
from tests.facilitation.test_rehearsal import rehearses
from tests.outcomes.harvesting import announce, closes, harvests, keys, written
from tests.people import Visitor, user_id
from tests.statements import counted
from tests.workshops.planning import TITLE, announced, planned, signs_up
from tests.workshops.test_leads import asks, gives

NONE_YET = "Du har ikke vært med på noe verksted"


def part(visitor: Visitor, name: str) -> str:
    """Return a part of one's own page as the words in it."""
    page = visitor.gets("/me?town=havnvik").get_data(as_text=True)
    found = re.search(rf'<section aria-labelledby="{name}">(.*?)</section>', page, re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split()) if found else ""


def leads_to(visitor: Visitor) -> list[str]:
    """Return where the links of the workshops on one's own page lead."""
    page = visitor.gets("/me?town=havnvik").get_data(as_text=True)
    return re.findall(r'href="(/havnvik/workshops/[^"]+)"', page)


def took_part(app: Flask, number: int, who: str) -> bool:
    """Tell whether an account is tied to somebody who took part."""
    with app.app_context():
        query = db.select(Participant).where(
            Participant.run_id == number, Participant.user_id == user_id(app, who)
        )
        return db.session.scalars(query).first() is not None


def test_what_one_is_signed_up_for_says_so_or_that_one_waits(app: Flask) -> None:
    number = announced(Visitor(app, "fatima"), seats="1")
    kari, jonas = Visitor(app, "kari"), Visitor(app, "jonas")
    for visitor in (kari, jonas):
        assert signs_up(visitor, number).status_code == 303
    assert f"{TITLE} Påmeldt ·" in part(kari, "workshops")
    assert f"{TITLE} På venteliste ·" in part(jonas, "workshops")
    assert leads_to(kari) == [f"/havnvik/workshops/{number}"]
    assert NONE_YET in part(kari, "held")


def test_whoever_is_asked_to_help_finds_the_question_until_it_is_answered(app: Flask) -> None:
    fatima, kari = Visitor(app, "fatima"), Visitor(app, "kari")
    number = planned(fatima)
    assert asks(fatima, number, "kari@example.no") == 303
    told = part(kari, "workshops")
    assert f"{TITLE} Spurt om å hjelpe ·" in told and "Svar ja eller nei" in told
    assert part(Visitor(app, "jonas"), "workshops") == ""
    page = kari.gets("/me?town=havnvik").get_data(as_text=True)
    found = re.search(r'href="(/havnvik/helper-invitations/\d+)"', page)
    assert found is not None and leads_to(kari) == []  # it is not announced: she sees no page of it
    assert kari.gets(found[1]).status_code == 200
    assert kari.posts(found[1], wanted="yes", key="c" * 32).status_code == 303
    told = part(kari, "workshops")
    assert f"{TITLE} Hjelper ·" in told and "Svar ja" not in told


def test_a_question_stands_beside_what_one_is_there_already_and_goes_with_the_workshop(
    app: Flask,
) -> None:
    fatima, kari = Visitor(app, "fatima"), Visitor(app, "kari")
    number = announced(fatima)
    signs_up(kari, number)
    asks(fatima, number, "kari@example.no")
    assert f"{TITLE} Påmeldt ·" in part(kari, "workshops")
    assert "Svar ja eller nei" in part(kari, "workshops")
    fatima.posts(f"/havnvik/workshops/{number}/doors", sure="yes")
    assert "Svar ja eller nei" in part(kari, "workshops")
    closes(fatima, number)
    assert part(kari, "workshops") == "" and TITLE not in part(kari, "held")


def test_nothing_is_told_with_what_could_be_there(app: Flask) -> None:
    sunniva = Visitor(app, "sunniva")
    assert part(sunniva, "workshops") == ""
    assert NONE_YET in part(sunniva, "held") and "Se verkstedene i Havnvik" in part(sunniva, "held")


def test_while_it_is_on_there_is_a_way_in_for_each(app: Flask) -> None:
    fatima, amir = Visitor(app, "fatima"), Visitor(app, "amir")
    number = held(fatima)
    gives(app, fatima, number, "amir", "helper")
    kari = joins(app, number, "kari", linked="y")
    for visitor, role, page in (
        (fatima, "Leder", "console"), (amir, "Hjelper", "helping"), (kari, "Deltaker", "room"),
    ):  # fmt: skip
        assert f"Pågår nå · {role}" in part(visitor, "workshops"), role
        assert f"/havnvik/workshops/{number}/{page}" in leads_to(visitor)
        assert sees(visitor, number, page)


def test_what_was_held_tells_what_one_was_and_how_many_ideas_it_became(app: Flask) -> None:
    fatima, amir = Visitor(app, "fatima"), Visitor(app, "amir")
    number = written(app, fatima)
    gives(app, fatima, number, "amir", "helper")
    gives(app, fatima, number, "ingrid")
    announce(app, number)
    closes(fatima, number)
    everybody = (
        (fatima, "Leder"), (Visitor(app, "ingrid"), "Medleder"), (amir, "Hjelper"),
        (Visitor(app, "kari"), "Deltaker"),
    )  # fmt: skip
    for visitor, role in everybody:
        told = part(visitor, "held")
        assert f"{TITLE} {role} · holdt" in told and "Ingen ideer er publisert" in told
        assert part(visitor, "workshops") == ""
        assert leads_to(visitor) == [f"/havnvik/workshops/{number}"]
    first, second = keys(fatima, number)
    assert harvests(fatima, number, first).status_code == 303
    assert "Ble til 1 idé" in part(Visitor(app, "kari"), "held")
    asked = {"item0-question": "Hvem kan lære bort?", "kind": "challenge"}
    assert harvests(fatima, number, second, **asked).status_code == 303
    assert "Ble til 1 idé, 1 utfordring" in part(Visitor(app, "kari"), "held")
    hiding = {"wanted": "yes", "reason": "Omtaler en privatperson."}
    Visitor(app, "ingrid").posts("/havnvik/contributions/1/hiding", **hiding)
    assert "Ble til 1 utfordring" in part(Visitor(app, "kari"), "held")


def test_whoever_only_signed_up_is_not_said_to_have_been_there(app: Flask) -> None:
    fatima, kari = Visitor(app, "fatima"), Visitor(app, "kari")
    number = announced(fatima)
    signs_up(kari, number)
    assert fatima.posts(f"/havnvik/workshops/{number}/doors", sure="yes").status_code == 303
    assert "Pågår nå · Påmeldt" in part(kari, "workshops")
    closes(fatima, number)
    assert TITLE not in part(kari, "held") + part(kari, "workshops")


def test_one_that_was_never_announced_has_no_page_for_those_who_took_part(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima)
    kari = joins(app, number, "kari", linked="y")
    closes(fatima, number)
    assert TITLE in part(kari, "held") and leads_to(kari) == []
    assert kari.gets(f"/havnvik/workshops/{number}").status_code == 404
    assert leads_to(fatima) == [f"/havnvik/workshops/{number}"]


@pytest.mark.parametrize("over", [False, True])
def test_under_strict_anonymity_nothing_is_told_of_having_taken_part(
    app: Flask, over: bool
) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima, anonymity="strict")
    kari = joins(app, number, "kari", linked="y")
    # While it is on the account leads back in; no page tells of it all the same.
    assert took_part(app, number, "kari")
    if over:
        closes(fatima, number)
        assert not took_part(app, number, "kari")
    assert TITLE not in kari.gets("/me").get_data(as_text=True)
    assert NONE_YET in part(kari, "held")
    assert TITLE in fatima.gets("/me").get_data(as_text=True)  # who led is no secret


def test_a_tie_that_was_left_by_mistake_is_not_read_under_strict_anonymity(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima, anonymity="strict")
    kari = joins(app, number, "kari", linked="y")
    closes(fatima, number)
    with app.app_context(), transaction():
        there = db.session.scalars(db.select(Participant).where(Participant.run_id == number)).one()
        there.user_id = user_id(app, "kari")
    assert TITLE not in kari.gets("/me").get_data(as_text=True)


def test_whoever_did_not_tie_their_account_has_nothing_there(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima)
    kari = joins(app, number, "kari")
    assert TITLE not in kari.gets("/me").get_data(as_text=True)
    closes(fatima, number)
    assert TITLE not in kari.gets("/me").get_data(as_text=True)


def test_it_is_gone_when_those_who_took_part_are_forgotten(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima)
    kari = joins(app, number, "kari", linked="y")
    closes(fatima, number)
    assert "slettes 30 dager etter" in part(kari, "held")
    assert "slettes 30 dager etter" not in part(fatima, "held")
    with time_machine.travel(now() + timedelta(days=31)):
        with app.app_context():
            forget_participants()
        assert TITLE not in Visitor(app, "kari").gets("/me").get_data(as_text=True)
        assert TITLE in part(Visitor(app, "fatima"), "held")


def test_a_rehearsal_is_no_workshop_of_anybodys(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    plan, number = rehearses(fatima)
    closes(fatima, number)
    assert f"/havnvik/workshops/{number}" not in leads_to(fatima)
    assert leads_to(fatima) == [f"/havnvik/workshops/{plan}"]


def test_one_that_nobody_closed_counts_as_held_after_a_week(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima)
    with app.app_context(), transaction():
        db.session.get_one(Run, number).created_at = now() - LEFT_OPEN - timedelta(hours=1)
    assert part(fatima, "workshops") == "" and TITLE in part(fatima, "held")


def test_what_has_begun_stays_until_it_ends_though_the_doors_are_not_open(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = announced(fatima)
    for ago, listed in ((5, True), (15, False)):
        with app.app_context(), transaction():
            plan = db.session.get_one(Workshop, number)
            plan.starts_at, plan.minutes = now() - timedelta(minutes=ago), 10
        assert (TITLE in part(fatima, "workshops")) is listed


def test_many_workshops_cost_no_more_statements_than_none(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    fatima.gets("/me")
    with counted(app) as none:
        fatima.gets("/me")
    for _each in range(12):
        closes(fatima, held(fatima))
    with counted(app) as many:
        page = fatima.gets("/me").get_data(as_text=True)
    assert len(many) == len(none) and page.count(TITLE) == 12 and "Vis eldre" in page
