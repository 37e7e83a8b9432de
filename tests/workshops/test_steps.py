"""A step's own page and its settings; the order and the minutes, changed in the plan."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask

from smartby.core.clock import now
from smartby.core.transaction import transaction
from smartby.extensions import db
from smartby.workshops.kinds import kind_of
from smartby.workshops.models import Activity, Workshop
from smartby.workshops.queries import steps_of
from smartby.workshops.rules import is_finished
from tests.people import Visitor
from tests.workshops.planning import adds, announced, planned, stored
from tests.workshops.seals import seals

__all__ = ["seals"]
JSON = {"Accept": "application/json"}


def settings(**fields: Any) -> dict[str, Any]:
    """Return a step's form with its settings."""
    return {
        "kind": "seals", "title": "Hva er viktigst?", "minutes": "15", "rules-of": "seals",
        "rules-budget": "5", "rules-question": "Hvorfor?", "rules-rounds": ["1", "2"],
    } | fields  # fmt: skip


def test_a_step_is_added_with_the_usual_settings_and_shows_them(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = planned(fatima)
    answer = adds(fatima, number, "Hva er viktigst?", kind="seals")
    (step,) = _steps(app, number)
    assert step.rules == {"budget": 3, "question": None, "blind": True, "rounds": None}
    assert answer.location.endswith(f"/workshops/{number}/programme/{step.id}")
    page = fatima.gets(answer.location).get_data(as_text=True)
    assert "Innstillinger: Klistremerker" in page and "Hvor mange prikker?" in page
    assert 'name="rules-budget"' in page


def test_settings_are_saved_and_shown_again(app: Flask) -> None:
    fatima, number, step = _with_step(app)
    path = f"/havnvik/workshops/{number}/programme/{step}"
    assert fatima.posts(path, **settings()).status_code == 303
    (found,) = _steps(app, number)
    assert found.rules == {"budget": 5, "question": "Hvorfor?", "blind": False, "rounds": [1, 2]}
    assert (found.title, found.minutes, stored(app, number).minutes) == ("Hva er viktigst?", 15, 15)
    page = fatima.gets(path).get_data(as_text=True)
    assert re.search(r'name="rules-budget"[^>]*value="5"', page) and 'value="Hvorfor?"' in page


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"rules-budget": "500"}, "Mellom 1 og 20."),
        ({"rules-budget": "mange"}, "Skriv et helt tall"),
        ({"rules-question": ""}, "Skriv et spørsmål."),
        ({"rules-rounds": ["9"]}, "Runder"),
        ({"minutes": "0"}, "Skriv et tall mellom 1 og 240."),
    ],
)
def test_bad_settings_come_back_as_typed(app: Flask, fields: dict[str, Any], said: str) -> None:
    fatima, number, step = _with_step(app)
    before = _steps(app, number)[0].rules
    typed = settings(title="Et annet navn") | fields
    answer = fatima.posts(f"/havnvik/workshops/{number}/programme/{step}", **typed)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert said in page and 'value="Et annet navn"' in page
    for name in ("rules-budget", "rules-question", "minutes"):
        assert f'value="{typed[name]}"' in page
    assert _steps(app, number)[0].rules == before


def test_another_kind_gets_its_own_settings(app: Flask) -> None:
    fatima, number, step = _with_step(app)
    path = f"/havnvik/workshops/{number}/programme/{step}"
    fatima.posts(path, **settings())
    assert fatima.posts(path, **settings(kind="talk")).status_code == 303
    assert _steps(app, number)[0].rules == {}
    # What was sent are the settings of another kind: there are none to take.
    answer = fatima.posts(path, kind="seals", title="Prikker", minutes="5", **{"rules-of": ""})
    assert answer.location.endswith(f"/programme/{step}")
    assert _steps(app, number)[0].rules["budget"] == 3


