"""What a stack of ballots needs before it is brought in is told and asked on one page."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.activities.voting import stored, voting
from tests.ballots.test_stacks import paper


def test_all_that_is_wrong_or_asked_is_told_at_once_and_put_right_once(app: Flask) -> None:
    fatima, number = voting(app, "approval")
    lines = "Flere trær på torget 600\nNoe annet 3\nBenker i sola 10"
    refused = paper(fatima, number, lines, 500)
    page = re.sub(r"\s+", " ", refused.get_data(as_text=True))
    assert refused.status_code == 422 and "Legg inn</button>" not in page
    for told_ in (
        "<li>Noe annet 3</li>", "«Flere trær på torget» har fått 600, men 500 sedler",
        "Er det virkelig 500 sedler?", 'id="many-error"', "Benker i sola</th><td>10</td>",
        "Flere trær på torget 600 Noe annet 3 Benker i sola 10</textarea>",
    ):  # fmt: skip
        assert told_ in page, told_
    # What was ticked meanwhile is kept, and one more press brings it in.
    mended = "Flere trær på torget 60\nBenker i sola 10\nUkjent 1"
    page = paper(fatima, number, mended, 500, many="500").get_data(as_text=True)
    assert 'id="many-error"' not in page and re.search(r'name="many"[^>]*checked', page)
    assert stored(app, number)[1] == []
    right = "Flere trær på torget 60\nBenker i sola 10"
    assert paper(fatima, number, right, 500, many="500").status_code == 303


@pytest.mark.parametrize("people", ["", "0", "501", "mange"])
def test_a_number_that_cannot_be_hides_nothing_else_that_is_wrong(app: Flask, people: str) -> None:
    fatima, number = voting(app, "approval")
    path = f"/havnvik/workshops/{number}/paper-ballots"
    answer = fatima.posts(path, lines="Noe annet 3\nBysykler 2", people=people, sure="yes")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and 'id="people-error"' in page
    assert "<li>Noe annet 3</li>" in page and "Bysykler</th><td>2</td>" in page
    assert "Er det virkelig" not in page and "kan gi høyst" not in page
    assert "Bysykler 2</textarea>" in page and "Legg inn</button>" not in page
