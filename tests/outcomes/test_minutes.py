"""The minutes: who may read them and when, what is told and what never is, and the files."""

from __future__ import annotations

import csv
import json
import unicodedata
import zipfile
from io import BytesIO, StringIO
from xml.etree import ElementTree

import pytest
from flask import Flask

from tests.corpora.formulas import FORMULAS
from tests.facilitation import holding
from tests.facilitation.holding import does, drives, held, joins, run_of
from tests.outcomes.harvesting import CARDS, PAGE, announce, closes, harvests, keys, reads, written
from tests.people import Visitor

FILES = ("minutes.pdf", "minutes.xlsx", "minutes.csv", "minutes.json", "board.png", "board.svg")
STARTS = {"pdf": b"%PDF-", "xlsx": b"PK", "png": b"\x89PNG", "svg": b"<svg", "json": b"{"}
EVIL = '=HYPERLINK("https://evil.example","x")'


def files(visitor: Visitor, number: int) -> dict[str, bytes]:
    answers = {what: visitor.gets(PAGE.format(number=number, what=what)) for what in FILES}
    assert {what: answer.status_code for what, answer in answers.items()} == dict.fromkeys(
        FILES, 200
    )
    return {what: answer.get_data() for what, answer in answers.items()}


def sheets(content: bytes) -> list[str]:
    """Read the sheets of a workbook as they are stored."""
    with zipfile.ZipFile(BytesIO(content)) as book:
        return [book.read(name).decode() for name in book.namelist() if "worksheets/sheet" in name]


def cells(content: bytes) -> list[str]:
    """Read every text in a workbook, and make sure that no cell is a formula."""
    assert not any("<f>" in sheet or "<f " in sheet for sheet in sheets(content))
    with zipfile.ZipFile(BytesIO(content)) as book:
        shared = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))  # noqa: S314 - our own
    return ["".join(each.itertext()) for each in shared]


def test_everybody_may_read_them_once_an_announced_workshop_is_over(app: Flask) -> None:
    fatima, stranger = Visitor(app, "fatima"), Visitor(app)
    number = written(app, fatima)
    page = PAGE.format(number=number, what="minutes")
    assert stranger.gets(page).status_code == 404
    assert "Verkstedet pågår" in reads(fatima, page)
    announce(app, number)
    for who in (None, "kari"):
        for what in ("minutes", *FILES):
            assert Visitor(app, who).gets(PAGE.format(number=number, what=what)).status_code == 404
    closes(fatima, number)
    told = reads(stranger, page)
    assert CARDS[0] in told and CARDS[1] in told and "Hva mangler i sentrum?" in told
    assert "Les referatet" in reads(stranger, f"/havnvik/workshops/{number}")
    assert stranger.gets(PAGE.format(number=number, what="minutes.exe")).status_code == 404
    assert stranger.gets(PAGE.format(number=number, what="board.pdf")).status_code == 404


def test_before_the_doors_were_opened_there_are_none(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima) + 1
    assert fatima.gets(PAGE.format(number=number, what="minutes")).status_code == 404
    assert fatima.gets(PAGE.format(number=number, what="harvest")).status_code == 404


@pytest.mark.parametrize("anonymity", ["named", "pseudonymous", "strict"])
def test_no_file_names_anybody_or_tells_what_was_held_back(app: Flask, anonymity: str) -> None:
    fatima = Visitor(app, "fatima")
    number = written(app, fatima, anonymity=anonymity)
    nora = joins(app, number, name="Nora Sekretessa")
    does(nora, number, "write", body="Denne lappen er det noen som holder tilbake")
    card = keys(fatima, number)[-1].partition(":")[2]
    drives(fatima, number, "hide", card=card, reason="Persondetaljer")
    closes(fatima, number)
    announce(app, number)
    stranger = Visitor(app)
    found = files(stranger, number)
    page = reads(stranger, PAGE.format(number=number, what="minutes"))
    assert "1 lapp" in page
    texts = [page, found["minutes.json"].decode(), found["minutes.csv"].decode("utf-8-sig")]
    for text in (*texts, " ".join(cells(found["minutes.xlsx"]))):
        assert CARDS[0] in text
        for secret in ("Nora", "Kari", "Jonas", "holder tilbake", "Persondetaljer"):
            assert secret not in text, secret


