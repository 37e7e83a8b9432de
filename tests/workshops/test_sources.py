"""Steps that work on the results of another: offered, kept, copied, and tied by a method."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from flask import Flask
from wtforms import SelectField, ValidationError

from smartby.core.forms import Form, ProseField, choices
from smartby.extensions import db
from smartby.workshops import kinds
from smartby.workshops.kinds import Kind, is_kind
from smartby.workshops.models import Activity, Workshop
from smartby.workshops.queries import steps_of
from tests.people import Visitor
from tests.workshops.planning import adds, planned
from tests.workshops.test_preflight import finds


class Rules(Form):
    """What is weighed: the results of an earlier step, or lines that one writes."""

    source = SelectField("Hva skal veies?", default="", validate_choice=False, choices=[])
    options = ProseField("Eller skriv det selv")

    def offer(self, steps: Iterable[Activity]) -> None:
        """Let one choose among the earlier steps."""
        rows = ((str(step.id), step.title) for step in steps)
        self.source.choices = choices(("", "Det jeg skriver"), *rows)

    def validate_options(self, field: ProseField) -> None:
        """Ask for something to weigh."""
        if not self.source.data and not field.data:
            raise ValidationError("Velg noe å veie.")

    @property
    def rules(self) -> dict[str, Any]:
        """Return what a step keeps."""
        source = {"source": int(self.source.data)} if self.source.data else {}
        return {"options": (self.options.data or "").splitlines()} | source


@pytest.fixture(autouse=True)
def weighing() -> Iterator[None]:
    class Weighing(Kind, key="weighing"):
        name = "Veiing"
        purpose = "Alle veier det som er skrevet."
        icon = "check"
        minutes = 5
        rules_form = Rules

    yield
    del kinds._kinds["weighing"]


def test_the_steps_before_are_offered_and_the_choice_is_kept(app: Flask) -> None:
    fatima, number = _plan(app)
    first, weighed, last = _steps(app, number)
    path = f"/havnvik/workshops/{number}/programme/{weighed.id}"
    page = fatima.gets(path).get_data(as_text=True)
    assert f'<option value="{first.id}">Hva mangler?<' in page
    assert f'<option value="{last.id}">' not in page
    assert fatima.posts(path, **_form(source=str(first.id))).status_code == 303
    assert _steps(app, number)[1].rules == {"options": [], "source": first.id}
    page = fatima.gets(path).get_data(as_text=True)
    assert f'<option selected value="{first.id}">' in page


def test_lines_are_kept_as_lines(app: Flask) -> None:
    fatima, number = _plan(app)
    path = f"/havnvik/workshops/{number}/programme/{_steps(app, number)[1].id}"
    assert fatima.posts(path, **_form(options="Benker\nTrær")).status_code == 303
    assert _steps(app, number)[1].rules == {"options": ["Benker", "Trær"]}
    assert "Benker\nTrær</textarea>" in fatima.gets(path).get_data(as_text=True)
    answer = fatima.posts(path, **_form())
    assert answer.status_code == 422 and "Velg noe å veie." in answer.get_data(as_text=True)


def test_what_has_nothing_to_work_on_is_unfinished(app: Flask) -> None:
    fatima, number = _plan(app)
    first, weighed, _last = _steps(app, number)
    path = f"/havnvik/workshops/{number}/programme"
    assert finds(fatima, number)["settings"] == f"{path}/{weighed.id}"
    fatima.posts(f"{path}/{weighed.id}", **_form(source=str(first.id)))
    assert "settings" not in finds(fatima, number)
    # Moved behind it, and then taken out: the results are not there in time.
    fatima.posts(f"{path}/{first.id}/place", place="3")
    assert "settings" in finds(fatima, number)
    fatima.posts(f"{path}/{first.id}/removal")
    assert "settings" in finds(fatima, number)


def test_a_copy_works_on_its_own_steps(app: Flask) -> None:
    fatima, number = _plan(app)
    first, weighed, _last = _steps(app, number)
    path = f"/havnvik/workshops/{number}"
    fatima.posts(f"{path}/programme/{weighed.id}", **_form(source=str(first.id)))
    answer = fatima.posts(f"{path}/copy")
    copied = _steps(app, int(answer.location.split("/")[-2]))
    assert copied[1].rules == {"options": [], "source": copied[0].id}
    assert copied[0].id != first.id


def test_a_method_ties_its_steps(app: Flask) -> None:
    made = None
    if not is_kind("matrix"):
        # Until somebody makes it, this stands in for it.
        made = type("Matrix", (type(kinds.kind_of("weighing")),), {}, key="matrix")
    try:
        fatima = Visitor(app, "fatima")
        number = planned(fatima)
        fatima.posts(f"/havnvik/workshops/{number}/methods", method="double-diamond")
        steps = _steps(app, number)
        assert steps[6].kind == "matrix" and steps[5].kind == "brainstorm"
        assert steps[6].rules["source"] == steps[5].id
    finally:
        if made:
            del kinds._kinds["matrix"]


def _plan(app: Flask) -> tuple[Visitor, int]:
    fatima = Visitor(app, "fatima")
    number = planned(fatima)
    for title, kind in (("Hva mangler?", "groups"), ("Veiing", "weighing"), ("Takk", "talk")):
        adds(fatima, number, title, 10, kind)
    return fatima, number


def _form(**rules: str) -> dict[str, str]:
    sent = {"source": "", "options": ""} | rules
    named = {f"rules-{name}": value for name, value in sent.items()}
    return {"kind": "weighing", "title": "Veiing", "minutes": "5", "rules-of": "weighing"} | named


def _steps(app: Flask, number: int) -> list[Activity]:
    with app.app_context():
        return steps_of(db.session.get_one(Workshop, number))
