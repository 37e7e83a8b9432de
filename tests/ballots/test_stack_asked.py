"""What a stack of ballots needs before it is brought in is told and asked on one page."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.activities.voting import count_of, guests, stored, votes, voting
from tests.ballots.test_stacks import SHEET, paper


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


def test_more_sheets_than_the_room_has_people_are_asked_about_once_more(app: Flask) -> None:
    fatima, number = voting(app, "approval")
    guests(app, number, 8)
    path = f"/havnvik/workshops/{number}/paper-ballots"
    shown = fatima.posts(path, lines=SHEET, people="500")
    asked = "Det er 8 med i rommet. Er det virkelig 500 sedler?"
    assert shown.status_code == 200 and asked in shown.get_data(as_text=True)
    # What was ticked of another number says nothing of this one.
    for ticked in ("", "50", "yes"):
        refused = paper(fatima, number, people=500, many=ticked)
        page = refused.get_data(as_text=True)
        assert refused.status_code == 422 and asked in page and 'value="500"' in page
        assert "Flere trær på torget: 6" in page and "Benker i sola</th><td>3</td>" in page
        assert 'id="many-error"' in page
    assert stored(app, number)[1] == []
    assert paper(fatima, number, people=500, many="500").status_code == 303
    assert count_of(app, number).turnout.paper == 500


@pytest.mark.parametrize(
    ("people", "there", "voted", "asks"),
    [
        (20, 0, 0, ""), (21, 0, 0, "Ingen er med fra telefon."), (20, 8, 0, ""),
        (22, 11, 0, ""), (23, 11, 0, "Det er 11 med i rommet."),
        (20, 11, 2, ""), (21, 11, 2, "Det er 11 med i rommet, og 2 har stemt."),
    ],
)  # fmt: skip
def test_votes_of_a_room_twice_as_large_as_counted_are_asked_about(
    app: Flask, people: int, there: int, voted: int, asks: str
) -> None:
    fatima, number = voting(app, "approval")
    for guest in guests(app, number, there)[:voted]:
        votes(guest, number, "option:4=1")
    answer = paper(fatima, number, "Bysykler 1", people)
    assert answer.status_code == (422 if asks else 303)
    assert asks in answer.get_data(as_text=True)


def test_sheets_that_were_confirmed_are_people_who_are_there(app: Flask) -> None:
    fatima, number = voting(app, "approval")
    assert paper(fatima, number, "Bysykler 1", 30, many="30").status_code == 303
    assert paper(fatima, number, "Bysykler 1", 5).status_code == 303
