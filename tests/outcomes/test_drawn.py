"""The minutes draw a result as the room saw it, with the same as a table; never what it did not."""

from __future__ import annotations

import json
import re
from functools import partial
from io import BytesIO
from zipfile import ZipFile

import pytest
from flask import Flask

from tests.activities.test_contract import BALLOTS, first_mark
from tests.activities.voting import OPTIONS, guests, votes, voting
from tests.facilitation.holding import does, drives, joins
from tests.outcomes.harvesting import PAGE, closes, reads
from tests.people import Visitor


@pytest.mark.parametrize("key", BALLOTS)
def test_every_kind_of_vote_is_drawn_with_its_table(app: Flask, key: str) -> None:
    fatima, number = voting(app, key)
    for guest in guests(app, number, 5):
        votes(guest, number, first_mark(guest, number))
    minutes = PAGE.format(number=number, what="minutes")
    before = reads(fatima, minutes)
    assert "sb-outcome" not in before and "Vis som tabell" not in before
    drives(fatima, number, "reveal")
    closes(fatima, number)
    page = reads(fatima, minutes)
    assert "sb-outcome" in page and "Vis som tabell" in page
    assert page.count("5 av 5 har stemt") == 2
    assert "Runde" not in page  # where there was one only


def test_of_two_rounds_the_last_that_was_shown_is_drawn_and_all_are_in_the_table(
    app: Flask,
) -> None:
    fatima, number = voting(app, "dots")
    guest = joins(app, number)
    votes(guest, number, "option:1=2")
    drives(fatima, number, "reveal")
    drives(fatima, number, "again")
    votes(guest, number, "option:2=3")
    minutes = PAGE.format(number=number, what="minutes")
    assert "Runde" not in reads(fatima, minutes)  # the second one has not been shown
    drives(fatima, number, "reveal")
    drawing, _, table = reads(fatima, minutes).partition("Alle rundene som tabell")
    assert '<p class="sb-quiet">Runde 2</p>' in drawing and "opp" in drawing
    assert ">Runde</th>" in table and "<td>1</td>" in table and "<td>2</td>" in table


def test_a_table_is_named_by_its_activity_and_its_rows_by_what_they_are_about(app: Flask) -> None:
    fatima, number = voting(app, "dots")
    guest = joins(app, number)
    votes(guest, number, "option:1=2")
    drives(fatima, number, "reveal")
    minutes = PAGE.format(number=number, what="minutes")
    summary = re.search("<summary>(Vis som.*?)</summary>", reads(fatima, minutes))
    assert summary is not None
    assert re.sub("<[^>]*>", "", summary[1]) == "Vis som tabell: Hva skal vi gjøre med torget?"
    drives(fatima, number, "again")
    drives(fatima, number, "reveal")
    page = reads(fatima, minutes)
    assert re.search("<summary>Alle rundene som tabell<", page)
    body, foot = re.findall("<tbody>(.*?)</tbody>\\s*<tfoot>(.*?)</tfoot>", page, re.DOTALL)[0]
    named = re.findall(r'<th scope="row"><span lang="nb">([^<]*)<', body)
    assert sorted(named) == sorted(OPTIONS * 2)
    assert "har stemt" not in body and foot.count("<tr>") == 2
    assert "1 av 1 har stemt" in foot and "0 av 1 har stemt" in foot
    rows = json.loads(reads(fatima, minutes + ".json"))["activities"][-1]["rows"]
    assert len(rows) == 10 and "1 av 1 har stemt" in rows[4]


def test_a_cloud_is_drawn_when_it_has_been_shown(app: Flask) -> None:
    fatima, number = voting(app, "cloud", hidden=True)
    does(joins(app, number), number, "write", body="Fjorden")
    minutes = PAGE.format(number=number, what="minutes")
    assert "Fjorden" not in reads(fatima, minutes)
    drives(fatima, number, "reveal")
    page = reads(fatima, minutes)
    assert '<svg class="sb-cloud"' in page and "Vis som tabell" in page


def test_means_are_told_with_two_decimals_and_columns_are_as_wide_as_what_is_in_them(
    app: Flask,
) -> None:
    fatima, number = voting(app, "matrix")
    for turn, guest in enumerate(guests(app, number, 3)):
        votes(guest, number, f"option:1={5 if turn else 4}")
        votes(guest, number, f"option:1~{2 if turn else 4}")
    drives(fatima, number, "reveal")
    page = PAGE.format(number=number, what="minutes.{form}")
    held = json.loads(reads(fatima, page.format(form="json")))["activities"]
    vote = next(each for each in held if each["rows"])
    first = dict(zip(vote["columns"], vote["rows"][0], strict=True))
    assert (first["Virkning"], first["Innsats"]) == (4.67, 2.67)
    with ZipFile(BytesIO(fatima.gets(page.format(form="xlsx")).get_data())) as book:
        sheet = book.read("xl/worksheets/sheet3.xml").decode()
    widths = dict(re.findall(r'<col min="(\d+)" max="\d+" width="([\d.]+)"', sheet))
    place, title = (str(vote["columns"].index(name) + 1) for name in ("Plass", "Hva"))
    assert float(widths[place]) < 10 < float(widths[title])


@pytest.mark.parametrize(
    ("kind", "item", "names"),
    [
        ("fist", "question:1", ["5 fingre", "4 fingre", "3 fingre", "2 fingre", "1 finger",
                                "0 fingre"]),
        ("score", "option:1", ["Ga 5", "Ga 4", "Ga 3", "Ga 2", "Ga 1"]),
        ("scale", "option:1", ["Ga 5", "Ga 4", "Ga 3", "Ga 2", "Ga 1"]),
    ],
)  # fmt: skip
def test_files_tell_how_many_gave_each_value_once_enough_have(
    app: Flask, kind: str, item: str, names: list[str]
) -> None:
    fatima, number = voting(app, kind)
    people = guests(app, number, 6)
    for guest, given in zip(people[:4], (5, 5, 4, 2), strict=True):
        votes(guest, number, f"{item}={given}")
    drives(fatima, number, "reveal")
    told = partial(everywhere, fatima, number)
    assert told(names[0]) == set()
    drives(fatima, number, "again")
    for guest, given in zip(people, (5, 5, 4, 2, 2, 2), strict=True):
        votes(guest, number, f"{item}={given}")
    drives(fatima, number, "reveal")
    minutes = json.loads(reads(fatima, PAGE.format(number=number, what="minutes.json")))
    vote = next(each for each in minutes["activities"] if each["rows"])
    rows = [dict(zip(vote["columns"], row, strict=True)) for row in vote["rows"]]
    of_each = [[row[name] for name in names] for row in rows if row["Hva"] == rows[0]["Hva"]]
    assert of_each == [[""] * len(names), [2, 1, 0, 3, *[0] * (len(names) - 4)]]
    assert all(told(name) == {"minutes", "minutes.csv", "minutes.json"} for name in names)
    with ZipFile(
        BytesIO(fatima.gets(PAGE.format(number=number, what="minutes.xlsx")).data)
    ) as book:
        shared = book.read("xl/sharedStrings.xml").decode()
    assert all(f">{name}</t>" in shared for name in names)


def everywhere(leader: Visitor, number: int, words: str) -> set[str]:
    """Return where words stand: on the minutes' page, and in the files that are text."""
    pages = ("minutes", "minutes.csv", "minutes.json")
    return {p for p in pages if words in reads(leader, PAGE.format(number=number, what=p))}
