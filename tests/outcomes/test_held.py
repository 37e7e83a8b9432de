"""When a workshop was held, and whether it was one: on its page, in lists, minutes and files."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from smartby.core.transaction import transaction
from smartby.extensions import db
from smartby.workshops.models import BOTH, Workshop
from tests.facilitation.holding import drives, held, joins
from tests.facilitation.test_rehearsal import rehearses
from tests.outcomes.harvesting import PAGE, announce, closes, reads
from tests.outcomes.test_long_table import lines
from tests.outcomes.test_minutes import cells, files, sheets
from tests.people import Visitor
from tests.workshops.test_leads import gives

REHEARSED = "Dette er en prøve."
SUMMER = datetime(2027, 7, 1, 16, 5, tzinfo=UTC)


def plans(app: Flask, number: int, starts: datetime) -> None:
    with app.app_context(), transaction():
        plan = db.session.get_one(Workshop, number)
        plan.starts_at, plan.minutes = starts, 120


def over(app: Flask, starts: datetime, lasts: int = 90) -> int:
    """Hold a workshop in the evening of a summer's day, planned for another time."""
    with time_machine.travel(SUMMER, tick=False):
        fatima = Visitor(app, "fatima")
        number = held(fatima)
        plans(app, number, starts)
        drives(fatima, number, "next")
    with time_machine.travel(SUMMER + timedelta(minutes=lasts), tick=False):
        closes(Visitor(app, "fatima"), number)
        announce(app, number)
    return number


def facts(content: bytes) -> dict[str, str]:
    return {row["Kolonne"]: row["Verdi"] for row in lines(content, "Om verkstedet")}


def test_one_that_was_held_early_says_when_and_what_was_planned(app: Flask) -> None:
    number = over(app, SUMMER + timedelta(days=7))
    with time_machine.travel(SUMMER + timedelta(hours=3), tick=False):
        for path in ("/havnvik/workshops", f"/havnvik/workshops/{number}"):
            page = reads(Visitor(app), path)
            assert "1. juli kl. 18.05–19.35" in page, path
            assert "planlagt 8. juli kl. 18.05–20.05" in page, path


@pytest.mark.parametrize(
    ("early", "lasts", "was", "planned"),
    [
        (40, 120, "18.05–20.05", "18.45–20.45"),  # begun before the hour it was planned for
        (-6, 114, "18.05–19.59", "17.59–19.59"),
        (0, 90, "18.05–19.35", "18.05–20.05"),  # done sooner than was thought
    ],
)
def test_it_says_so_whenever_they_are_minutes_apart(
    app: Flask, early: int, lasts: int, was: str, planned: str
) -> None:
    number = over(app, SUMMER + timedelta(minutes=early), lasts)
    with time_machine.travel(SUMMER + timedelta(hours=3), tick=False):
        for path in ("/havnvik/workshops", f"/havnvik/workshops/{number}"):
            page = reads(Visitor(app), path)
            assert f"1. juli kl. {was}" in page, path
            assert f"planlagt 1. juli kl. {planned}" in page, path


def test_one_that_nobody_closed_that_day_ended_nobody_knows_when(app: Flask) -> None:
    number = over(app, SUMMER, lasts=24 * 60)
    with time_machine.travel(SUMMER + timedelta(days=2), tick=False):
        page = reads(Visitor(app), f"/havnvik/workshops/{number}")
        assert "1. juli kl. 18.05–20.05" in page and "(planlagt" not in page


def test_one_that_was_held_as_planned_stands_under_its_plan(app: Flask) -> None:
    number = over(app, SUMMER - timedelta(minutes=5), lasts=118)
    with time_machine.travel(SUMMER + timedelta(hours=3), tick=False):
        for path in ("/havnvik/workshops", f"/havnvik/workshops/{number}"):
            page = reads(Visitor(app), path)
            assert "1. juli kl. 18.00–20.00" in page and "(planlagt" not in page, path


