"""Nobody without a phone is counted twice: entered in the room, and again by a ballot on paper."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from flask import Flask

from tests.activities.voting import count_of, guests, votes, voting
from tests.ballots.test_stacks import paper
from tests.facilitation.holding import drives, run_of, sees
from tests.facilitation.test_everyone import adds_proxy
from tests.outcomes.harvesting import PAGE, closes, reads
from tests.outcomes.test_minutes import cells, files
from tests.people import Visitor

SHEET = "Bysykler 2"


def begun(app: Flask, phones: int = 2) -> tuple[Visitor, int, list[str]]:
    """Hold a vote with some phones, of which one has voted, and two who have none."""
    fatima, number = voting(app, "approval")
    for guest in guests(app, number, phones)[:1]:
        votes(guest, number, "option:1=1")
    return fatima, number, [adds_proxy(fatima, number, name) for name in ("Kåre", "Berit")]


def told(app: Flask, number: int) -> tuple[int, int, int]:
    turnout = count_of(app, number).turnout
    return turnout.voted, turnout.present, turnout.paper


def acts(fatima: Visitor, number: int, page: str, mark: str = "option:4=1") -> Any:
    activity = str(run_of(fatima.app, number).activity_id)
    return fatima.posts(page, mark=mark, activity=activity)


@pytest.mark.parametrize(
    ("people", "listed", "present"),
    [(2, {}, 4), (2, {"listed": "2"}, 4), (2, {"listed": "0"}, 6), (3, {}, 5)],
)
def test_sheets_of_those_who_are_entered_count_nobody_anew(
    app: Flask, people: int, listed: dict[str, str], present: int
) -> None:
    fatima, number, _pages = begun(app)
    assert paper(fatima, number, SHEET, people, **listed).status_code == 303
    assert told(app, number)[1:] == (present, people)
    drives(fatima, number, "reveal")
    assert told(app, number)[1:] == (present, people)


def test_it_is_said_at_both_places_who_is_counted_where(app: Flask) -> None:
    fatima, number, _pages = begun(app)
    assert "De som står her, telles med i rommet." in sees(fatima, number, "proxies")
    page = re.sub(r"\s+", " ", sees(fatima, number, "paper-ballots"))
    assert "er alt talt med i rommet" in page and "Kåre, Berit" in page
    path = f"/havnvik/workshops/{number}/paper-ballots"
    shown = fatima.posts(path, lines=SHEET, people="3", listed="").get_data(as_text=True)
    assert "2 av sedlene er fra folk som er ført opp uten telefon." in shown
    assert re.search(r'name="listed"[^>]*value="2"', shown)
    paper(fatima, number, SHEET, 3, listed="1")
    page = re.sub(r"\s+", " ", sees(fatima, number, "paper-ballots"))
    assert "1 av dem er ført opp uten telefon" in page


@pytest.mark.parametrize(("people", "listed"), [(5, "3"), (1, "2")])
def test_no_more_can_be_listed_than_there_are(app: Flask, people: int, listed: str) -> None:
    fatima, number, _pages = begun(app)
    answer = paper(fatima, number, "Bysykler 1", people, listed=listed)
    assert answer.status_code == 422
    assert "av sedlene kan være fra folk som er ført opp uten telefon" in answer.text


def test_whoever_was_voted_for_is_not_among_the_sheets(app: Flask) -> None:
    fatima, number, (kare, _berit) = begun(app)
    assert acts(fatima, number, kare).status_code == 303
    page = sees(fatima, number, "paper-ballots")
    assert "Berit" in page and "Kåre" not in page
    assert paper(fatima, number, SHEET, 2, listed="2").status_code == 422
    assert paper(fatima, number, SHEET, 2, listed="1").status_code == 303
    assert told(app, number) == (4, 5, 2)


def test_nobody_votes_by_a_helper_too_when_all_are_on_paper(app: Flask) -> None:
    fatima, number, (kare, berit) = begun(app)
    paper(fatima, number, "Bysykler 1", 1, listed="1")
    assert acts(fatima, number, kare).status_code == 303  # the sheet is the other's
    refused = acts(fatima, number, berit)
    assert refused.status_code == 422 and "Alle som er ført opp uten telefon, er talt" in (
        refused.get_data(as_text=True)
    )
    assert acts(fatima, number, kare, "option:3=1").status_code == 303  # changes what was said
    assert told(app, number) == (3, 4, 1)
    fatima.posts(f"/havnvik/workshops/{number}/paper-ballots/1/removal")
    assert acts(fatima, number, berit).status_code == 303
    assert told(app, number) == (3, 4, 0)


def test_who_is_entered_after_the_round_was_closed_was_not_there_to_vote(app: Flask) -> None:
    fatima, number, _pages = begun(app)
    drives(fatima, number, "close")
    adds_proxy(fatima, number, "Odd")
    assert "Odd" not in sees(fatima, number, "paper-ballots")
    assert paper(fatima, number, SHEET, 3, listed="3").status_code == 422
    assert paper(fatima, number, SHEET, 3).status_code == 303
    assert told(app, number)[1:] == (5, 3)


def test_what_is_said_of_those_who_are_left_agrees_with_one_and_with_several(app: Flask) -> None:
    fatima, number, (kare, _berit) = begun(app)
    said = "Den som er ført opp, er alt talt med i rommet"
    assert said in sees(fatima, number, "paper-ballots")
    acts(fatima, number, kare)
    page = sees(fatima, number, "paper-ballots")
    assert "1 som er ført opp uten telefon" in page and said in page and "De er alt" not in page


def test_under_strict_anonymity_it_holds_too(app: Flask) -> None:
    fatima, number = voting(app, "approval", anonymity="strict")
    kare, _berit = (adds_proxy(fatima, number, name) for name in ("Kåre", "Berit"))
    assert acts(fatima, number, kare).status_code == 303
    assert paper(fatima, number, "Bysykler 1", 1).status_code == 303
    assert told(app, number) == (2, 2, 1)


@pytest.mark.parametrize(("people", "listed", "more"), [(3, "2", 1), (2, "2", 0)])
def test_the_minutes_tell_of_those_who_only_voted_on_paper(
    app: Flask, people: int, listed: str, more: int
) -> None:
    fatima, number, _pages = begun(app)
    assert paper(fatima, number, SHEET, people, listed=listed).status_code == 303
    closes(fatima, number)
    page = re.sub(r"<[^>]+>", "", reads(fatima, PAGE.format(number=number, what="minutes")))
    words = "4 og 1 på papir som ikke var ført opp" if more else "4"
    assert re.search(rf"Deltok\s*{words}\s*\n", page)
    found = files(fatima, number)
    assert json.loads(found["minutes.json"])["turnout"] == {
        "joined": 4, "at_home": 0, "on_paper_only": more,
    }  # fmt: skip
    assert ("På papir, ikke ført opp" in cells(found["minutes.xlsx"])) is bool(more)
