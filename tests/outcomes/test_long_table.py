"""The CSV as somebody opens it in a Norwegian spreadsheet: cells, figures, kinds of lines."""

from __future__ import annotations

import csv
import re
from io import StringIO

import pytest
from flask import Flask

from tests.activities.test_insides import grouped
from tests.activities.voting import guests, votes, voting
from tests.facilitation.holding import drives
from tests.outcomes.harvesting import PAGE, closes, harvests, keys, written
from tests.outcomes.test_minutes import sheets
from tests.people import Visitor

HEADING = "Type;Aktivitet nr.;Aktivitet;Slags aktivitet;Rad nr.;Kolonne;Verdi"
WORDS = {
    "nb": HEADING,
    "nn": "Type;Aktivitet nr.;Aktivitet;Slags aktivitet;Rad nr.;Kolonne;Verdi",
    "en": "Type;Activity no.;Activity;Kind of activity;Row no.;Column;Value",
}


def lines(content: bytes, type_: str = "") -> list[dict[str, str]]:
    """Read the lines of a type, or all."""
    found = csv.DictReader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
    return [row for row in found if not type_ or row["Type"] == type_]


def opened(visitor: Visitor, number: int) -> bytes:
    """Fetch the file."""
    answer = visitor.gets(PAGE.format(number=number, what="minutes.csv"))
    assert answer.content_type == "text/csv; charset=utf-8"
    content: bytes = answer.get_data()
    return content


def raw(content: bytes, column: str) -> list[str]:
    """Return the values of a column with the marks that stand around them."""
    return re.findall(rf';"{column}";([^\r\n]*)\r\n', content.decode("utf-8-sig"))


def test_each_line_says_what_it_is_about_and_all_have_the_same_columns(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = written(app, fatima)
    assert harvests(fatima, number, keys(fatima, number)[0]).status_code == 303
    closes(fatima, number)
    content = opened(fatima, number)
    assert content.startswith(b'\xef\xbb\xbf"Type";')
    heading = content.decode("utf-8-sig").partition("\r\n")[0]
    assert heading.replace('"', "") == HEADING
    found = lines(content)
    assert list(dict.fromkeys(row["Type"] for row in found)) == [
        "Om verkstedet", "Aktivitet", "Resultat", "Utfall",
    ]  # fmt: skip
    assert {len(row) for row in found} == {7} and not any(None in row for row in found)
    about = lines(content, "Om verkstedet")
    assert not any(row["Aktivitet"] or row["Rad nr."] for row in about)
    assert {row["Kolonne"] for row in lines(content, "Utfall")} >= {"Tittel", "Kode", "Adresse"}


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
def test_the_columns_are_named_in_plain_words_of_the_reader(app: Flask, lang: str) -> None:
    fatima = Visitor(app, "fatima")
    number = written(app, fatima)
    fatima.gets(f"/preferences?language={lang}&next=/")
    heading = opened(fatima, number).decode("utf-8-sig").partition("\r\n")[0]
    assert heading.replace('"', "") == WORDS[lang]


def test_figures_are_figures_with_a_comma_and_text_is_text(app: Flask) -> None:
    fatima, number = voting(app, "score", most=5)
    ada, bo = guests(app, number, 2)
    votes(ada, number, "option:1=4")
    votes(bo, number, "option:1=5")
    for order in ("close", "reveal"):
        assert drives(fatima, number, order).status_code == 303
    content = opened(fatima, number)
    assert raw(content, "Deltok") == ["2"]
    means = [row for row in lines(content, "Resultat") if row["Verdi"] == "4,5"]
    assert len(means) == 1 and raw(content, means[0]["Kolonne"])[0] == "4,5"
    assert raw(content, "Hva")[0].startswith('"')
    # What sums up a vote is no result among others, and says only what it has to say.
    sums = lines(content, "Oppsummering")
    assert [row["Verdi"] for row in sums] == ["2 av 2 har stemt", "2"]
    assert "." not in "".join(row["Verdi"] for row in lines(content, "Resultat"))


def test_a_share_is_a_figure_too(app: Flask) -> None:
    fatima, number, aud = grouped(app, "statements")
    votes(aud, number, "group:1=1")
    for order in ("close", "reveal"):
        assert drives(fatima, number, order).status_code == 303
    assert "100 %" in raw(opened(fatima, number), "Andel enige")
    book = fatima.gets(PAGE.format(number=number, what="minutes.xlsx")).get_data()
    assert any("<v>1</v>" in sheet for sheet in sheets(book))
