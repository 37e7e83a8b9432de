"""What was voted on twice: told with both results, and never with cards that nobody wrote."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask

from smartby.outcomes.printing import walls
from smartby.outcomes.proposals import quotes
from smartby.outcomes.queries import walls_of
from tests.activities.test_grouping import SAID, picks
from tests.activities.voting import runs, sets, votes, voting
from tests.facilitation.holding import does, drives, held, joins
from tests.outcomes.harvesting import PAGE, announce, harvests, keys, reads
from tests.people import Visitor

STEPS = (("dots", "Prikker"), ("matrix", "Virkning og innsats"))
TYPED = ["Flere trær på torget", "Benker i sola", "Lekeplass", "Bysykler"]


def dots_and_matrix(app: Flask) -> tuple[Visitor, int]:
    """Let two give dots to four lines, and weigh the best two of them."""
    fatima = Visitor(app, "fatima")
    number = held(fatima, STEPS)
    sets(app, number, at=0, options=TYPED, budget=4, most=4)
    people = [joins(app, number) for _ in range(2)]
    drives(fatima, number, "next")
    for guest, dots in zip(people, (4, 3), strict=True):
        assert votes(guest, number, f"option:1={dots}").status_code == 303
    votes(people[1], number, "option:2=1")
    drives(fatima, number, "reveal")
    sets(app, number, options=TYPED[:2])
    drives(fatima, number, "next")
    for mark in ("option:1=5", "option:1~4", "option:2=2", "option:2~2"):
        for guest in people:
            votes(guest, number, mark)
    drives(fatima, number, "reveal")
    return fatima, number


def form_of(leader: Visitor, number: int, key: str) -> str:
    page = reads(leader, PAGE.format(number=number, what=f"harvest/new?pick={key}"))
    return page.replace("\xa0", " ")


def test_each_vote_that_it_was_in_is_told_in_the_order_of_the_day(app: Flask) -> None:
    fatima, number = dots_and_matrix(app)
    first = next(key for key in keys(fatima, number) if key.endswith("/option:1"))
    told = form_of(fatima, number, first)
    assert "Resultatet der: 7 prikker (nummer 1 av 4). Planlegg, virkning 5, innsats 4." in told


def test_of_a_line_that_was_typed_nothing_is_said_of_cards(app: Flask) -> None:
    fatima, number = dots_and_matrix(app)
    announce(app, number)
    harvests(fatima, number, keys(fatima, number)[0])
    page = reads(Visitor(app), "/havnvik/ideas/1")
    assert "Kom fra et verksted" in page and "ligger bak" not in page and "lapp" not in page


def gathered(app: Flask, many: int, *kinds: str) -> tuple[Visitor, Visitor, int]:
    """Hold a workshop whose first cards, of three, lie in a group that is then voted on."""
    fatima = Visitor(app, "fatima")
    steps = ("brainstorm", "grouping", *kinds)
    number = held(fatima, tuple((kind, f"Punkt {kind}") for kind in steps))
    guest = joins(app, number)
    drives(fatima, number, "next")
    for body in SAID[:3]:
        does(guest, number, "write", body=body)
    drives(fatima, number, "next")
    drives(fatima, number, "gather", **picks(app, *SAID[:many]))
    return fatima, guest, number


def test_cards_that_the_text_quotes_are_not_listed_once_more(app: Flask) -> None:
    fatima, guest, number = gathered(app, 3, "dots")
    drives(fatima, number, "next")
    votes(guest, number, "group:1=2")
    drives(fatima, number, "reveal")
    announce(app, number)
    form = form_of(fatima, number, "group:1")
    body = re.search(r'<textarea[^>]*name="item0-body"[^>]*>(.*?)</textarea>', form, re.S)
    assert body is not None and form.count(f"> {SAID[1]}") + form.count(f"&gt; {SAID[1]}") == 1
    text = body[1].replace("&gt;", ">").strip()
    assert harvests(fatima, number, "group:1", **{"item0-body": text}).status_code == 303
    page = reads(Visitor(app), "/havnvik/ideas/1")
    assert page.count(SAID[1]) == 1 and "3 lapper ligger bak." in page


def hung(app: Flask, number: int) -> list[dict[str, Any]]:
    """Return what is drawn on the board, after it has been drawn."""
    picture = Visitor(app, "fatima").gets(PAGE.format(number=number, what="board.svg"))
    assert picture.status_code == 200 and picture.data.startswith(b"<svg")
    with app.test_request_context():
        return list(walls(walls_of(runs(number))))


def said(wall: dict[str, Any]) -> list[tuple[str, str]]:
    return [(note["title"], note["votes"].replace("\xa0", " ")) for note in wall["notes"]]


def test_the_board_shows_each_vote_whole_and_in_its_order(app: Flask) -> None:
    _fatima, number = dots_and_matrix(app)
    first, second = hung(app, number)
    assert [first["title"], second["title"]] == [title for _kind, title in STEPS]
    assert said(first) == [
        (TYPED[0], "7 prikker"), (TYPED[1], "1 prikk"),
        (TYPED[2], "0 prikker"), (TYPED[3], "0 prikker"),
    ]  # fmt: skip
    assert said(second) == [
        (TYPED[0], "Planlegg, virkning 5, innsats 4"),
        (TYPED[1], "Når det passer, virkning 2, innsats 2"),
    ]


def test_the_board_shows_twelve_of_a_vote_and_says_how_many_more(app: Flask) -> None:
    fatima, number = voting(app, "dots", options=[f"Forslag {place}" for place in range(15)])
    votes(joins(app, number), number, "option:1=1")
    drives(fatima, number, "reveal")
    (wall,) = hung(app, number)
    assert len(wall["notes"]) == 12 and wall["more"] == "og 3 til"


@pytest.mark.parametrize("kind", ["fist", "scale"])
def test_the_board_says_what_came_of_one_question(app: Flask, kind: str) -> None:
    fatima, number = voting(app, kind, options=[])
    votes(joins(app, number), number, "question:1=4")
    drives(fatima, number, "reveal")
    (wall,) = hung(app, number)
    unit = "fingre i snitt" if kind == "fist" else "i snitt"
    assert wall["lines"] == [f"4 {unit}, 1 tok stilling"] and not wall["notes"]


def test_cards_of_a_group_hang_once_though_it_was_voted_on_twice(app: Flask) -> None:
    fatima, guest, number = gathered(app, 2, "dots", "score")
    for mark in ("=2", "=4"):
        drives(fatima, number, "next")
        votes(guest, number, f"group:1{mark}")
        drives(fatima, number, "reveal")
    drawn = hung(app, number)
    assert [wall["title"] for wall in drawn] == ["Punkt dots", "Punkt score"]
    assert [len(wall["groups"]) for wall in drawn] == [0, 1]
    assert str(drawn).count(SAID[1]) == 1
    assert ("2 prikker" in str(drawn[0])) and drawn[1]["groups"][0]["votes"] == "4 i snitt"


def test_a_card_is_quoted_by_a_line_of_its_own() -> None:
    body = "Lappene som ligger bak:\n\n> Benker\n>\n> Lys (fra papir)"
    assert quotes(body, "Benker") and quotes(body, "Lys")
    assert not quotes(body, "Benk") and not quotes(body, "Ly")
