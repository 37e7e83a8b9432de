"""Tables: seated, sheets and people go round, hosts stay, what is at a table stays there."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

import pytest
from flask import Flask

from smartby.extensions import db
from smartby.facilitation.models import Participant
from tests.activities.playing import (
    cards,
    first_of,
    harvested,
    heard,
    ids,
    presses,
    rule,
    set_rules,
    shows_screen,
    taps,
    told,
)
from tests.facilitation.holding import does, drives, held, joins, listens, sees
from tests.people import Visitor
from tests.races import at_once

WORDS = "Kafé drevet av ungdom"
WRITTEN = "Det som er skrevet ved bordet"


def around(app: Flask, count: int, **rules: Any) -> tuple[Visitor, int, list[Visitor]]:
    """Hold a workshop with so many people, who have been given tables."""
    fatima = Visitor(app, "fatima")
    number = held(fatima, (("tables", "Tre ideer hver"), ("break", "Pause")))
    rule(app, "tables", **rules)
    guests = [joins(app, number) for _turn in range(count)]
    drives(fatima, number, "next")
    return fatima, number, guests


def tables(app: Flask) -> list[int | None]:
    """Return where each sits, in the order in which they came."""
    with app.app_context():
        asked = db.select(Participant).order_by(Participant.number)
        return [one.table for one in db.session.scalars(asked)]


def writes(guest: Visitor, number: int, body: str, turn: int) -> int:
    """Write on the sheet that is before somebody; return the status."""
    return int(does(guest, number, "write", body=body, turn=str(turn)).status_code)


def part(page: str, heading: str) -> str:
    """Return what stands under a heading of the participant's page."""
    assert heading in page, heading
    return page.partition(heading)[2].partition("</section>")[0]


@pytest.mark.parametrize(("anonymity", "told"), [("named", True), ("pseudonymous", False)])
def test_who_is_host_is_told_at_the_table_where_all_may_know(
    app: Flask, anonymity: str, told: bool
) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima, (("tables", "Kafé"),), anonymity=anonymity)
    rule(app, "tables", way="people", size=2)
    ola, kim = joins(app, number, name="Ola Host"), joins(app, number, name="Kim")
    drives(fatima, number, "next")
    assert "Du er vert ved bordet" in sees(ola, number)
    assert "Vert ved bordet" not in sees(ola, number)
    assert ("Vert ved bordet: Ola Host" in sees(kim, number)) is told


def test_people_are_spread_over_the_tables(app: Flask) -> None:
    fatima, number, guests = around(app, 5, size=2)
    assert tables(app) == [1, 2, 3, 1, 2]
    assert "Bord 2" in sees(guests[1], number)
    late = joins(app, number)
    assert "ikke fått plass" in sees(late, number)
    assert does(late, number, "sit").status_code == 303
    assert tables(app)[-1] == 3 and "Bord 3" in sees(late, number)
    page = sees(fatima, number, "console")
    assert "Deltaker 1" in page and "Begynn runde 1" in page


def test_sheets_go_round_and_are_built_upon(app: Flask) -> None:
    fatima, number, (aud, bo, dag) = around(app, 3, size=3)
    assert writes(aud, number, WORDS, 0) == 422  # nothing has begun
    drives(fatima, number, "round")
    assert writes(aud, number, WORDS, 1) == 303
    assert WORDS in sees(aud, number) and WORDS not in sees(bo, number)
    drives(fatima, number, "round")
    # Each has the sheet of whoever sits before them in the circle.
    assert WORDS in sees(bo, number) and WORDS not in sees(dag, number)
    assert writes(bo, number, "Med konserter", 2) == 303
    drives(fatima, number, "round")
    page = sees(dag, number)
    assert WORDS in page and "Med konserter" in page
    assert drives(fatima, number, "round").status_code == 422  # three sat, three rounds
    assert harvested(app, "tables")[1][1:] == []  # the minutes are public; the room has not seen it
    drives(fatima, number, "reveal")
    assert harvested(app, "tables")[1][1:] == [[1, 1, WORDS], [1, 2, "Med konserter"]]


def test_each_writes_three_ideas_on_a_sheet(app: Flask) -> None:
    fatima, number, (aud, *_others) = around(app, 2, size=2)
    drives(fatima, number, "round")
    deeds = [partial(does, aud, number, "write", body=f"Idé {n}", turn="1") for n in range(5)]
    assert sorted(at_once(deeds)) == [303] * 3 + [422] * 2
    assert len(cards(app)) == 3 and "Vent på neste runde" in sees(aud, number)
    drives(fatima, number, "round")
    assert writes(aud, number, WORDS, 2) == 303


def test_what_comes_after_its_round_comes_back(app: Flask) -> None:
    fatima, number, (aud, _bo) = around(app, 2, size=2)
    drives(fatima, number, "round")
    drives(fatima, number, "round")
    for turn in ("1", "", "99", "x"):
        answer = does(aud, number, "write", body=WORDS, turn=turn)
        assert answer.status_code == 409 and WORDS in answer.get_data(as_text=True)
    assert cards(app) == []


def test_at_a_cafe_people_move_on_and_hosts_stay(app: Flask) -> None:
    fatima, number, guests = around(app, 6, way="people", size=3)
    assert tables(app) == [1, 2, 1, 2, 1, 2]
    assert "Du er vert ved bordet." in sees(guests[0], number)
    assert "Du er vert" not in sees(guests[2], number)
    drives(fatima, number, "round")
    assert writes(guests[2], number, WORDS, 1) == 303
    assert WORDS in sees(guests[0], number) and WORDS not in sees(guests[1], number)
    drives(fatima, number, "round")
    assert tables(app) == [1, 2, 2, 1, 2, 1]
    # What was written at table 1 stands there still, for those who have come to it.
    assert WORDS in part(sees(guests[3], number), WRITTEN)
    assert WORDS not in part(sees(guests[2], number), WRITTEN)


