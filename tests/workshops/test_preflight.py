"""What a plan says is missing or risky, and where each thing is mended."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask

from smartby.core.clock import now
from tests.people import Visitor, user_id
from tests.workshops.planning import adds, announced, planned, signs_up, stored
from tests.workshops.seals import seals

__all__ = ["seals"]


def finds(visitor: Visitor, number: int) -> dict[str, str]:
    """Return the keys of what is found, each with the address that its link leads to."""
    page = visitor.gets(f"/havnvik/workshops/{number}/edit").get_data(as_text=True)
    rows = re.findall(r'data-finding="(\w+)".*?href="(/havnvik[^"]+)"', page, re.DOTALL)
    return dict(rows)


def plans(app: Flask, *steps: tuple[str, int], **fields: Any) -> tuple[Visitor, int]:
    """Plan a workshop with steps (kind, minutes) that has principles and a challenge to feed."""
    fatima = Visitor(app, "fatima")
    number = planned(fatima, principles=["1"], **fields)
    for kind, minutes in steps:
        assert adds(fatima, number, f"Et punkt {kind}", minutes, kind).status_code == 303
    return fatima, number


def a_challenge(app: Flask) -> str:
    """Ask something of the town; return its number."""
    answer = Visitor(app, "ingrid").posts(
        "/havnvik/challenges", title="Sentrum om kvelden", lang="nb", principles=["1"],
        question="Hva skal til for at flere bruker sentrum om kvelden?",
        body="Sentrum er tomt etter klokka seks.",
    )  # fmt: skip
    assert answer.status_code == 303, answer.get_data(as_text=True)[:3000]
    return str(answer.location.rsplit("/", 1)[-1])


def test_a_new_plan_lacks_nearly_everything(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = planned(fatima)
    path = f"/havnvik/workshops/{number}"
    assert finds(fatima, number) == {
        "empty": f"{path}/methods", "unannounced": f"{path}/edit#announce",
        "no_challenge": f"{path}/details#challenge", "no_principle": f"{path}/details#principles",
    }  # fmt: skip


def test_where_nothing_is_missing_it_says_so(app: Flask) -> None:
    fatima, number = plans(app, ("talk", 60), challenge=a_challenge(app))
    assert fatima.posts(f"/havnvik/workshops/{number}/announcement").status_code == 303
    assert finds(fatima, number) == {}
    page = fatima.gets(f"/havnvik/workshops/{number}/edit").get_data(as_text=True)
    assert "Klart for verkstedet?" in page and "Alt er på plass." in page


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        ([("talk", 60), ("groups", 30)], False),
        ([("talk", 60), ("groups", 31)], True),
        ([("talk", 60), ("break", 5), ("groups", 60)], False),
        ([("break", 5), ("talk", 100)], True),
    ],
)
def test_people_need_a_break(app: Flask, steps: list[tuple[str, int]], found: bool) -> None:
    fatima, number = plans(app, *steps)
    assert ("no_break" in finds(fatima, number)) is found


def test_a_programme_must_fit_the_time(app: Flask) -> None:
    fatima, number = plans(app, ("talk", 90), until="19:30")
    assert "too_long" not in finds(fatima, number)
    adds(fatima, number, "Og litt til", 20)
    assert "too_long" in finds(fatima, number)
    page = fatima.gets(f"/havnvik/workshops/{number}/edit").get_data(as_text=True)
    assert "Programmet er 20 minutter for langt: Det er ferdig kl. 19.50" in page


def test_the_check_follows_the_minutes(app: Flask) -> None:
    fatima, number = plans(app, ("talk", 90), until="19:30")
    page = fatima.gets(f"/havnvik/workshops/{number}/edit").get_data(as_text=True)
    step = re.findall(r'id="step-(\d+)"', page)[0]
    path = f"/havnvik/workshops/{number}/programme/{step}/minutes"
    told = fatima.posts(path, minutes="100", headers={"Accept": "application/json"}).get_json()
    html = next(op["html"] for op in told["ops"] if op["target"] == "preflight")
    assert 'data-finding="too_long"' in html and 'data-finding="no_break"' in html


def test_a_time_that_has_passed_is_told(app: Flask) -> None:
    fatima, number = plans(app, ("talk", 60))
    with time_machine.travel(now() + timedelta(days=8), tick=False):
        assert "passed" in finds(Visitor(app, "fatima"), number)
    assert "passed" not in finds(fatima, number)


def test_whoever_is_announced_and_late_is_not_told_to_move(app: Flask) -> None:
    number = announced(Visitor(app, "fatima"))
    begun = stored(app, number).starts_at + timedelta(minutes=2)
    with time_machine.travel(begun, tick=False):
        assert "passed" not in finds(Visitor(app, "fatima"), number)


def test_many_people_need_more_than_one(app: Flask) -> None:
    fatima, number = plans(app, ("talk", 60), seats="61")
    path = f"/havnvik/workshops/{number}/leads"
    assert finds(fatima, number)["alone"] == path
    fatima.posts(path, user=str(user_id(app, "ingrid")), role="helper")
    assert "alone" not in finds(fatima, number)
    fatima, number = plans(app, ("talk", 60), seats="60")
    assert "alone" not in finds(fatima, number)


@pytest.mark.parametrize(
    ("seats", "found"), [("11", True), ("12", False), ("201", True), ("", False)]
)
def test_a_method_has_its_size(app: Flask, seats: str, found: bool) -> None:
    fatima, number = plans(app, seats=seats)
    fatima.posts(f"/havnvik/workshops/{number}/methods", method="world-cafe")
    assert ("crowd" in finds(fatima, number)) is found


def test_strict_anonymity_leaves_nobody_to_name(app: Flask) -> None:
    challenge = a_challenge(app)
    fatima, number = plans(app, anonymity="strict", challenge=challenge)
    assert "strict" in finds(fatima, number)
    for terms in ({"challenge": challenge}, {"anonymity": "strict"}):
        fatima, number = plans(app, **terms)
        assert "strict" not in finds(fatima, number)


def test_a_step_without_its_settings_is_named(app: Flask) -> None:
    fatima, number = plans(app, ("seals", 10))
    found = finds(fatima, number)
    assert re.fullmatch(rf"/havnvik/workshops/{number}/programme/\d+", found["settings"])
    page = fatima.gets(f"/havnvik/workshops/{number}/edit").get_data(as_text=True)
    assert "«Et punkt seals» mangler innstillinger." in page


def test_nobody_comes_the_day_after_tomorrow(app: Flask) -> None:
    number = announced(Visitor(app, "fatima"))
    two_days_before = stored(app, number).starts_at - timedelta(days=2)
    assert "nobody" not in finds(Visitor(app, "fatima"), number)
    with time_machine.travel(two_days_before, tick=False):
        fatima = Visitor(app, "fatima")
        assert finds(fatima, number)["nobody"].endswith("/people")
        signs_up(Visitor(app, "kari"), number)
        assert "nobody" not in finds(fatima, number)


def test_rounds_that_nobody_has_time_for_are_named(app: Flask) -> None:
    fatima, number = plans(app, ("tables", 5))
    assert "doubt" in finds(fatima, number)
    page = fatima.gets(f"/havnvik/workshops/{number}/edit").get_data(as_text=True)
    assert "«Et punkt tables»: Hver runde varer bare 50 sekunder." in page
    other, longer = plans(app, ("tables", 12))
    assert "doubt" not in finds(other, longer)


@pytest.mark.parametrize("language", ["nn", "en"])
def test_it_is_told_in_every_language(app: Flask, language: str) -> None:
    fatima, number = plans(app, ("talk", 100), until="19:00", seats="500", anonymity="strict")
    fatima.posts(f"/havnvik/workshops/{number}/methods", method="world-cafe")
    fatima.gets(f"/preferences?language={language}")
    assert {"too_long", "no_break", "alone", "crowd"} <= set(finds(fatima, number))
    page = fatima.gets(f"/havnvik/workshops/{number}/edit").get_data(as_text=True)
    said = {"nn": "Verdskafé» passar for 12", "en": "World Café” is for 12 to 200 people"}
    assert said[language] in page