def test_what_is_unfinished_is_known(app: Flask) -> None:
    with app.test_request_context():
        kind = kind_of("seals")
        assert is_finished(kind, {"budget": 3, "question": "Hvorfor?", "rounds": [1]})
        assert is_finished(kind_of("talk"), {})
        for rules in ({}, {"budget": 3}, {"budget": 99, "question": "Hvorfor?"}):
            assert not is_finished(kind, rules)


def test_a_step_that_is_not_there_has_no_page(app: Flask) -> None:
    fatima, number, step = _with_step(app)
    other = planned(fatima)
    for path in (f"{number}/programme/{step + 1}", f"{other}/programme/{step}"):
        assert fatima.gets(f"/havnvik/workshops/{path}").status_code == 404
        assert fatima.posts(f"/havnvik/workshops/{path}", **settings()).status_code == 404
        assert fatima.posts(f"/havnvik/workshops/{path}/minutes", minutes="5").status_code == 404
    assert Visitor(app, "ingrid").gets(_path(number, step)).status_code == 403
    assert Visitor(app, "kari").gets(_path(number, step)).status_code == 404


def test_a_step_that_has_begun_stays(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = announced(fatima)
    adds(fatima, number, "Samtale")
    step = _steps(app, number)[0].id
    with app.app_context(), transaction():
        db.session.get_one(Activity, step).begun_at = now()
    answer = fatima.posts(f"{_path(number, step)}/removal")
    assert answer.status_code == 422 and "Punktet er begynt på" in answer.get_data(as_text=True)
    answer = fatima.posts(_path(number, step), kind="break", title="Kaffe", minutes="5")
    assert answer.status_code == 422 and 'value="Kaffe"' in answer.get_data(as_text=True)
    answer = fatima.posts(_path(number, step), kind="talk", title="Hei", minutes="5")
    assert answer.status_code == 303 and _steps(app, number)[0].title == "Hei"


def test_a_move_answers_with_the_list_and_a_sentence(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = planned(fatima)
    for title, minutes in (("Pause", 15), ("Velkommen", 10), ("Samtale", 30)):
        adds(fatima, number, title, minutes)
    step = _steps(app, number)[0].id
    answer = fatima.posts(f"{_path(number, step)}/place", place="3", headers=JSON)
    told = answer.get_json()
    assert answer.status_code == 200
    assert told["message"] == "«Pause» er nå nummer 3 av 3, kl. 18.40."
    html = next(op["html"] for op in told["ops"] if op["target"] == "build")
    assert re.findall(r"data-begins>([\d.]+)<", html) == ["18.00", "18.10", "18.40"]
    assert fatima.posts(f"{_path(number, step)}/place", place="x", headers=JSON).status_code == 422


def test_minutes_are_given_where_the_programme_stands(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = planned(fatima)
    adds(fatima, number, "Velkommen", 10)
    step = _steps(app, number)[0].id
    path = f"{_path(number, step)}/minutes"
    told = fatima.posts(path, minutes="90", headers=JSON).get_json()
    assert told["message"] == "«Velkommen» varer 90 minutter."
    total = {"op": "set", "target": f"plan-length-{number}", "value": "1 time og 30 minutter"}
    assert total in told["ops"] and stored(app, number).minutes == 90
    assert fatima.posts(path, minutes="20").status_code == 303
    for minutes in ("", "0", "241", "mange"):
        answer = fatima.posts(path, minutes=minutes, headers=JSON)
        assert answer.status_code == 422 and answer.get_json()["message"]
        assert fatima.posts(path, minutes=minutes).status_code == 422
    assert stored(app, number).minutes == 20


def _with_step(app: Flask) -> tuple[Visitor, int, int]:
    fatima = Visitor(app, "fatima")
    number = planned(fatima)
    adds(fatima, number, "Hva er viktigst?", kind="seals")
    return fatima, number, _steps(app, number)[0].id


def _path(number: int, step: int) -> str:
    return f"/havnvik/workshops/{number}/programme/{step}"


def _steps(app: Flask, number: int) -> list[Activity]:
    with app.app_context():
        return steps_of(db.session.get_one(Workshop, number))
