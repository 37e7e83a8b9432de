"""What can be set for a vote, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from smartby.ballots.forms import BallotForm, DotsForm, FistForm, ScaleForm
from smartby.core.forms import Form
from smartby.workshops.models import Activity


def filled(app: Flask, kind: type[Form], **fields: str) -> Any:
    """Return a form as it was sent, judged."""
    with app.test_request_context("/havnvik"):
        form = kind(formdata=MultiDict(fields), meta={"csrf": False})
        if "source" in fields and isinstance(form, BallotForm):
            form.offer([Activity(id=12, kind="brainstorm", title="Idédugnad")])
        form.validate()
        return form


def test_what_was_set_becomes_an_activitys_rules(app: Flask) -> None:
    form = filled(app, DotsForm, options="Kino\n\n Badstu \nKino", budget="5", blind="y")
    assert not form.errors
    assert form.rules == {"options": ["Kino", "Badstu"], "budget": 5, "blind": True}
    form = filled(app, BallotForm, source="12", top="3")
    assert form.rules == {"options": [], "source": 12, "top": 3, "blind": False}
    assert filled(app, BallotForm, source="").rules == {"options": [], "blind": False}
    assert filled(app, FistForm).rules == {"blind": False}
    assert not filled(app, ScaleForm, high="7").errors


@pytest.mark.parametrize(
    ("kind", "fields", "wrong"),
    [
        (BallotForm, {}, "options"),
        (BallotForm, {"options": "Bare ett"}, "options"),
        (BallotForm, {"options": "\n".join(str(n) for n in range(61))}, "options"),
        (BallotForm, {"options": "a\n" + "b" * 201}, "options"),
        (BallotForm, {"source": "12", "top": "1"}, "top"),
        (DotsForm, {"source": "12", "budget": "0"}, "budget"),
        (DotsForm, {"source": "12", "budget": "mange"}, "budget"),
        (ScaleForm, {"high": "6"}, "high"),
        (ScaleForm, {"high": "7", "low_label": "x" * 41}, "low_label"),
    ],
)
def test_what_makes_no_sense_is_told(
    app: Flask, kind: type[Form], fields: dict[str, str], wrong: str
) -> None:
    assert set(filled(app, kind, **fields).errors) == {wrong}
