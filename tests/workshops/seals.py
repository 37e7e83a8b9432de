"""A kind of activity with settings, that exists while a test runs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from wtforms import BooleanField
from wtforms.validators import InputRequired, NumberRange

from smartby.core.forms import Form, LineField, NumbersField, WholeNumberField, choices
from smartby.workshops import kinds
from smartby.workshops.kinds import Kind


class Rules(Form):
    """Settings as a kind might have them."""

    budget = WholeNumberField(
        "Hvor mange prikker?",
        default=3,
        validators=[InputRequired("Skriv et antall."), NumberRange(1, 20, "Mellom 1 og 20.")],
    )
    question = LineField("Spørsmålet på lappen", validators=[InputRequired("Skriv et spørsmål.")])
    blind = BooleanField("Skjul til slutten", default=True)
    rounds = NumbersField("Runder", choices=choices((1, "1"), (2, "2")))


@pytest.fixture(autouse=True)
def seals() -> Iterator[None]:
    class Seals(Kind, key="seals"):
        name = "Klistremerker"
        purpose = "Alle gir bort noen merker."
        icon = "check"
        minutes = 5
        rules_form = Rules

    yield
    del kinds._kinds["seals"]
