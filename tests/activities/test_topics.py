"""A topic for each table: told where one sits, on the wall, to those who lead, and afterwards."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask

from tests.activities.playing import presses, set_rules, shows_screen
from tests.activities.test_tables import around, tables, writes
from tests.facilitation.holding import drives, sees
from tests.outcomes.harvesting import PAGE, closes, reads
from tests.outcomes.test_minutes import cells, files

TOPICS = "Trafikk og sykkel\nTrær & skygge\nMøteplasser"


def cafe(app: Flask, people: int = 4, **rules: Any) -> Any:
    return around(app, people, **{"way": "people", "size": 2, "topics": TOPICS} | rules)


def test_each_topic_has_a_table_and_is_told_there(app: Flask) -> None:
    fatima, number, guests = cafe(app)
    assert tables(app) == [1, 2, 3, 1]  # two tables would do, but there are three topics
    pages = [sees(guest, number) for guest in guests]
    for page, topic in zip(
        pages, ("Trafikk og", "Trær &amp;", "Møteplasser", "Trafikk og"), strict=True
    ):
        assert topic in page
    assert "Møteplasser" not in pages[0]
    for visitor, view in ((fatima, "console"), (shows_screen(app, number), "screen")):
        page = sees(visitor, number, view)
        assert all(topic in page for topic in ("Trafikk og", "Trær &amp;", "Møteplasser")), view


def test_whoever_moves_on_gets_the_next_tables_topic(app: Flask) -> None:
    fatima, number, guests = cafe(app)
    drives(fatima, number, "round")
    assert writes(guests[3], number, "Sykkelbro", 1) == 303
    drives(fatima, number, "round")
    page = sees(guests[3], number)  # the host of table 1 is another
    assert "Trær &amp; skygge" in page and "Det du skrev ved bord 1" in page
    assert "Trafikk og sykkel" in page.partition("Det du skrev ved bord 1")[2]


def test_with_more_tables_than_topics_they_begin_anew(app: Flask) -> None:
    _fatima, number, guests = cafe(app, people=8)
    assert tables(app) == [1, 2, 3, 4] * 2
    assert "Trafikk og sykkel" in sees(guests[3], number)


def test_results_minutes_and_files_tell_the_topic(app: Flask) -> None:
    fatima, number, guests = cafe(app)
    drives(fatima, number, "round")
    assert writes(guests[1], number, "Trær langs havna", 1) == 303
    assert presses(fatima, number, "do", "reveal").status_code == 303
    for visitor, view in ((guests[0], "room"), (shows_screen(app, number), "screen")):
        assert "Trær &amp; skygge" in sees(visitor, number, view), view
    closes(fatima, number)
    assert "Trær &amp; skygge" in reads(fatima, PAGE.format(number=number, what="minutes"))
    found = files(fatima, number)
    step = json.loads(found["minutes.json"])["activities"][0]
    assert step["columns"] == ["Bord", "Tema", "Runde", "Lapp"]
    assert step["rows"] == [[2, "Trær & skygge", 1, "Trær langs havna"]]
    assert "Trær & skygge" in cells(found["minutes.xlsx"])
    assert '"Tema";"Trær & skygge"' in found["minutes.csv"].decode("utf-8-sig")


def test_without_topics_nothing_is_said_of_them(app: Flask) -> None:
    fatima, number, guests = cafe(app, topics="")
    assert tables(app) == [1, 2, 1, 2]
    for visitor, view in ((guests[0], "room"), (fatima, "console")):
        assert (
            "Tema" not in sees(visitor, number, view).partition("<main")[2].partition("</main")[0]
        )


@pytest.mark.parametrize(
    ("topics", "fits"),
    [(TOPICS, True), ("", True), ("x" * 121, False), ("\n".join("abc" for _ in range(31)), False)],
)
def test_topics_are_short_and_not_too_many(app: Flask, topics: str, fits: bool) -> None:
    assert ("topics" in set_rules(app, "tables", way="people", topics=topics)) is not fits
