"""Who looks after a card: chosen by the staff, seen by the staff only, and of two, one wins."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from smartby.contributions.models import Contribution
from smartby.core.pump import pump
from smartby.extensions import db
from smartby.municipalities.models import Member
from tests.ledger.chain import newest, town_id
from tests.people import Visitor, user_id
from tests.pipeline.board import REASON, count, lane, move, stages


def _gives(visitor: Visitor, number: int, owner: Any, seen: Any = "", **more: Any) -> TestResponse:
    path = f"/havnvik/contributions/{number}/owner"
    headers = {"Accept": "application/json"} if more.pop("json", False) else None
    return visitor.posts(path, headers=headers, owner=str(owner), seen=str(seen), **more)


def _office(app: Flask, who: str) -> int:
    query = select(Member.id).where(Member.user_id == user_id(app, who))
    with app.app_context():
        return db.session.scalars(query).one()


def _owner(app: Flask, number: int) -> int | None:
    with app.app_context():
        return db.session.get_one(Contribution, number).owner_id


def _board(visitor: Visitor, query: str = "") -> str:
    return visitor.gets(f"/havnvik/board{query}").get_data(as_text=True)


def test_a_card_is_taken_from_the_board_without_script(app: Flask) -> None:
    number, ingrid = Visitor(app, "kari").has_idea("Lys på gangveien"), Visitor(app, "ingrid")
    page = _board(ingrid)
    assert "Ta eierskap til «Lys på gangveien»" in page
    assert f"/havnvik/contributions/{number}/owner?next=" in page
    answer = _gives(ingrid, number, "me", next=f"/havnvik/board#bcard-{number}")
    assert answer.status_code == 303 and answer.location.endswith(f"/board#bcard-{number}")
    assert _owner(app, number) == user_id(app, "ingrid")
    page = _board(ingrid)
    assert "Eier: Ingrid Moe" in page and "Ta eierskap til" not in page


def test_a_card_is_given_to_a_colleague_and_left(app: Flask) -> None:
    number, ingrid = Visitor(app, "kari").has_idea(), Visitor(app, "ingrid")
    page = ingrid.gets(f"/havnvik/contributions/{number}/owner").get_data(as_text=True)
    assert all(name in page for name in ("Ingrid Moe", "Amir Hosseini", "Hanne Lunde"))
    assert "Fatima Ali" not in page and "Gro Fjelde" not in page
    amir = user_id(app, "amir")
    assert _gives(ingrid, number, amir).status_code == 303
    assert _owner(app, number) == amir
    assert _gives(ingrid, number, "", amir).status_code == 303
    assert _owner(app, number) is None


def test_the_second_who_takes_it_hears_who_has_it(app: Flask) -> None:
    number = Visitor(app, "kari").has_idea()
    ingrid, amir = Visitor(app, "ingrid"), Visitor(app, "amir")
    _gives(ingrid, number, "me")
    late = _gives(amir, number, "me")
    assert late.status_code == 409
    assert "Ingrid Moe eier kortet nå. Endringen din ble ikke lagret." in late.text
    said = _gives(amir, number, "me", json=True)
    assert said.status_code == 409 and "Eier: Ingrid Moe" in said.get_json()["ops"][0]["html"]
    assert _owner(app, number) == user_id(app, "ingrid")
    # Whoever has seen it may take it over; pressing twice changes nothing.
    for _twice in range(2):
        assert _gives(amir, number, "me", user_id(app, "ingrid")).status_code == 303
    assert _owner(app, number) == user_id(app, "amir")


@pytest.mark.parametrize("who", ["kari", "fatima", "olav", "gro"])
def test_only_the_towns_staff_choose(app: Flask, who: str) -> None:
    number, visitor = Visitor(app, "kari").has_idea(), Visitor(app, who)
    assert _gives(visitor, number, "me").status_code == 403
    assert visitor.gets(f"/havnvik/contributions/{number}/owner").status_code == 403
    assert _owner(app, number) is None


@pytest.mark.parametrize("who", ["kari", "fatima", "gro"])
def test_only_the_towns_staff_can_be_chosen(app: Flask, who: str) -> None:
    number = Visitor(app, "kari").has_idea()
    answer = _gives(Visitor(app, "ingrid"), number, user_id(app, who))
    assert answer.status_code == 422 and "Velg en moderator eller administrator" in answer.text
    assert _owner(app, number) is None


@pytest.mark.parametrize("wrong", ["x", "-1", "99999999999999999999", "1\x00"])
def test_what_is_nobody_is_refused(app: Flask, wrong: str) -> None:
    number = Visitor(app, "kari").has_idea()
    assert _gives(Visitor(app, "ingrid"), number, wrong).status_code == 422
    assert _owner(app, number) is None


def test_the_board_is_narrowed_to_mine_and_to_those_without_owner(app: Flask) -> None:
    kari, ingrid, ids = Visitor(app, "kari"), Visitor(app, "ingrid"), stages(app)
    mine, his, nobodys, ended = [kari.has_idea(f"Lys på gangvei nummer {n}") for n in range(4)]
    _gives(ingrid, mine, "me")
    _gives(ingrid, his, user_id(app, "amir"))
    move(ingrid, ended, ids["not_pursued"], ids["received"], reason=REASON)
    narrowed = _board(ingrid, "?mine=1")
    assert lane(narrowed, ids["received"]) == [mine]
    # The head counts what is shown, out of all that stand there.
    assert re.search(rf'id="lane-head-{ids["received"]}".*?>1 av 3<', narrowed, re.DOTALL)
    assert count(narrowed, ids["exploring"]) == 0
    unowned = _board(ingrid, "?unowned=1")
    assert lane(unowned, ids["received"]) == [nobodys]
    # What is finished needs no owner: it is neither shown nor counted.
    assert lane(unowned, ids["not_pursued"]) == []
    assert 'data-live="board-unowned">1<' in unowned
    assert lane(_board(ingrid, "?mine=1&unowned=1"), ids["received"]) == []


def test_the_owner_is_shown_to_the_staff_only(app: Flask) -> None:
    number, ingrid = Visitor(app, "kari").has_idea(), Visitor(app, "ingrid")
    before = newest(app, town_id(app)).seq
    _gives(ingrid, number, user_id(app, "amir"))
    where = f"/havnvik/ideas/{number}"
    assert "Amir Hosseini" in ingrid.gets(where).text
    for who in (None, "kari", "fatima"):
        assert "Amir Hosseini" not in Visitor(app, who).gets(where).text
    assert newest(app, town_id(app)).seq == before  # no decision, no entry
    assert ingrid.gets(f"/live/contribution:{number}?after=0&lang=nb").get_json()["ops"] == []


def test_it_is_taken_on_the_ideas_page(app: Flask) -> None:
    number, ingrid = Visitor(app, "kari").has_idea(), Visitor(app, "ingrid")
    page = ingrid.gets(f"/havnvik/ideas/{number}").text
    assert "Ingen ennå." in page and "Ta eierskap" in page
    answer = _gives(ingrid, number, "me")
    assert answer.location.endswith(f"/havnvik/ideas/{number}")
    page = ingrid.gets(f"/havnvik/ideas/{number}").text
    assert "Du eier kortet nå." in page and "Ta eierskap" not in page


def test_colleagues_boards_show_it_at_once(app: Flask) -> None:
    number, ingrid = Visitor(app, "kari").has_idea(), Visitor(app, "ingrid")
    stream = f"/live/board:{town_id(app)}?lang=nb&after="
    head = ingrid.gets(f"{stream}0").get_json()["seq"]
    _gives(ingrid, number, "me")
    with app.app_context():
        pump.drain()
    ops = Visitor(app, "amir").gets(f"{stream}{head}").get_json()["ops"]
    card = next(op for op in ops if op["target"] == f"bcard-{number}")
    assert "Eier: Ingrid Moe" in card["html"]
    assert {"op": "set", "target": "board-unowned", "value": "0"} in ops


def test_whoever_leaves_the_office_leaves_the_cards(app: Flask) -> None:
    number, hanne = Visitor(app, "kari").has_idea(), Visitor(app, "hanne")
    _gives(hanne, number, user_id(app, "ingrid"))
    assert hanne.posts(f"/havnvik/members/{_office(app, 'ingrid')}/removal").status_code == 303
    assert _owner(app, number) is None
    assert "Ta eierskap til" in _board(hanne)
