"""Word cloud: merged, counted once a person, drawn the same each time, held, hidden, limited."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

import pytest
from flask import Flask

from smartby.cards.cloud import LETTER, WIDTH, counted
from smartby.cards.cloud import drawn as laid_out
from smartby.facilitation.models import Card
from tests.activities.playing import (
    cards,
    harvested,
    heard,
    ids,
    on,
    presses,
    set_rules,
    shows_screen,
    taps,
    told,
)
from tests.facilitation.holding import does, drives, joins, listens, sees
from tests.people import Visitor
from tests.races import at_once


def cloud(app: Flask, **rules: Any) -> tuple[Visitor, int, Visitor, Visitor]:
    """Hold a word cloud with two who take part."""
    fatima, number = on(app, "cloud", **rules)
    return fatima, number, joins(app, number), joins(app, number)


def drawn(page: str) -> list[tuple[str, float]]:
    found = re.findall(r'font-size="([\d.]+)"[^>]*>([^<]+)</text>', page)
    return [(text, float(size)) for size, text in found]


def test_words_are_merged_whatever_their_case_and_ending(app: Flask) -> None:
    fatima, number, aud, bo = cloud(app)
    projector = shows_screen(app, number)
    for guest, words in ((aud, ("Havet", "Trygt")), (bo, ("HAVET", "Grønt"))):
        for word in words:
            assert does(guest, number, "write", body=word).status_code == 303
    assert harvested(app, "cloud")[1][1:] == [["HAVET", 2], ["Grønt", 1], ["Trygt", 1]]
    for page in (
        sees(bo, number),
        sees(projector, number, "screen"),
        sees(fatima, number, "console"),
    ):
        sizes = dict(drawn(page))
        assert sizes["HAVET"] > sizes["Trygt"] == sizes["Grønt"]
        assert "HAVET (2)" in page and " style=" not in page
    assert "<td>HAVET</td><td>2</td>" in sees(bo, number)


def test_the_same_words_are_drawn_the_same_way(app: Flask) -> None:
    _fatima, number, aud, bo = cloud(app)
    does(aud, number, "write", body="Havet")
    does(bo, number, "write", body="Fjellet")
    svg = [re.search("<svg class=.sb-cloud.*?</svg>", sees(who, number)) for who in (aud, bo)]
    assert svg[0] and svg[1] and svg[0][0] == svg[1][0]


def test_one_says_a_word_once(app: Flask) -> None:
    _fatima, number, aud, _bo = cloud(app)
    writes = partial(does, aud, number, "write", body="Havet")
    assert sorted(at_once([writes, writes, writes])) == [303, 422, 422]
    assert does(aud, number, "write", body="havet").status_code == 422
    assert len(cards(app)) == 1


@pytest.mark.parametrize("body", ["", "  ", "\u200b", "et to tre fire", "a" * 41])
def test_what_is_no_word_is_told(app: Flask, body: str) -> None:
    _fatima, number, aud, _bo = cloud(app)
    assert does(aud, number, "write", body=body).status_code == 422
    assert cards(app) == []


def test_each_has_as_many_as_the_plan_says(app: Flask) -> None:
    _fatima, number, aud, _bo = cloud(app, most=2)
    does(aud, number, "write", body="Havet")
    assert "Du har 1 svar igjen." in sees(aud, number)
    writes = [partial(does, aud, number, "write", body=word) for word in ("Fjellet", "Byen")]
    assert sorted(at_once(writes)) == [303, 422]
    taps(aud, number, "take_back", ids(app)["Havet"])
    assert does(aud, number, "write", body="Skogen").status_code == 303


def test_a_blocked_word_is_held_and_its_author_told(app: Flask) -> None:
    fatima, number, aud, bo = cloud(app, blocked="Tull\ndumme greier")
    does(aud, number, "write", body="tullet")
    does(aud, number, "write", body="Havet")
    assert "tullet" not in sees(bo, number) and "1 svar er holdt tilbake." in sees(bo, number)
    assert "Ordet står på lista" in sees(aud, number)
    presses(fatima, number, "approve", ids(app)["tullet"])
    assert "tullet" in sees(bo, number)


def test_a_word_is_held_with_all_who_said_it(app: Flask) -> None:
    fatima, number, aud, bo = cloud(app)
    does(aud, number, "write", body="Havet")
    does(bo, number, "write", body="havet")
    room, _ = listens(app, bo, f"room:{number}")
    heard(app, room)
    presses(fatima, number, "hold", ids(app)["Havet"])
    assert [card.state for card in cards(app)] == ["held", "held"]
    assert "Havet" not in told(heard(app, room)) and "Holdt tilbake." in sees(bo, number)


def test_words_that_few_say_are_left_out(app: Flask) -> None:
    _fatima, number, aud, bo = cloud(app, least=2)
    for guest in (aud, bo):
        does(guest, number, "write", body="Havet")
    does(aud, number, "write", body="Fjellet")
    assert [text for text, _size in drawn(sees(bo, number))] == ["Havet"]


def test_a_hidden_cloud_is_in_no_frame_before_it_is_revealed(app: Flask) -> None:
    fatima, number, aud, bo = cloud(app, hidden=True)
    projector = shows_screen(app, number)
    room, _ = listens(app, bo, f"room:{number}")
    screen, _ = listens(app, projector, f"room:{number}:screen")
    does(aud, number, "write", body="Havet")
    assert "Havet" not in told(heard(app, room)) + told(heard(app, screen)) + sees(bo, number)
    assert "Havet" in sees(fatima, number, "console")
    drives(fatima, number, "reveal")
    assert "Havet" in told(heard(app, room)) and "Havet" in sees(projector, number, "screen")
    drives(fatima, number, "conceal")
    assert "Havet" not in sees(bo, number)


def test_long_words_fit_and_none_overlap() -> None:
    texts = ["a" * 40, "Havet", "Grønn by", "å", *(f"ord{turn}" for turn in range(50))]
    said = [Card(id=n, body=text, author=f"p:{n}") for n, text in enumerate(texts, start=1)]
    boxes = []
    for word in laid_out(counted(said, "nb")).words:
        half = len(word.text) * word.size * LETTER / 2
        boxes.append((word.x - half, word.x + half, word.y - word.size * 0.75, word.y))
    assert all(left >= 0 and right <= WIDTH for left, right, _top, _foot in boxes)
    for place, (left, right, top, foot) in enumerate(boxes):
        for l2, r2, t2, f2 in boxes[place + 1 :]:
            assert right <= l2 or r2 <= left or foot <= t2 or f2 <= top


@pytest.mark.parametrize(
    "typed", [{"most": "0"}, {"most": "x"}, {"least": "21"}, {"blocked": "a" * 2001}]
)
def test_rules_that_cannot_be_used_are_told(app: Flask, typed: dict[str, str]) -> None:
    given = {"most": "3", "least": "1"} | typed
    assert set(set_rules(app, "cloud", **given)) == set(typed)
