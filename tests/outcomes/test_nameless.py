"""A group without a name is called by one name in every view: by its first card, and how many."""

from __future__ import annotations

import json
import re
from html import unescape
from io import BytesIO
from zipfile import ZipFile

from flask import Flask

from smartby.extensions import db
from smartby.workshops.models import Workshop
from smartby.workshops.queries import steps_of
from tests.activities.playing import heard, ids, presses, shows_screen
from tests.activities.test_grouping import SAID, picks
from tests.activities.voting import votes
from tests.facilitation.holding import does, drives, held, joins, listens, sees
from tests.outcomes.harvesting import PAGE, closes, reads
from tests.outcomes.test_minutes import files
from tests.people import Visitor

STEPS = (("brainstorm", "Hva mangler?"), ("grouping", "Samle like lapper"), ("dots", "Stem"))
NAME = f"«{SAID[1]}» og 1 lapp til"
INNER = NAME.translate({ord("«"): "‘", ord("»"): "’"})  # within quotation marks
NOBODYS = "Gruppe uten navn"
HEADS = re.compile(r'<div class="sb-group__head"[^>]*><h[23][^>]*>(.*?)</h[23]>')


def nameless(app: Flask) -> tuple[Visitor, int, Visitor]:
    """Hold a workshop in which cards are put together; the room no longer sees the first one."""
    fatima = Visitor(app, "fatima")
    number = held(fatima, STEPS)
    drives(fatima, number, "next")
    guest = joins(app, number)
    for body in SAID[:4]:
        assert does(guest, number, "write", body=body).status_code == 303
    drives(fatima, number, "next")
    drives(fatima, number, "back")
    drives(fatima, number, "conceal")
    for body in SAID[1:4]:
        assert presses(fatima, number, "spotlight", ids(app)[body]).status_code == 303
    drives(fatima, number, "next")
    assert drives(fatima, number, "together", **picks(app, *SAID[:3])).status_code == 303
    return fatima, number, guest


def last_step(app: Flask, number: int) -> int:
    """Return the number of the last step of a programme."""
    with app.app_context():
        return steps_of(db.session.get_one(Workshop, number))[-1].id


def heads(page: str) -> list[str]:
    """Return what the groups of a page are called."""
    return [unescape(name) for name in HEADS.findall(page)]


def test_all_who_look_on_while_cards_are_put_together_see_one_name(app: Flask) -> None:
    fatima, number, guest = nameless(app)
    projector = shows_screen(app, number)
    pages = [
        sees(fatima, number, "console"),
        sees(guest, number),
        sees(projector, number, "screen"),
    ]
    assert [heads(page) for page in pages] == [[NAME]] * 3
    assert f'Legg de valgte her<span class="ds-sr-only"> «{INNER}»' in pages[0]
    assert NOBODYS not in "".join(pages)
    page = sees(fatima, number, "console")
    assert page.count(SAID[0]) == 1  # those who lead see the card, and no name made of it


def test_no_quotation_marks_are_doubled_where_its_name_is_quoted(app: Flask) -> None:
    fatima, number, guest = nameless(app)
    pages = [sees(fatima, number, "console")]
    drives(fatima, number, "next")
    pages.append(sees(guest, number))
    path = PAGE.format(number=number, what="paper-ballots")
    pages.append(fatima.posts(path, lines=f"{NAME} 99", people="2").get_data(as_text=True))
    for page in pages:
        said = unescape(re.sub("<[^>]*>", "", page))
        assert f"«{INNER}»" in said and "««" not in said


def test_a_name_follows_when_the_first_card_is_taken_out(app: Flask) -> None:
    fatima, number, guest = nameless(app)
    streams = (f"room:{number}:staff", f"room:{number}")
    leading, _numbers = listens(app, fatima, streams[0])
    following, _numbers = listens(app, guest, streams[1])
    heard(app, leading)
    heard(app, following)
    assert drives(fatima, number, "out", **picks(app, SAID[1])).status_code == 303
    for ops in (heard(app, leading), heard(app, following)):
        drawn = [op["html"] for op in ops if op["target"].startswith("head-")]
        assert [heads(html) for html in drawn] == [[SAID[2]]]


def test_votes_minutes_files_and_harvest_call_it_the_same(app: Flask) -> None:
    fatima, number, guest = nameless(app)
    drives(fatima, number, "next")
    projector = shows_screen(app, number)
    for page in (
        sees(guest, number),
        sees(projector, number, "screen"),
        sees(fatima, number, "paper-ballots"),
        sees(fatima, number, f"programme/{last_step(app, number)}/ballots"),
    ):
        assert NAME in unescape(page) and NOBODYS not in page
    assert votes(guest, number, "group:1=1").status_code == 303
    for order in ("close", "reveal"):
        assert drives(fatima, number, order).status_code == 303
    assert NAME in unescape(sees(fatima, number, "console"))
    assert NAME in unescape(reads(fatima, PAGE.format(number=number, what="harvest")))
    form = reads(fatima, PAGE.format(number=number, what="harvest/new?pick=group:1"))
    # An idea's title says nothing of how many cards there were.
    assert f'value="{SAID[1]}"' in form
    closes(fatima, number)
    found = files(fatima, number)
    steps = json.loads(found["minutes.json"])["activities"]
    assert [steps[1]["rows"][0][0], steps[2]["rows"][0][1]] == [NAME, NAME]
    with ZipFile(BytesIO(found["minutes.xlsx"])) as book:
        sheet = book.read("xl/sharedStrings.xml").decode()
    page = unescape(reads(fatima, PAGE.format(number=number, what="minutes")))
    for text in (sheet, page, found["minutes.csv"].decode()):
        assert NAME in text and NOBODYS not in text and SAID[0] not in text


def test_one_in_which_nothing_may_be_seen_has_no_name_anywhere(app: Flask) -> None:
    fatima, number, guest = nameless(app)
    drives(fatima, number, "next")
    for order in ("back", "back", "conceal", "next"):
        assert drives(fatima, number, order).status_code == 303
    assert heads(sees(fatima, number, "console")) == [NOBODYS]
    drives(fatima, number, "next")
    assert NOBODYS in sees(guest, number)
