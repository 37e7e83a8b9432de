"""What is typed of ballots on paper: in the order of the ballot, and what is wrong is said."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from smartby.ballots.typed_sheets import read
from tests.activities.voting import OPTIONS, stored, voting
from tests.ballots.test_sheet import address, reads
from tests.ballots.test_stacks import paper
from tests.facilitation.holding import sees

ASKED = "Hva skal vi gjøre med torget?"
FIRST = OPTIONS[0]
FINGERS = ["0 fingre (knyttneve)", "1 finger", "2 fingre", "3 fingre", "4 fingre", "5 fingre"]


def test_fingers_are_typed_in_the_order_in_which_they_are_printed(app: Flask) -> None:
    fatima, number = voting(app, "fist")
    printed = re.findall(r"<li><span[^>]*>(\d): ", reads(fatima, address(app, number)))
    assert printed[:6] == list("012345")
    page = sees(fatima, number, "paper-ballots")
    assert f"Rekkefølge: {', '.join(FINGERS)}\n{ASKED}: 0 0 0 0 0 0" in page
    path = f"/havnvik/workshops/{number}/paper-ballots"
    lines = f"Rekkefølge: {', '.join(FINGERS)}\n{ASKED}: 1 0 0 0 0 2"
    shown = re.sub(r"\s+", " ", fatima.posts(path, lines=lines, people="3").get_data(as_text=True))
    assert "kjenner vi ikke igjen" not in shown
    told = re.findall(r'<th scope="row">([^<]*)</th><td>(\d)</td>', shown)
    assert told == list(zip(FINGERS, "100002", strict=True))
    assert paper(fatima, number, lines, 3).status_code == 303


@pytest.mark.parametrize(
    ("kind", "lines", "words"),
    [
        ("fist", f"{ASKED} 1 0 0 0 2", f"«{ASKED}» har 5 tall. Det skal være 6."),
        ("fist", f"{ASKED}: 3", f"«{ASKED}» har 1 tall. Det skal være 6."),
        ("fist", f"{ASKED}: 1 0 0 0 0 0 2;", f"«{ASKED}» har 7 tall. Det skal være 6."),
        ("approval", f"{FIRST} 1 2", f"«{FIRST}» har 2 tall. Det skal være 1."),
        ("approval", f"{FIRST} 1\n{FIRST} 2", f"«{FIRST}» står på mer enn én linje."),
        ("fist", f"{ASKED} 1 0 0 0 0 2\n{ASKED} 1 2", f"«{ASKED}» står på mer enn én linje."),
        ("fist", f"{ASKED} 1 0 0 0 0 2\n{ASKED}", f"«{ASKED}» står på mer enn én linje."),
    ],
)
def test_what_is_wrong_with_a_line_is_said(app: Flask, kind: str, lines: str, words: str) -> None:
    fatima, number = voting(app, kind)
    answer = paper(fatima, number, lines, 3)
    page = re.sub(r"\s+", " ", answer.get_data(as_text=True))
    assert answer.status_code == 422 and words in page
    assert "kjenner vi ikke igjen" not in page
    assert stored(app, number)[1] == []


@pytest.mark.parametrize("line", ["Noe annet 3", "Buss 12 tolv", "Buss -3", "Buss 12 99999"])
def test_what_names_nothing_is_still_not_known(line: str) -> None:
    _counts, unknown, wrong = read(line, {"option:1": "Buss 12", "option:2": "Bussen"}, [])
    assert unknown == [line] and wrong == []


def test_titles_that_end_in_numbers_or_are_alike_are_told_apart(app: Flask) -> None:
    titles = {"option:1": "Buss 12", "option:2": "Buss", "option:3": "Buss"}
    assert read("Buss 12 3\nBuss 4\nBuss 5", titles, []) == (
        {"option:1": [3], "option:2": [4], "option:3": [5]}, [], [],
    )  # fmt: skip
    with app.test_request_context("/havnvik"):
        wrong = read("Buss 12 3 4\nBuss 1\nBuss 2\nBuss 3", titles, [])[2]
    assert wrong[0].startswith("«Buss 12» har 2 tall.") and wrong[1].startswith("«Buss» står på")