def test_each_file_is_what_it_says_it_is(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = written(app, fatima)
    for what in FILES:
        answer = fatima.gets(PAGE.format(number=number, what=what))
        form = what.rpartition(".")[2]
        name = answer.headers["Content-Disposition"]
        assert name.startswith("attachment; filename=") and name.endswith(
            f'brannstasjonen-bli.{form}"'
        )
        assert answer.get_data().lstrip().startswith(STARTS.get(form, b"")), what
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    pdf = fatima.gets(PAGE.format(number=number, what="minutes.pdf")).get_data()
    assert b"/StructTreeRoot" in pdf or b"/MarkInfo" in pdf or b"pdfuaid" in pdf
    content = json.loads(fatima.gets(PAGE.format(number=number, what="minutes.json")).get_data())
    step = content["activities"][1]
    assert step["kind"] == "brainstorm" and step["rows"] == [[CARDS[0]], [CARDS[1]]]
    assert content["turnout"]["joined"] == 2


def test_spreadsheets_carry_nothing_out(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima, steps=(("brainstorm", "-2+3 ideer?"),))
    guests = [joins(app, number) for _each in FORMULAS]
    drives(fatima, number, "next")
    for guest, formula in zip(guests, FORMULAS, strict=True):
        assert does(guest, number, "write", body=formula).status_code == 303, formula
    drives(fatima, number, "reveal")
    found = files(fatima, number)
    sheet = found["minutes.csv"].decode("utf-8-sig")
    rows = list(csv.reader(StringIO(sheet, newline=""), delimiter=";"))
    flat = [cell for row in rows for cell in row]
    assert f"'{EVIL}" in flat and "'@SUM(A1)" in flat and "'-2+3 ideer?" in flat
    assert [cell for cell in flat if unseen(cell).startswith(("=", "+", "-", "@"))] == []
    # A semicolon begins no cell of its own: each stands in quotation marks, but for whole numbers.
    quoted = StringIO(newline="")
    bare = [[int(cell) if cell.isdecimal() else cell for cell in row] for row in rows]
    csv.writer(quoted, delimiter=";", quoting=csv.QUOTE_NONNUMERIC).writerows(bare)
    assert sheet == quoted.getvalue()
    assert len(rows) > len(FORMULAS) and len({len(row) for row in rows}) == 1
    assert EVIL in cells(found["minutes.xlsx"])


def unseen(cell: str) -> str:
    """Return what a spreadsheet may make of a cell: without what is not seen, and narrow."""
    return unicodedata.normalize("NFKC", cell).lstrip(" \t\r\n\x00\u200b\ufeff")


def test_typst_takes_nothing_that_people_write_for_markup(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima, steps=(("brainstorm", "#panic() og $x$?"),))
    guest = joins(app, number)
    drives(fatima, number, "next")
    for body in ('#read("/etc/passwd")', "#panic(1) *_`$ \\ <a> @x", "🚲 đŋŧ Ω", "= x\n\n- y"):
        assert does(guest, number, "write", body=body).status_code == 303
    drives(fatima, number, "reveal")
    found = files(fatima, number)
    assert b"root:" not in found["board.svg"] and found["minutes.pdf"].startswith(b"%PDF-")


def test_the_minutes_tell_what_came_of_it_in_the_readers_language(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = written(app, fatima)
    harvests(fatima, number, keys(fatima, number)[0])
    closes(fatima, number)
    announce(app, number)
    stranger = Visitor(app)
    for lang, words in (("nb", "Referat"), ("nn", "Referat"), ("en", "Minutes")):
        stranger.gets(f"/preferences?language={lang}&next=/")
        page = reads(stranger, PAGE.format(number=number, what="minutes"))
        assert "En idé fra verkstedet, nummer 1" in page and words in page
        name = stranger.gets(PAGE.format(number=number, what="minutes.pdf")).headers[
            "Content-Disposition"
        ]
        assert words.lower() in name


def test_a_long_address_is_broken_on_the_board(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima, steps=(("brainstorm", "Hva mangler?"),))
    guest = joins(app, number)
    drives(fatima, number, "next")
    does(guest, number, "write", body="https://www.example.no/" + "a" * 100)
    drives(fatima, number, "reveal")
    board = files(fatima, number)["board.svg"].decode()
    lines = [line.count("<use ") for line in board.split('<g transform="matrix')]
    assert 20 < max(lines) < 60


def test_whoever_was_shown_out_took_part_until_then(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima)
    joins(app, number)
    team = joins(app, number, heads="4", at_home="y")
    drives(fatima, number, "next")
    person = holding.who(app, team, number).id
    assert drives(fatima, number, "kick", participant=str(person)).status_code == 303
    assert run_of(app, number).joined == 1  # whoever comes now has room
    closes(fatima, number)
    page = reads(fatima, PAGE.format(number=number, what="minutes"))
    assert '<dt>Deltok</dt><dd class="sb-num">5 <span class="sb-quiet">(4 hjemmefra)' in page
    content = json.loads(files(fatima, number)["minutes.json"])
    assert content["turnout"] == {"joined": 5, "at_home": 4, "on_paper_only": 0}
    assert '"Deltok";5' in files(fatima, number)["minutes.csv"].decode()
