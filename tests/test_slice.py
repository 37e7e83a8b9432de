"""The whole slice at once: an idea is posted, supported, discussed, moved and read, live."""

from __future__ import annotations

from typing import Any

from flask import Flask

from smartby.core.pump import pump
from smartby.extensions import socketio
from tests.people import ORIGIN, Visitor
from tests.pipeline.board import move, stages


def socket_of(visitor: Visitor) -> Any:
    return socketio.test_client(
        visitor.app, flask_test_client=visitor.client, headers={"Origin": ORIGIN}
    )


def drain(app: Flask) -> int:
    with app.app_context():
        return pump.drain()


def batches(socket: Any) -> list[Any]:
    return [m["args"][0] for m in socket.get_received() if m["name"] == "batch"]


def test_an_idea_travels_and_everybody_sees_it(app: Flask) -> None:  # noqa: PLR0915 - a story
    kari, jonas, ingrid = Visitor(app, "kari"), Visitor(app, "jonas"), Visitor(app, "ingrid")
    number = kari.has_idea()
    reader = Visitor(app)
    socket = socket_of(reader)
    stream = f"contribution:{number}"
    assert socket.emit("follow", {"streams": [stream], "lang": "nb"}, callback=True) == {stream: 0}

    assert jonas.posts(f"/havnvik/contributions/{number}/support", wanted="yes").status_code == 303
    said = jonas.posts(f"/havnvik/contributions/{number}/comments", body="Enig, dette trengs.")
    assert said.status_code == 303
    page = ingrid.gets(f"/havnvik/ideas/{number}").get_data(as_text=True)
    assert "Vurderes" in page
    ids = stages(app)
    assert move(ingrid, number, ids["under_review"], ids["received"]).status_code == 303
    assert socket.get_received() == []  # nothing is emitted from a request

    assert drain(app) == 1
    (batch,) = batches(socket)
    assert batch["first"] == 1
    ops = {op.get("target") for op in batch["ops"]}
    assert f"support-{number}" in ops
    assert any(target and target.startswith("comment-") for target in ops)
    assert f"standing-{number}" in ops
    caught = reader.gets(f"/live/{stream}?after=0&lang=nb").get_json()
    assert caught == batch

    again = reader.gets(f"/havnvik/ideas/{number}").get_data(as_text=True)
    assert "Enig, dette trengs." in again
    assert "stage.moved" in again or "Flyttet" in again