def test_files_tell_the_time_on_a_norwegian_clock_and_say_so(app: Flask) -> None:
    number = over(app, SUMMER)
    found = files(Visitor(app), number)
    told = facts(found["minutes.csv"])
    assert told["Begynte (norsk tid)"] == "2027-07-01 18:05"
    assert told["Sluttet (norsk tid)"] == "2027-07-01 19:35"
    times = [row["Verdi"] for row in lines(found["minutes.csv"], "Aktivitet")]
    assert times == ["2027-07-01 18:05", "2027-07-01 19:35"]
    assert "Begynte (norsk tid)" in cells(found["minutes.xlsx"])
    # A spreadsheet counts its days from the end of 1899; this is a time, and not a text.
    first, begun = datetime(1899, 12, 30, tzinfo=UTC), datetime(2027, 7, 1, 18, 5, tzinfo=UTC)
    days = (begun - first) / timedelta(days=1)
    assert f"{days:.6f}"[:11] in "".join(sheets(found["minutes.xlsx"]))
    content = json.loads(found["minutes.json"])
    assert content["workshop"]["time_zone"] == "Europe/Oslo"
    assert content["workshop"]["began_at"] == "2027-07-01T18:05+02:00"
    assert content["activities"][0]["begun_at"] == "2027-07-01T18:05+02:00"


def test_a_rehearsal_that_is_over_is_called_one_everywhere(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    _plan, number = rehearses(fatima)
    drives(fatima, number, "next")
    closes(fatima, number)
    assert REHEARSED in reads(fatima, f"/havnvik/workshops/{number}")
    assert "prøve, ferdig" in reads(fatima, "/havnvik/workshops")
    page = reads(fatima, PAGE.format(number=number, what="minutes"))
    assert "Referat fra en prøve" in page and REHEARSED in page
    found = files(fatima, number)
    assert facts(found["minutes.csv"])["Prøve"].startswith(REHEARSED)
    assert any(cell.startswith(REHEARSED) for cell in cells(found["minutes.xlsx"]))
    assert json.loads(found["minutes.json"])["workshop"]["rehearsal"] is True


def test_a_real_one_is_not_called_a_rehearsal(app: Flask) -> None:
    number, fatima = over(app, SUMMER), Visitor(app, "fatima")
    found = files(fatima, number)
    for path in (f"/havnvik/workshops/{number}", PAGE.format(number=number, what="minutes")):
        assert REHEARSED not in reads(fatima, path)
    assert "Prøve" not in facts(found["minutes.csv"])
    assert json.loads(found["minutes.json"])["workshop"]["rehearsal"] is False


def test_its_page_says_how_many_took_part_and_invites_nobody(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima)
    for _turn in range(2):
        joins(app, number)
    page, people = f"/havnvik/workshops/{number}", f"/havnvik/workshops/{number}/people"
    drives(fatima, number, "next")
    assert "Påmeldt</dt>" in reads(fatima, page) and "Se hvem som kommer" in reads(fatima, page)
    assert "Del adressen" in reads(fatima, people)
    closes(fatima, number)
    announce(app, number)
    for visitor in (fatima, Visitor(app)):
        told = reads(visitor, page)
        assert re.search(r"Deltok</dt><dd[^>]*>2</dd>", told) and "Påmeldt</dt>" not in told
        assert "Se hvem som kommer" not in told
    told = reads(fatima, people)
    assert "Hvem som var påmeldt" in told and "Del adressen" not in told


def test_those_who_led_together_are_named_and_that_it_was_online_too(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima)
    assert gives(app, fatima, number, "ingrid") == 303
    with app.app_context(), transaction():
        db.session.get_one(Workshop, number).meets = BOTH
    drives(fatima, number, "next")
    closes(fatima, number)
    page = reads(fatima, PAGE.format(number=number, what="minutes"))
    assert "<dd>Fatima Ali, Ingrid Moe</dd>" in page and "og på nett samtidig" in page
    found = files(fatima, number)
    told = facts(found["minutes.csv"])
    assert told["Leder"] == "Fatima Ali, Ingrid Moe"
    assert told["Hvor"].endswith(", og på nett samtidig")
    assert {told["Leder"], told["Hvor"]} <= set(cells(found["minutes.xlsx"]))
    workshop = json.loads(found["minutes.json"])["workshop"]
    assert workshop["leaders"] == ["Fatima Ali", "Ingrid Moe"] and workshop["meets"] == "both"
    assert ", og på nett samtidig" not in workshop["place"]