def test_what_a_host_wrote_stands_at_the_table_in_later_rounds(app: Flask) -> None:
    fatima, number, guests = around(app, 6, way="people", size=3)
    drives(fatima, number, "round")
    writes(guests[0], number, WORDS, 1)
    writes(guests[2], number, "Benker langs havna", 1)
    # What one may still change stands in one's own list, and there only.
    assert WORDS not in part(sees(guests[0], number), WRITTEN)
    drives(fatima, number, "round")
    told_on = part(sees(guests[0], number), WRITTEN)
    assert "Benker langs havna" in told_on
    assert told_on.partition(WORDS)[2].index("Du skrev dette.") < 200
    assert told_on.count("Du skrev dette.") == 1
    newcomer = part(sees(guests[3], number), WRITTEN)
    assert WORDS in newcomer and "Du skrev dette." not in newcomer
    # Whoever has moved on keeps what they left behind before their eyes.
    assert "Benker langs havna" in part(sees(guests[2], number), "Det du skrev ved bord 1")


def test_what_one_wrote_on_a_sheet_is_seen_when_it_has_been_handed_on(app: Flask) -> None:
    fatima, number, (aud, bo) = around(app, 2, size=2, rounds=3)
    drives(fatima, number, "round")
    writes(aud, number, WORDS, 1)
    drives(fatima, number, "round")
    assert WORDS in part(sees(aud, number), "Det du skrev på ark 1")
    assert WORDS in part(sees(bo, number), "Det som står på arket")
    drives(fatima, number, "round")  # it has come back
    page = sees(aud, number)
    assert "Du skrev dette." in part(page, "Det som står på arket")
    assert "Det du skrev på ark" not in page
    card = ids(app)[WORDS]
    presses(fatima, number, "hold", card, **{f"reason-{card}": "Gjelder en person."})
    assert "Gjelder en person." in part(sees(aud, number), "Det som står på arket")


def test_a_card_is_told_of_at_its_table_only(app: Flask) -> None:
    fatima, number, guests = around(app, 4, way="people", size=2)
    drives(fatima, number, "round")
    here, _ = listens(app, guests[2], f"room:{number}", "participant:3")
    there, _ = listens(app, guests[1], f"room:{number}", "participant:2")
    projector = shows_screen(app, number)
    screen, _ = listens(app, projector, f"room:{number}:screen")
    own, _ = listens(app, guests[0], "participant:1")
    for socket in (here, there, screen, own):
        heard(app, socket)
    writes(guests[0], number, WORDS, 1)
    # What is one's own stands in one's own list, not among what the others wrote.
    assert f"card-{ids(app)[WORDS]}" not in {op["target"] for op in heard(app, own)}
    assert WORDS in told(heard(app, here))
    assert WORDS not in told(heard(app, there)) + told(heard(app, screen))
    taps(guests[0], number, "take_back", ids(app)[WORDS])
    assert {op["op"] for op in heard(app, here)} == {"remove"}


def test_all_is_revealed_at_the_end_but_what_is_held(app: Flask) -> None:
    fatima, number, guests = around(app, 4, way="people", size=2)
    drives(fatima, number, "round")
    writes(guests[0], number, WORDS, 1)
    writes(guests[0], number, "Navn på en ansatt", 1)
    card = ids(app)["Navn på en ansatt"]
    presses(fatima, number, "hold", card, **{f"reason-{card}": "Gjelder en person."})
    assert "Navn på" not in sees(guests[2], number) and "Gjelder en person." in sees(
        guests[0], number
    )
    drives(fatima, number, "reveal")
    for page in (sees(guests[1], number), sees(shows_screen(app, number), number, "screen")):
        assert WORDS in page and "Navn på" not in page and "1 lapp er holdt tilbake." in page
    drives(fatima, number, "conceal")
    assert WORDS not in sees(guests[1], number)


def test_each_round_has_its_part_of_the_time(app: Flask) -> None:
    fatima, number, _guests = around(app, 2, size=2, rounds=4)
    with app.app_context():
        minutes = db.session.scalars(first_of("tables")).first().minutes
    drives(fatima, number, "round")
    left = re.search(r'data-left="(\d+)"', sees(fatima, number, "console"))
    assert left and 0 <= minutes * 60 / 4 - int(left[1]) < 30
    page = sees(fatima, number, "console")
    assert "Begynn runde 2" in page and "runde av 4" in page


def test_nobody_mends_a_card_at_another_place(app: Flask) -> None:
    fatima, number, (aud, bo) = around(app, 2, size=2)
    drives(fatima, number, "round")
    writes(aud, number, WORDS, 1)
    card = ids(app)[WORDS]
    assert taps(bo, number, "edit", card, **{f"body-{card}": "Kapret"}).status_code == 404
    assert taps(aud, number, "edit", card, **{f"body-{card}": "Rettet"}).status_code == 303
    assert list(ids(app)) == ["Rettet"]


@pytest.mark.parametrize(
    "typed", [{"size": "1"}, {"size": "13"}, {"rounds": "0"}, {"rounds": "x"}, {"way": "hest"}]
)
def test_rules_that_cannot_be_used_are_told(app: Flask, typed: dict[str, str]) -> None:
    assert set(set_rules(app, "tables", **{"way": "sheets"} | typed)) == set(typed)
