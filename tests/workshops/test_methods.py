"""Methods that a programme is built from: what they hold, and what becomes of them in a plan."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from smartby.core.errors import Invalid
from smartby.core.forms import Form, WholeNumberField
from smartby.extensions import db
from smartby.workshops import kinds
from smartby.workshops.kinds import Kind, is_kind, kind_of
from smartby.workshops.methods import method_of, methods
from smartby.workshops.models import LONGEST, STEPS, Activity, Workshop
from smartby.workshops.queries import steps_of
from smartby.workshops.rules import is_finished, usual_rules
from tests.people import Visitor
from tests.workshops.planning import adds, planned, stored

KEYS = {
    "double-diamond", "how-might-we", "crazy-eights", "six-three-five", "one-two-four-all",
    "lean-coffee", "affinity-dots", "impact-effort", "world-cafe", "citizens-panel",
}  # fmt: skip
# Steps whose kind nobody has made yet, and what they are until then.
INSTEAD = {
    "brainstorm": {"groups", "talk"}, "grouping": {"groups"}, "dots": {"groups"},
    "matrix": {"groups"}, "tables": {"groups", "brainstorm"}, "questions": {"groups"},
    "statements": {"groups"}, "ranking": {"groups"},
}  # fmt: skip


@pytest.fixture
def dots() -> Iterator[type[Kind]]:
    """Make the kind that the dots of the methods ask for, or find it where it has been made."""
    if is_kind("dots"):
        yield type(kind_of("dots"))
        return

    class Rules(Form):
        budget = WholeNumberField(default=5)
        most = WholeNumberField(default=2)

    class Dots(Kind, key="dots"):
        name = "Prikker"
        purpose = "Alle gir bort noen prikker."
        icon = "check"
        minutes = 5
        rules_form = Rules

    yield Dots
    del kinds._kinds["dots"]


def test_the_methods_are_there_and_can_be_held(app: Flask) -> None:
    assert {method.key for method in methods()} == KEYS
    for method in methods():
        assert 15 <= method.minutes <= LONGEST and len(method.steps) <= STEPS
        assert len(method.key) <= Activity.method.type.length  # type: ignore[attr-defined]
        assert 1 < method.people[0] < method.people[1] <= 2_500


def test_they_are_told_in_every_language() -> None:
    for method in methods():
        texts = [method.name, method.purpose, *(step.title for step in method.steps)]
        for text in texts:
            assert set(text) == {"nb", "nn", "en"} and all(text.values()), text
            assert max(map(len, text.values())) <= 200


def test_a_step_whose_kind_is_not_made_falls_back(app: Flask) -> None:
    with app.test_request_context():
        _every_step_is_made()


def _every_step_is_made() -> None:
    for step in (step for method in methods() for step in method.steps):
        if is_kind(step.kind):
            assert step.made_with.key == step.kind
            # A setting that the kind does not know would be lost without a word.
            form = kind_of(step.kind).rules_form
            assert set(step.rules) <= set(form()._fields if form else ())
        else:
            assert step.made_with.key == step.fallback
            assert step.fallback in INSTEAD[step.kind]


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_they_can_be_looked_at(app: Flask, language: str) -> None:
    fatima = Visitor(app, "fatima")
    number = planned(fatima)
    fatima.gets(f"/preferences?language={language}")
    page = fatima.gets(f"/havnvik/workshops/{number}/methods").get_data(as_text=True)
    for method in methods():
        assert method.name[language] in page and method.purpose[language] in page
        assert all(step.title[language] in page for step in method.steps)


@pytest.mark.parametrize(("who", "status"), [("kari", 404), ("ingrid", 403), ("gro", 404)])
def test_they_are_for_those_who_lead(app: Flask, who: str, status: int) -> None:
    number, visitor = planned(Visitor(app, "fatima")), Visitor(app, who)
    path = f"/havnvik/workshops/{number}/methods"
    assert visitor.gets(path).status_code == status
    assert visitor.posts(path, method="world-cafe").status_code == status
    assert _steps(app, number) == []


def test_a_method_fills_the_programme_in_the_language_of_the_plan(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = planned(fatima, lang="nn")
    adds(fatima, number, "Velkomen")
    answer = fatima.posts(f"/havnvik/workshops/{number}/methods", method="world-cafe", key="b" * 32)
    again = fatima.posts(f"/havnvik/workshops/{number}/methods", method="world-cafe", key="b" * 32)
    assert answer.status_code == 303 and again.location == answer.location
    steps, method = _steps(app, number), method_of("world-cafe")
    assert [step.title for step in steps[1:]] == [step.title["nn"] for step in method.steps]
    assert [step.position for step in steps] == list(range(1, len(steps) + 1))
    assert [step.method for step in steps] == ["", *["world-cafe"] * len(method.steps)]
    assert stored(app, number).minutes == 10 + method.minutes


def test_a_method_that_makes_it_too_long_adds_nothing(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = planned(fatima)
    for _ in range(3):
        adds(fatima, number, "En lang økt", 200)
    answer = fatima.posts(f"/havnvik/workshops/{number}/methods", method="citizens-panel")
    assert answer.status_code == 422 and "lengre enn tolv timer" in answer.get_data(as_text=True)
    assert len(_steps(app, number)) == 3 and stored(app, number).minutes == 600


def test_a_programme_never_has_too_many_steps(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("smartby.workshops.programme.STEPS", 5)
    fatima = Visitor(app, "fatima")
    number = planned(fatima)
    answer = fatima.posts(f"/havnvik/workshops/{number}/methods", method="world-cafe")
    assert answer.status_code == 422 and "plass til høyst 5 punkter" in answer.get_data(
        as_text=True
    )
    assert _steps(app, number) == []


def test_a_method_that_is_none_is_refused(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = planned(fatima)
    for method in ("", "seance", "\x00"):
        answer = fatima.posts(f"/havnvik/workshops/{number}/methods", method=method)
        assert answer.status_code == 422
        assert "Velg en metode som finnes her." in answer.get_data(as_text=True)
    with pytest.raises(Invalid), app.test_request_context():
        method_of("seance")


def test_a_step_gets_the_kinds_rules_with_the_methods_own(app: Flask, dots: type[Kind]) -> None:
    fatima = Visitor(app, "fatima")
    number = planned(fatima)
    assert fatima.posts(f"/havnvik/workshops/{number}/methods", method="lean-coffee")
    step = next(step for step in _steps(app, number) if step.kind == "dots")
    assert step.rules["budget"] == 2
    with app.test_request_context():
        # A kind that takes its items from another step is also told which.
        assert set(step.rules) - {"source"} == set(usual_rules(kind_of("dots")))


def test_a_method_can_be_held_as_it_is(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    for method in methods():
        number = planned(fatima)
        fatima.posts(f"/havnvik/workshops/{number}/methods", method=method.key)
        with app.test_request_context():
            steps = steps_of(db.session.get_one(Workshop, number))
            unfinished = [
                step.title
                for place, step in enumerate(steps)
                if not is_finished(kind_of(step.kind), step.rules, steps[:place])
            ]
        assert unfinished == [], method.key


def _steps(app: Flask, number: int) -> list[Activity]:
    with app.app_context():
        return steps_of(db.session.get_one(Workshop, number))
