"""Fist of five, and impact and effort, on paper: how many sheets gave each value."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from smartby.facilitation.play import play_of
from tests.activities.playing import shows_screen
from tests.activities.voting import OPTIONS, count_of, guests, last_step, stored, votes, voting
from tests.ballots.test_sheet import address, reads
from tests.ballots.test_stacks import paper
from tests.facilitation.holding import drives, run_of, sees

ASKED = "Hva skal vi gjøre med torget?"
FIRST, SECOND = "Flere trær på torget", "Benker i sola"


def marks(impact: str, effort: str, title: str = FIRST) -> str:
    return f"{title}, virkning: {impact}\n{title}, innsats: {effort}"


def test_fingers_are_counted_with_those_on_phones_and_apart(app: Flask) -> None:
    fatima, number = voting(app, "fist")
    for guest in guests(app, number, 5):
        votes(guest, number, "question:1=5")
    assert f"{ASKED}: 0 0 0 0 0 0" in sees(fatima, number, "paper-ballots")
    assert paper(fatima, number, f"{ASKED}: 1 0 0 2 0 2", 6).status_code == 303
    drives(fatima, number, "reveal")
    count = count_of(app, number)
    line = count.lines[0]
    assert line.histogram == {0: 1, 3: 2, 5: 7} and line.voters == 10
    # One sheet said nothing, and what the paper says alone is told too: five have spoken.
    assert (count.turnout.voted, count.turnout.abstained, count.turnout.paper) == (10, 1, 6)
    assert [(part.name, part.voted) for part in count.parts] == [("room", 5), ("paper", 5)]
    for visitor, view in ((fatima, "console"), (shows_screen(app, number), "screen")):
        page = re.sub(r"\s+", " ", sees(visitor, number, view))
        # A fist stops it, on paper as on a phone.
        assert "6 på papir" in page and "10 personer · Delte meninger" in page, view


def test_impact_and_effort_are_placed_by_what_sheets_gave_each(app: Flask) -> None:
    fatima, number = voting(app, "matrix")
    for guest in guests(app, number, 5):
        for said in ("option:1=5", "option:1~1", "option:2=1", "option:2~5"):
            votes(guest, number, said)
    sheet = marks("0 0 0 1 4", "3 2 0 0 0") + "\n" + marks("4 0 0 0 0", "0 0 0 0 4", SECOND)
    assert paper(fatima, number, sheet, 5).status_code == 303
    drives(fatima, number, "reveal")
    count = count_of(app, number)
    first, second = (count.line(item) for item in ("option:1", "option:2"))
    assert first is not None and second is not None
    assert first.figures == {"impact": 4.9, "effort": 1.2, "quarter": "now"}
    assert second.figures == {"impact": 1, "effort": 5, "quarter": "leave"}
    assert (first.voters, second.voters, count.turnout.paper) == (10, 9, 5)
    assert [(part.name, part.voted) for part in count.parts] == [("room", 5), ("paper", 5)]
    assert count.parts[1].scores["option:1"] == pytest.approx(4.8 - 1.4)
    with app.test_request_context("/havnvik"):
        assert play_of(last_step(number)).rows(last_step(number))[0][-1] == "Av dem på papir"


def test_the_spread_is_that_of_the_same_ballots_whichever_sheet_said_what(app: Flask) -> None:
    """What is told of each axis is told by how many gave each value, and by nothing else."""
    pairs = [(5, 1), (4, 2), (5, 5), (1, 1), (3, 4), (5, 2)]
    fatima, number = voting(app, "matrix")
    for guest, (impact, effort) in zip(guests(app, number, 6), pairs, strict=True):
        votes(guest, number, f"option:1={impact}")
        votes(guest, number, f"option:1~{effort}")
    on_phones = count_of(app, number).line("option:1")
    ways = [[str([p[side] for p in pairs].count(v)) for v in range(1, 6)] for side in (0, 1)]
    fatima, number = voting(app, "matrix")
    assert paper(fatima, number, marks(*map(" ".join, ways)), 6).status_code == 303
    assert count_of(app, number).line("option:1") == on_phones


@pytest.mark.parametrize(
    ("kind", "lines", "people", "words"),
    [
        (
            "matrix", marks("0 0 0 0 3", "2 0 0 0 0"), 4,
            f"Antall sedler med «{FIRST}, virkning» er 3, men med «{FIRST}, innsats» 2.",
        ),
        (
            "matrix", marks("0 0 0 0 3", "").splitlines()[0], 4,
            f"men med «{FIRST}, innsats» 0. Tell bare sedler som har begge.",
        ),
        (
            "matrix", marks("1 0 0 0 4", "5 0 0 0 0"), 4,
            f"«{FIRST}, innsats» har fått 5, men 4 sedler kan gi høyst 4.",
        ),
        ("fist", f"{ASKED} 1 1 1 0 0 2", 4, f"«{ASKED}» har fått 5, men 4 sedler"),
        ("fist", f"{ASKED} 1 1 1 0 0", 4, f"«{ASKED}» har 5 tall. Det skal være 6."),
        ("matrix", f"{FIRST}: 1 1 1 0 0", 4, "Disse linjene kjenner vi ikke igjen."),
    ],
)  # fmt: skip
def test_what_the_sheets_cannot_say_is_told_before_they_are_brought_in(
    app: Flask, kind: str, lines: str, people: int, words: str
) -> None:
    fatima, number = voting(app, kind)
    path = f"/havnvik/workshops/{number}/paper-ballots"
    sure = {"sure": "yes", "activity": str(run_of(app, number).activity_id), "many": str(people)}
    for sent in ({}, sure):
        answer = fatima.posts(path, lines=lines, people=str(people), **sent)
        page = answer.get_data(as_text=True)
        assert answer.status_code == 422 and words in page
        assert "Legg inn</button>" not in page
    assert stored(app, number)[1] == []


def test_what_was_brought_in_is_told_and_taken_out_again(app: Flask) -> None:
    fatima, number = voting(app, "matrix")
    assert paper(fatima, number, marks("0 0 1 1 2", "2 1 1 0 0"), 4).status_code == 303
    page = re.sub(r"\s+", " ", sees(fatima, number, "paper-ballots")).partition("Lagt inn")[2]
    for name, given in (("virkning", "00112"), ("innsats", "21100")):
        told = "".join(f"<td>{many}</td>" for many in given)
        assert f"{FIRST}, {name}</th>{told}" in page
    path = f"/havnvik/workshops/{number}/paper-ballots/1/removal"
    assert fatima.posts(path).status_code == 303
    assert stored(app, number)[1:] == ([], [])


def test_marks_are_dealt_so_that_no_more_sheets_are_blank_than_must_be(app: Flask) -> None:
    fatima, number = voting(app, "score")
    assert paper(fatima, number, f"{FIRST} 0 0 0 0 2\n{SECOND} 3 0 0 0 0", 6).status_code == 303
    told = count_of(app, number).turnout
    assert (told.voted, told.abstained) == (5, 1)


SLIPS: list[tuple[str, int, list[str]]] = [
    ("fist", 4, ["5: Jeg vil være med og gjøre det", "0: Nei, dette stopper jeg"]),
    ("matrix", 2, [FIRST, "1 er liten, 5 er stor.", ">Virkning</span>", ">Innsats</span>"]),
]


@pytest.mark.parametrize(("kind", "copies", "words"), SLIPS)
def test_the_ballot_to_print_has_what_is_counted(
    app: Flask, kind: str, copies: int, words: list[str]
) -> None:
    fatima, number = voting(app, kind)
    page = reads(fatima, address(app, number))
    assert f"{copies} sedler på hvert ark" in page
    assert all(page.count(said) in (copies, copies * len(OPTIONS)) for said in words)
    assert address(app, number) in sees(fatima, number, "paper-ballots")
