"""What was voted on twice: told with both results, and never with cards that nobody wrote."""

from __future__ import annotations

import re

from flask import Flask

from tests.activities.test_grouping import SAID, picks
from tests.activities.voting import sets, votes
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


def test_cards_that_the_text_quotes_are_not_listed_once_more(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    steps = (("brainstorm", "Hva mangler?"), ("grouping", "Samle"), ("dots", "Stem"))
    number = held(fatima, steps)
    guest = joins(app, number)
    drives(fatima, number, "next")
    for body in SAID[:3]:
        does(guest, number, "write", body=body)
    drives(fatima, number, "next")
    drives(fatima, number, "gather", **picks(app, *SAID[:3]))
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
