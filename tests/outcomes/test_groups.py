"""From cards by way of groups and votes to an idea: each is harvested once, with its votes."""

from __future__ import annotations

from flask import Flask

from tests.activities.test_grouping import SAID, picks
from tests.activities.voting import votes
from tests.facilitation.holding import does, drives, held, joins
from tests.outcomes.harvesting import PAGE, announce, closes, harvests, keys, reads
from tests.outcomes.test_minutes import files
from tests.people import Visitor

STEPS = (("brainstorm", "Hva mangler?"), ("grouping", "Samle like lapper"), ("dots", "Stem"))


def voted(app: Flask) -> tuple[Visitor, int]:
    """Hold a workshop in which the second of two groups gets two votes."""
    fatima = Visitor(app, "fatima")
    number = held(fatima, STEPS)
    drives(fatima, number, "next")
    kari = joins(app, number, "kari", linked="y", consents="y")
    for body in SAID:
        assert does(kari, number, "write", body=body).status_code == 303
    drives(fatima, number, "next")
    drives(fatima, number, "together", **picks(app, *SAID[:2]))
    drives(fatima, number, "together", **picks(app, *SAID[2:4]))
    drives(fatima, number, "next")
    assert votes(kari, number, "group:2=2").status_code == 303
    for order in ("close", "reveal"):
        assert drives(fatima, number, order).status_code == 303
    return fatima, number


def test_groups_come_first_by_votes_and_their_cards_go_with_them(app: Flask) -> None:
    fatima, number = voted(app)
    first, second, loose = keys(fatima, number)
    assert (first, second, loose.partition(":")[0]) == ("group:2", "group:1", "card")
    form = PAGE.format(number=number, what=f"harvest/new?pick={first}")
    page = reads(fatima, form)
    assert "Resultatet der: 2 prikker." in page and f"&gt; {SAID[2]}" in page
    assert harvests(fatima, number, first).status_code == 303
    assert keys(fatima, number) == [second, loose]
    page = reads(Visitor(app), "/havnvik/ideas/1")
    for words in ("2 prikker i rommet.", SAID[2], SAID[3], "Med bidrag fra Kari Solheim."):
        assert words in page
    assert SAID[0] not in page


def test_every_file_tells_of_groups_and_votes(app: Flask) -> None:
    fatima, number = voted(app)
    announce(app, number)
    closes(fatima, number)
    found = files(Visitor(app), number)
    sheet = found["minutes.csv"].decode("utf-8-sig")
    assert "Gruppe" in sheet and SAID[4] in sheet and "Kari" not in sheet
    page = reads(Visitor(app), PAGE.format(number=number, what="minutes"))
    assert "Stem" in page and SAID[0] in page and "Kari" not in page
