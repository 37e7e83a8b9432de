"""Ballots to print: what a vote asks, in the words of its rules, before it is held and while."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask

from smartby.core.transaction import transaction
from smartby.extensions import db
from smartby.workshops.models import Workshop
from smartby.workshops.queries import steps_of
from tests.activities.test_grouping import SAID
from tests.activities.test_insides import grouped
from tests.activities.voting import OPTIONS, voting
from tests.facilitation.holding import drives, held, sees
from tests.people import Visitor
from tests.workshops.planning import adds, planned
from tests.workshops.test_leads import gives


def address(app: Flask, number: int) -> str:
    """Return where the ballots of a programme's last step are."""
    with app.app_context():
        step = steps_of(db.session.get_one(Workshop, number))[-1].id
    return f"/havnvik/workshops/{number}/programme/{step}/ballots"


def reads(visitor: Visitor, path: str) -> str:
    answer = visitor.gets(path)
    assert answer.status_code == 200, answer.status
    return re.sub(r"\s+", " ", answer.get_data(as_text=True))


@pytest.mark.parametrize(
    ("kind", "rules", "words"),
    [
        ("dots", {"budget": 3}, "Sett 3 prikker. Du kan sette flere på samme forslag."),
        ("dots", {"budget": 3, "most": 1}, "Sett 3 prikker. Høyst én på hvert forslag."),
        ("dots", {"budget": 5, "most": 2}, "Sett 5 prikker. Høyst 2 på samme forslag."),
        ("dots", {"budget": 1}, "Sett 1 prikk. "),
        ("poll", {}, "Sett ett kryss."),
        ("poll", {"several": True}, "Sett ett kryss eller flere."),
        ("approval", {"budget": 2}, "Sett kryss ved alt du kan leve med. Høyst 2 kryss."),
        ("score", {"high": 4}, "Sett ring rundt ett tall for hvert forslag. 1: Lavest. 4: Høyest."),
        ("scale", {}, "Sett ring rundt ett tall på hver linje. 1: Lavest. 5: Høyest."),
    ],
)
def test_a_ballot_says_what_the_rules_say(
    app: Flask, kind: str, rules: dict[str, Any], words: str
) -> None:
    fatima, number = voting(app, kind, **rules)
    page = reads(fatima, address(app, number))
    assert f"<p>{words}</p>" in page
    assert all(page.count(f">{title}</span>") == 4 for title in OPTIONS)
    # As many as a sheet has room for; who hears the page hears one.
    assert page.count('class="sb-ballotslip" aria-hidden="true"') == 3
    assert address(app, number) in sees(fatima, number, "paper-ballots")


def test_a_scale_of_one_question_asks_it_once(app: Flask) -> None:
    fatima, number = voting(app, "scale", options=[], high_label="Mye")
    page = reads(fatima, address(app, number))
    assert "<p>Sett ring rundt ett tall. 1: Lavest. 5: Mye.</p>" in page
    assert page.count(">Hva skal vi gjøre med torget?<") == page.count('class="sb-ballotslip"') == 4


def test_long_ballots_have_a_sheet_of_their_own(app: Flask) -> None:
    fatima, number = voting(app, "poll", options=[f"Svar {place}" for place in range(21)])
    page = reads(fatima, address(app, number))
    assert page.count('class="sb-ballotslip"') == 1 and "1 seddel på hvert ark." in page


LONG = "Sett ut flere benker med ryggstøtte og tak mot regn langs hele elva, fra torget til parken"


@pytest.mark.parametrize(
    ("options", "copies"),
    [
        ([f"Svar {place}" for place in range(14)], "2 sedler"),
        ([f"{LONG} {place}" for place in range(14)], "1 seddel"),
        ([f"{LONG} {place}" for place in range(40)], "Hver seddel tar mer enn ett ark."),
    ],
)
def test_as_many_are_on_a_sheet_as_their_words_have_room_for(
    app: Flask, options: list[str], copies: str
) -> None:
    fatima, number = voting(app, "dots", options=options)
    page = reads(fatima, address(app, number))
    assert copies in page
    assert page.count('class="sb-ballotslip"') == (2 if copies.startswith("2") else 1)


def test_its_question_is_a_heading_once(app: Flask) -> None:
    fatima, number = voting(app, "dots")
    page = reads(fatima, address(app, number))
    assert len(re.findall(r"<h2[^>]*>Hva skal vi gjøre med torget\?</h2>", page)) == 1
    assert len(re.findall(r"<p[^>]*>Hva skal vi gjøre med torget\?</p>", page)) == 3


def test_it_leads_back_to_where_one_came_from(app: Flask) -> None:
    fatima, number = voting(app, "dots")
    ballots = address(app, number)
    assert f'href="{ballots.removesuffix("/ballots")}">Endre punktet' in reads(fatima, ballots)
    gives(app, fatima, number, "amir", "helper")
    page = reads(Visitor(app, "amir"), ballots)
    assert f'href="/havnvik/workshops/{number}/paper-ballots">Stemmesedler på papir' in page
    assert "Endre punktet" not in page


def test_a_vote_that_is_planned_can_be_printed_before_the_day(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = planned(fatima)
    adds(fatima, number, "Stem", kind="dots")
    ballots = address(app, number)
    step_page = ballots.removesuffix("/ballots")
    assert ballots in reads(fatima, step_page)
    assert "ingen forslag å trykke ennå" in reads(fatima, ballots)
    with app.app_context(), transaction():
        steps_of(db.session.get_one(Workshop, number))[-1].rules = {"options": OPTIONS}
    assert "Benker i sola" in reads(fatima, ballots)
    for stranger in ("kari", None):
        assert Visitor(app, stranger).gets(ballots).status_code == 404


def test_what_cannot_be_voted_on_by_hand_has_none(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima, steps=(("dots", "Stem"), ("brainstorm", "Skriv")))
    none = address(app, number)
    assert fatima.gets(none).status_code == 404
    assert "Sedler til utskrift" not in reads(fatima, none.removesuffix("/ballots"))
    assert fatima.gets("/havnvik/workshops/1/programme/99999/ballots").status_code == 404


@pytest.mark.parametrize("before", ["grouping", "questions", "dots", "tables"])
def test_a_vote_on_what_a_planned_step_will_make_has_none_yet(app: Flask, before: str) -> None:
    fatima = Visitor(app, "fatima")
    number = planned(fatima)
    for kind in ("brainstorm", before, "dots"):
        adds(fatima, number, f"Punkt {kind}", kind=kind)
    assert "ingen forslag å trykke ennå" in reads(fatima, address(app, number))


def test_what_nobody_has_seen_is_on_no_ballot(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima, steps=(("brainstorm", "Skriv"), ("dots", "Stem")))
    drives(fatima, number, "next")
    assert "ingen forslag å trykke ennå" in reads(fatima, address(app, number))


def test_a_page_beside_the_ballots_says_what_lies_in_the_groups(app: Flask) -> None:
    fatima, number, _aud = grouped(app, "dots")
    page = reads(fatima, address(app, number))
    key = page[page.index('class="sb-ballotkey"') :]
    assert [body for body in SAID if body in key] == list(SAID[:4])  # a card alone says it itself
    assert key.index("Musikk") < key.index(SAID[0]) < key.index("Mat") < key.index(SAID[2])
    for order in ("back", "back", "conceal", "next", "next"):
        assert drives(fatima, number, order).status_code == 303
    page = reads(fatima, address(app, number))
    assert "sb-ballotkey" not in page and not any(body in page for body in SAID[:4])
