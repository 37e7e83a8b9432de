"""What moderators see happen on the board, and what citizens must not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from smartby.contributions.models import Contribution
from smartby.core.clock import now
from smartby.core.pump import pump
from smartby.core.transaction import transaction
from smartby.extensions import db, socketio
from tests.ledger.chain import town_id
from tests.live_page import LivePage
from tests.people import ORIGIN, Visitor, user_id
from tests.pipeline.board import REASON, move, stages


def _socket(visitor: Visitor) -> Any:
    return socketio.test_client(
        visitor.app, flask_test_client=visitor.client, headers={"Origin": ORIGIN}
    )


def _follow(visitor: Visitor, stream: str) -> tuple[Any, Any]:
    socket = _socket(visitor)
    answer = socket.emit("follow", {"streams": [stream], "lang": "nb"}, callback=True)
    return socket, answer[stream]


def _ops(app: Flask, socket: Any) -> list[dict[str, str]]:
    with app.app_context():
        pump.drain()
    batches = [m["args"][0] for m in socket.get_received() if m["name"] == "batch"]
    return [op for batch in batches for op in batch["ops"]]


@pytest.mark.parametrize("who", [None, "kari", "fatima", "olav", "gro"])
def test_the_boards_stream_is_for_the_towns_staff(app: Flask, who: str | None) -> None:
    stream = f"board:{town_id(app)}"
    visitor = Visitor(app, who)
    assert _follow(visitor, stream)[1] is None
    assert visitor.gets(f"/live/{stream}?after=0&lang=nb").status_code == 404


def test_a_move_is_seen_by_the_other_moderator(app: Flask) -> None:
    number, ids = Visitor(app, "kari").has_idea(), stages(app)
    stream = f"board:{town_id(app)}"
    amir, ingrid = Visitor(app, "amir"), Visitor(app, "ingrid")
    socket, head = _follow(amir, stream)
    assert head is not None
    move(ingrid, number, ids["under_review"], ids["received"])
    ops = _ops(app, socket)
    kinds = [(op["op"], op["target"]) for op in ops]
    placed = ops[kinds.index(("append", f"bcard-{number}"))]
    assert placed["moves"] is True
    assert placed["into"] == f"lane-{ids['under_review']}"
    assert "Flyttet hit av Ingrid Moe" in placed["html"]
    heads = [op for op in ops if op["target"] == f"lane-head-{ids['under_review']}"]
    assert len(heads) == 1 and ">1<" in heads[0]["html"].replace("\n", "")
    news = [op["html"] for op in ops if op.get("into") == "board-news"]
    assert len(news) == 1 and "til Vurderes." in news[0]


def test_stale_board_and_events_make_the_fresh_board(app: Flask) -> None:
    kari, ingrid, ids = Visitor(app, "kari"), Visitor(app, "ingrid"), stages(app)
    number = kari.has_idea()
    stream = f"board:{town_id(app)}"
    move(ingrid, number, ids["under_review"], ids["received"])
    move(ingrid, number, ids["exploring"], ids["under_review"])
    caught = ingrid.gets(f"/live/{stream}?after=0&lang=nb").get_json()["ops"]
    placed = [op for op in caught if op["target"] == f"bcard-{number}" and op["op"] == "append"]
    assert {op["into"] for op in placed} == {f"lane-{ids['exploring']}"}
    page = ingrid.gets("/havnvik/board").get_data(as_text=True)
    for op in caught:
        if op["target"].startswith("lane-head-"):
            assert op["html"].strip() in page


def test_cards_that_come_live_stand_where_a_fresh_board_has_them(app: Flask) -> None:
    kari, ingrid, ids = Visitor(app, "kari"), Visitor(app, "ingrid"), stages(app)
    numbers = [kari.has_idea(f"Lys på gangvei nummer {n}") for n in range(3)]
    for number, days in zip(numbers, (7, -2, 3), strict=True):
        move(ingrid, number, ids["under_review"], ids["received"])
        with app.app_context(), transaction():
            where = update(Contribution).where(Contribution.id == number)
            db.session.execute(where.values(due_at=now() + timedelta(days=days)))
    stale = LivePage(ingrid.gets("/havnvik/board").get_data(as_text=True))
    head = ingrid.gets(f"/live/board:{town_id(app)}?after=0&lang=nb").get_json()["seq"]
    move(ingrid, numbers[1], ids["exploring"], ids["under_review"])
    move(ingrid, numbers[1], ids["under_review"], ids["exploring"], reason=REASON)
    missed = ingrid.gets(f"/live/board:{town_id(app)}?after={head}&lang=nb").get_json()["ops"]
    fresh = LivePage(ingrid.gets("/havnvik/board").get_data(as_text=True))
    assert _standing(stale.apply(missed)) == _standing(fresh)
    here = _standing(fresh)[f"lane-{ids['under_review']}"]
    assert here == [f"bcard-{numbers[place]}" for place in (2, 0, 1)]


def _standing(page: LivePage) -> dict[str, list[str | None]]:
    lanes = page.main.iterfind(".//*[@data-lane]")
    return {lane.get("id", ""): [card.get("id") for card in lane] for lane in lanes}


def test_the_idea_page_gets_line_and_timeline(app: Flask) -> None:
    number, ids = Visitor(app, "kari").has_idea(), stages(app)
    socket, _head = _follow(Visitor(app), f"contribution:{number}")
    move(Visitor(app, "ingrid"), number, ids["not_pursued"], ids["received"], reason=REASON)
    html = {op["target"]: op.get("html", "") for op in _ops(app, socket) if "target" in op}
    line = html[f"standing-{number}"]
    assert 'data-step="stopped"' in line and REASON in line
    assert any(REASON in text for target, text in html.items() if target.startswith("entry-"))


def test_what_is_told_of_a_move_is_not_for_the_one_who_made_it(app: Flask) -> None:
    number, ids = Visitor(app, "kari").has_idea(), stages(app)
    socket, _head = _follow(Visitor(app, "amir"), f"board:{town_id(app)}")
    move(Visitor(app, "ingrid"), number, ids["under_review"], ids["received"])
    ops = _ops(app, socket)
    mark = f'data-not-for="{user_id(app, "ingrid")}"'
    for target in (f"bcard-{number}", "board-news"):
        told = next(op["html"] for op in ops if target in (op.get("target"), op.get("into")))
        assert mark in told


def test_nothing_of_the_viewer_is_in_what_is_sent(app: Flask) -> None:
    number, ids = Visitor(app, "kari").has_idea(), stages(app)
    socket, _head = _follow(Visitor(app, "amir"), f"board:{town_id(app)}")
    move(Visitor(app, "ingrid"), number, ids["under_review"], ids["received"])
    sent = "".join(op.get("html", "") for op in _ops(app, socket))
    assert "csrf" not in sent and "@example.no" not in sent
