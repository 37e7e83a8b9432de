"""The settings of a step follow its kind, and keep what was typed; with and without script."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask

from smartby.workshops.models import Activity
from smartby.workshops.queries import steps_of
from tests.people import Visitor
from tests.workshops.planning import adds, planned, stored

JSON = {"Accept": "application/json"}
OPTIONS = "Flere trær på torget\nBenker i sola"


def steps(app: Flask, number: int) -> list[Activity]:
    with app.app_context():
        return steps_of(stored(app, number))


def planning(app: Flask) -> tuple[Visitor, int, str]:
    """Plan a workshop; return who plans, its number, and where steps are added."""
    fatima = Visitor(app, "fatima")
    number = planned(fatima)
    return fatima, number, f"/havnvik/workshops/{number}/programme"


def typed(**fields: Any) -> dict[str, Any]:
    return {"kind": "dots", "title": "Hva er viktigst?", "minutes": "7"} | fields


def test_one_looks_at_the_settings_before_a_step_is_added(app: Flask) -> None:
    fatima, number, path = planning(app)
    answer = fatima.posts(path, **typed(look="yes"))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200 and steps(app, number) == []
    assert "Innstillinger: Prikker" in page and "Prikker til hver" in page
    assert 'value="Hva er viktigst?"' in page and re.search(r'name="minutes"[^>]*value="7"', page)
    set_ = {"rules-of": "dots", "rules-budget": "5", "rules-options": OPTIONS}
    added = fatima.posts(path, **typed(**set_))
    (step,) = steps(app, number)
    assert added.location.endswith(f"/edit#step-{step.id}")
    assert step.rules["budget"] == 5 and step.rules["options"] == OPTIONS.split("\n")


def test_what_is_wrong_in_the_settings_is_told_at_once(app: Flask) -> None:
    fatima, number, path = planning(app)
    answer = fatima.posts(path, **typed(title="", **{"rules-of": "dots", "rules-budget": "99"}))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and steps(app, number) == []
    assert "Skriv hva som skjer" in page and "Skriv et tall mellom 1 og 20." in page
    assert re.search(r'name="rules-budget"[^>]*value="99"', page)


def test_what_both_kinds_have_is_kept(app: Flask) -> None:
    fatima, _number, path = planning(app)
    sent = typed(kind="score", look="yes", **{"rules-of": "dots", "rules-options": OPTIONS})
    answer = fatima.posts(path, headers=JSON, **sent)
    html = answer.get_json()["html"]
    assert "Innstillinger: Poeng" in html and 'value="score"' in html
    assert "Flere trær på torget" in html and "rules-budget" not in html
    # A box that was not there is as it usually is.
    box = re.search(r'<input[^>]*name="rules-blind"[^>]*>', html)
    assert box is not None and "checked" in box[0]


def test_a_kind_without_settings_says_so(app: Flask) -> None:
    fatima, _number, path = planning(app)
    html = fatima.posts(path, headers=JSON, **typed(kind="talk", look="yes")).get_json()["html"]
    assert "Her er det ikke noe å stille inn." in html and 'name="rules-of" value=""' in html


def test_a_step_that_is_changed_shows_what_its_new_kind_has(app: Flask) -> None:
    fatima, number, path = planning(app)
    adds(fatima, number, "Hva er viktigst?", kind="dots")
    (step,) = steps(app, number)
    one = f"{path}/{step.id}"
    shown = fatima.posts(one, **typed(kind="brainstorm", look="yes", **{"rules-of": "dots"}))
    page = shown.get_data(as_text=True)
    assert shown.status_code == 200 and "Innstillinger: Idédugnad" in page
    assert 'name="rules-columns"' in page and steps(app, number)[0].kind == "dots"
    set_ = {"rules-of": "brainstorm", "rules-columns": "Ris\nRos"}
    saved = fatima.posts(one, **typed(kind="brainstorm", **set_))
    assert saved.location.endswith(f"/edit#step-{step.id}")
    assert steps(app, number)[0].rules["columns"] == "Ris\nRos"


@pytest.mark.parametrize("kind", ["", "seance", "\x00"])
def test_a_kind_that_is_none_has_no_settings(app: Flask, kind: str) -> None:
    fatima, number, path = planning(app)
    for headers in (JSON, {}):
        for shown in ("", "dots", "seance"):
            sent = typed(kind=kind, look="yes", **{"rules-of": shown})
            assert fatima.posts(path, headers=headers, **sent).status_code == 200
    assert steps(app, number) == []


@pytest.mark.parametrize("who", ["kari", "ingrid", "olav"])
def test_only_those_who_lead_look(app: Flask, who: str) -> None:
    _fatima, _number, path = planning(app)
    assert Visitor(app, who).posts(path, **typed(look="yes")).status_code in (403, 404)
