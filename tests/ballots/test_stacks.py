"""Ballots on paper: typed in by those who lead or help, counted apart and together, taken out."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask

from smartby.facilitation.play import play_of
from tests.activities.playing import heard, shows_screen, told
from tests.activities.voting import (
    OPTIONS,
    count_of,
    guests,
    last_step,
    scores_of,
    stored,
    votes,
    voting,
)
from tests.facilitation.holding import drives, joins, listens, run_of, sees
from tests.people import Visitor
from tests.workshops.test_leads import gives

SHEET = "Flere trær på torget: 6\nBenker i sola\t3\nLekeplass;0\nBysykler: "


def paper(visitor: Visitor, number: int, lines: str = SHEET, people: int = 8, **sent: Any) -> Any:
    sent = {"sure": "yes", "activity": str(run_of(visitor.app, number).activity_id), **sent}
    path = f"/havnvik/workshops/{number}/paper-ballots"
    return visitor.posts(path, lines=lines, people=str(people), **sent)


def test_a_sheet_is_shown_before_it_is_brought_in(app: Flask) -> None:
    fatima, number = voting(app, "approval")
    empty = sees(fatima, number, "paper-ballots")
    assert all(f"{title}:" in empty for title in OPTIONS)
    path = f"/havnvik/workshops/{number}/paper-ballots"
    shown = fatima.posts(path, lines=SHEET, people="8")
    page = shown.get_data(as_text=True)
    assert shown.status_code == 200 and "Slik leser vi det" in page
    assert re.search(r"Benker i sola</th><td>3</td>", page)
    assert stored(app, number)[1] == []
    assert paper(fatima, number).status_code == 303
    assert list(scores_of(app, number).values()) == [6, 3, 0, 0]
    turnout = count_of(app, number).turnout
    # Nobody of them has a phone; they are there all the same.
    assert (turnout.voted, turnout.abstained, turnout.present, turnout.paper) == (8, 0, 8, 8)


@pytest.mark.parametrize(
    ("kind", "rules", "lines", "people", "scores"),
    [
        ("dots", {"budget": 3}, "Flere trær på torget 7\nBenker i sola 5", 4, [7, 5, 0, 0]),
        ("poll", {}, "Flere trær på torget 3\nBysykler 2", 6, [3, 0, 0, 2]),
        (
            "score", {}, "Flere trær på torget 0 0 0 1 3\nLekeplass 2 0 0 0 0", 4,
            [4.75, None, 1, None],
        ),
    ],
)  # fmt: skip
def test_each_kind_is_counted_as_its_own(
    app: Flask, kind: str, rules: Any, lines: str, people: int, scores: list[Any]
) -> None:
    fatima, number = voting(app, kind, **rules)
    assert paper(fatima, number, lines, people).status_code == 303
    found = scores_of(app, number)
    assert [found[f"option:{place}"] for place in range(1, 5)] == scores
    _rounds, ballots, _votes = stored(app, number)
    assert len(ballots) == people and {ballot.way for ballot in ballots} == {"paper"}
    assert all(ballot.left_over >= 0 for ballot in ballots)


def test_it_is_counted_together_and_apart_when_both_are_enough(app: Flask) -> None:
    fatima, number = voting(app, "approval")
    for guest in guests(app, number, 5):
        votes(guest, number, "option:4=1")
    paper(fatima, number)
    drives(fatima, number, "reveal")
    count = count_of(app, number)
    assert {part.name: part.scores["option:4"] for part in count.parts} == {"room": 5, "paper": 0}
    assert count.turnout.present == 13
    for page in ("console", "screen"):
        visitor = fatima if page == "console" else shows_screen(app, number)
        assert "8 på papir" in sees(visitor, number, page)
    with app.test_request_context("/havnvik"):
        rows = play_of(last_step(number)).rows(last_step(number))
    assert rows[0][-1] == "Av dem på papir" and {len(row) for row in rows} == {len(rows[0])}
    assert ["Flere trær på torget", 6] in [[row[2], row[-1]] for row in rows]
    assert "8 på papir" in str(rows[-1])


def test_what_was_brought_in_tells_what_it_gave_each(app: Flask) -> None:
    fatima, number = voting(app, "score")
    paper(fatima, number, "Flere trær på torget 0 0 0 1 3\nBysykler 0 0 0 0 0", 4)
    paper(fatima, number, "Flere trær på torget 5 0 0 0 0", 5)
    page = re.sub(r"\s+", " ", sees(fatima, number, "paper-ballots"))
    first, second = page.partition("Lagt inn")[2].split("<details")[1:]
    for said, marks in ((first, "00013"), (second, "50000")):
        assert "Flere trær på torget</th>" + "".join(f"<td>{n}</td>" for n in marks) in said
        assert "Benker i sola</th>" + "<td>0</td>" * 5 in said
    assert "Se hva de 4 sedlene sier" in first and "Se hva de 5 sedlene sier" in second


def test_few_on_paper_are_not_told_apart(app: Flask) -> None:
    fatima, number = voting(app, "approval")
    for guest in guests(app, number, 5):
        votes(guest, number, "option:4=1")
    paper(fatima, number, "Flere trær på torget 4", 4)
    drives(fatima, number, "reveal")
    assert count_of(app, number).parts == [] and count_of(app, number).turnout.paper == 4
    with app.test_request_context("/havnvik"):
        assert "på papir" not in str(play_of(last_step(number)).rows(last_step(number))[0])


def test_it_is_taken_out_again(app: Flask) -> None:
    fatima, number = voting(app, "approval")
    paper(fatima, number)
    paper(fatima, number, "Bysykler 2", 2)
    page = sees(fatima, number, "paper-ballots")
    assert "8 sedler, lagt inn av Fatima Ali" in page
    path = f"/havnvik/workshops/{number}/paper-ballots/1/removal"
    assert fatima.posts(path).status_code == 303
    assert fatima.posts(path).status_code == 303
    assert list(scores_of(app, number).values()) == [2, 0, 0, 0]
    assert count_of(app, number).turnout.voted == 2
    assert "8 sedler" not in sees(fatima, number, "paper-ballots")


@pytest.mark.parametrize(
    ("lines", "people"),
    [
        ("Flere trær på torget 9", 8), ("Flere trær på torget 1", 0), ("Noe annet 3", 8),
        ("Flere trær på torget", 501), ("", 8), ("Flere trær på torget -1", 8),
        ("Flere trær på torget 1\nFlere trær på torget 1", 8), ("Flere trær på torget 1 2 3", 8),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_the_sheet_comes_back(
    app: Flask, lines: str, people: int
) -> None:
    fatima, number = voting(app, "approval")
    answer = paper(fatima, number, lines, people)
    assert answer.status_code == 422
    assert lines.split("\n")[0] in answer.get_data(as_text=True)
    assert stored(app, number)[1] == []


def test_more_dots_than_the_sheets_have_are_refused(app: Flask) -> None:
    fatima, number = voting(app, "dots", budget=3, most=1)
    assert paper(fatima, number, "Bysykler 5", 4).status_code == 422
    everything = "\n".join(f"{title} 4" for title in OPTIONS)
    assert paper(fatima, number, everything, 4).status_code == 422
    assert paper(fatima, number, "Bysykler 4", 4).status_code == 303


@pytest.mark.parametrize(
    ("kind", "rules", "lines", "words"),
    [
        (
            "dots",
            {"budget": 3, "most": 2},
            "Bysykler 5\nLekeplass 1",
            ["«Bysykler» har fått 5, men 2 sedler kan gi høyst 4."],
        ),
        (
            "dots",
            {"budget": 3, "most": 2},
            "Bysykler 4\nLekeplass 3",
            ["Til sammen er det 7, men 2 sedler kan gi høyst 6."],
        ),
        (
            "score",
            {},
            "Bysykler 1 0 0 0 2\nLekeplass 3 0 0 0 0",
            ["«Bysykler» har fått 3, men 2 sedler", "«Lekeplass» har fått 3, men 2 sedler"],
        ),
    ],
)
def test_what_the_sheets_cannot_say_is_told_before_they_are_brought_in(
    app: Flask, kind: str, rules: Any, lines: str, words: list[str]
) -> None:
    fatima, number = voting(app, kind, **rules)
    path = f"/havnvik/workshops/{number}/paper-ballots"
    for sent in ({}, {"sure": "yes", "activity": str(run_of(app, number).activity_id)}):
        answer = fatima.posts(path, lines=lines, people="2", **sent)
        page = answer.get_data(as_text=True)
        assert answer.status_code == 422 and all(said in page for said in words)
        assert "Slik leser vi det" in page and "Legg inn</button>" not in page
        assert "Vis på nytt" in page
    assert stored(app, number)[1] == []


def test_twice_the_same_key_is_one_stack(app: Flask) -> None:
    fatima, number = voting(app, "approval")
    for _turn in range(2):
        assert paper(fatima, number, key="f" * 32).status_code == 303
    assert count_of(app, number).turnout.voted == 8


def test_nothing_comes_in_once_the_result_has_been_seen(app: Flask) -> None:
    fatima, number = voting(app, "approval")
    drives(fatima, number, "close")
    assert paper(fatima, number).status_code == 303  # counted by hand after the phones were done
    drives(fatima, number, "reveal")
    assert paper(fatima, number).status_code == 422
    removed = fatima.posts(f"/havnvik/workshops/{number}/paper-ballots/1/removal")
    assert removed.status_code == 404 and count_of(app, number).turnout.voted == 8


@pytest.mark.parametrize("kind", ["ranking", "pairwise", "talk", "brainstorm", "statements"])
def test_other_kinds_take_none(app: Flask, kind: str) -> None:
    fatima, number = voting(app, kind)
    assert "ingen avstemning på gang" in sees(fatima, number, "paper-ballots")
    assert "Legg inn stemmesedler" not in sees(fatima, number, "proxies")
    assert paper(fatima, number).status_code == 422


NO_PAPER = "Denne avstemningen kan ikke telles på papir."


@pytest.mark.parametrize("kind", ["ranking", "pairwise", "statements"])
def test_a_vote_without_paper_says_how_one_votes_for_somebody(app: Flask, kind: str) -> None:
    fatima, number = voting(app, kind)
    page = sees(fatima, number, "proxies")
    assert NO_PAPER in page and "Legg til navnet under «Folk dere skriver for»" in page


@pytest.mark.parametrize("kind", ["dots", "score", "matrix", "fist", "talk", "brainstorm"])
def test_what_takes_paper_or_is_no_vote_says_nothing_of_it(app: Flask, kind: str) -> None:
    fatima, number = voting(app, kind)
    assert NO_PAPER not in sees(fatima, number, "proxies")
    if kind == "dots":
        drives(fatima, number, "reveal")
        assert NO_PAPER not in sees(fatima, number, "proxies")


def test_helpers_may_and_strangers_may_not(app: Flask) -> None:
    fatima, number = voting(app, "approval")
    gives(app, fatima, number, "amir", "helper")
    amir = Visitor(app, "amir")
    assert "Legg inn stemmesedler" in sees(amir, number, "proxies")
    assert paper(amir, number).status_code == 303
    for other in (Visitor(app, "kari"), Visitor(app, "ingrid"), joins(app, number)):
        assert paper(other, number).status_code in (302, 403, 404)
        gone = other.posts(f"/havnvik/workshops/{number}/paper-ballots/1/removal")
        assert gone.status_code in (302, 403, 404)
    assert count_of(app, number).turnout.voted == 8


def test_a_blind_round_tells_how_many_and_not_what(app: Flask) -> None:
    fatima, number = voting(app, "approval")
    desk, _ = listens(app, fatima, f"room:{number}:staff")
    screen, _ = listens(app, shows_screen(app, number), f"room:{number}:screen")
    heard(app, desk), heard(app, screen)
    paper(fatima, number)
    ops = told(heard(app, screen)) + told(heard(app, desk))
    assert "8" in ops and "sb-outcome" not in ops
