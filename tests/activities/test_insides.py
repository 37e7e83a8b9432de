"""What lies in a group that is voted on can be read while one votes; nothing unseen is in it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask

from tests.activities.playing import ids, presses, shows_screen
from tests.activities.test_grouping import SAID, picks
from tests.activities.voting import guests, sets, votes
from tests.facilitation.holding import does, drives, held, joins, sees
from tests.live_page import LivePage
from tests.people import Visitor

KINDS = ("dots", "approval", "score", "ranking", "pairwise", "matrix", "statements", "poll")
INSIDE = re.compile(r'<details class="sb-inside">.*?</details>', re.S)


def grouped(
    app: Flask, kind: str, names: tuple[str, str] = ("Musikk", "Mat"), **rules: Any
) -> tuple[Visitor, int, Visitor]:
    """Hold a workshop in which two groups and a card alone are voted on."""
    fatima = Visitor(app, "fatima")
    steps = (("brainstorm", "Hva mangler?"), ("grouping", "Samle"), (kind, "Velg"))
    number = held(fatima, steps)
    sets(app, number, **rules)
    aud = joins(app, number)
    drives(fatima, number, "next")
    for body in SAID:
        assert does(aud, number, "write", body=body).status_code == 303
    drives(fatima, number, "next")
    drives(fatima, number, "together", **picks(app, *SAID[:2]))
    drives(fatima, number, "together", **picks(app, *SAID[2:4]))
    for group, name in zip("12", filter(None, names), strict=False):
        fields = {f"title-{group}": name, f"seen-{group}": "1"}
        assert presses(fatima, number, "rename", group, **fields).status_code == 303
    assert drives(fatima, number, "next").status_code == 303
    return fatima, number, aud


@pytest.mark.parametrize("kind", KINDS)
def test_a_phone_shows_what_is_in_a_group_that_is_voted_on(app: Flask, kind: str) -> None:
    _fatima, number, aud = grouped(app, kind)
    seen = "".join(INSIDE.findall(sees(aud, number)))
    if kind == "pairwise":  # two at a time: the pair that this person is asked about
        assert sum(body in seen for body in SAID) >= 2
    elif kind in ("matrix", "statements"):  # one at a time
        assert [body for body in SAID if body in seen] == list(SAID[:2])
    else:
        assert [body for body in SAID if body in seen] == list(SAID[:4])
        assert seen.count("Se de 2 lappene") == 2
    assert SAID[4] not in seen  # a card alone says what it says


def test_what_was_put_in_order_can_be_opened_too(app: Flask) -> None:
    _fatima, number, aud = grouped(app, "ranking")
    assert votes(aud, number, "group:2=1").status_code == 303
    page = sees(aud, number)
    assert len(INSIDE.findall(page)) == 2 and page.index(SAID[2]) < page.index(SAID[0])


def test_what_is_opened_stays_open_when_one_votes(app: Flask) -> None:
    _fatima, number, aud = grouped(app, "dots")
    page = sees(aud, number)
    names = re.findall(r'<summary id="(inside-[^"]+)"', page)
    votes(aud, number, "group:1=1")
    # The page keeps open what has the same name after it is drawn anew.
    assert names == re.findall(r'<summary id="(inside-[^"]+)"', sees(aud, number))
    assert len(set(names)) == 2


def test_what_is_hidden_or_concealed_later_is_read_inside_no_group(app: Flask) -> None:
    fatima, number, aud = grouped(app, "dots")
    assert SAID[0] in sees(aud, number)
    for _step in range(2):
        drives(fatima, number, "back")
    card = ids(app)[SAID[0]]
    presses(fatima, number, "hide", card, **{f"reason-{card}": "Navn."})
    for _step in range(2):
        drives(fatima, number, "next")
    page = sees(aud, number)
    assert SAID[0] not in page and SAID[1] in page and "Se lappen" in page
    for _step in range(2):
        drives(fatima, number, "back")
    assert drives(fatima, number, "conceal").status_code == 303
    for _step in range(2):
        drives(fatima, number, "next")
    projector = shows_screen(app, number)
    for page in (sees(aud, number), sees(projector, number, "screen")):
        assert "Musikk" in page and not any(body in page for body in SAID)


def test_a_group_without_a_name_is_not_called_by_what_was_concealed(app: Flask) -> None:
    fatima, number, aud = grouped(app, "dots", names=("", ""))
    assert SAID[0] in sees(aud, number)
    for order in ("back", "back", "conceal", "next", "next"):
        assert drives(fatima, number, order).status_code == 303
    projector = shows_screen(app, number)
    for page in (sees(aud, number), sees(projector, number, "screen")):
        assert "Gruppe uten navn" in page and not any(body in page for body in SAID[:4])


def test_the_projector_shows_cards_under_a_group_where_there_is_room(app: Flask) -> None:
    fatima, number, aud = grouped(app, "approval")
    projector = shows_screen(app, number)
    page = sees(projector, number, "screen")
    assert all(body in page for body in SAID)
    drives(fatima, number, "back")
    drives(fatima, number, "back")
    for place in range(16):
        does(aud, number, "write", body=f"Enda en lapp, nummer {place:02d}")
    drives(fatima, number, "next")
    drives(fatima, number, "next")
    drives(fatima, number, "close")
    drives(fatima, number, "again")
    page = sees(projector, number, "screen")
    assert "Musikk" in page and SAID[0] not in page and "side 1 av 2" in page


def test_who_types_in_ballots_on_paper_can_read_what_is_in_the_groups(app: Flask) -> None:
    fatima, number, _aud = grouped(app, "dots")
    page = sees(fatima, number, "paper-ballots")
    assert "Hva ligger i gruppene?" in page and all(body in page for body in SAID[:4])


def test_a_blank_ballot_is_drawn_once_and_shows_the_same_to_all(app: Flask) -> None:
    _fatima, number, aud = grouped(app, "approval")
    (bo,) = guests(app, number, 1)
    owns = [LivePage(sees(guest, number)).text() for guest in (aud, bo)]
    assert all(SAID[0] in text for text in owns)
