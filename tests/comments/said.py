"""Commenting as people do, by script and by form; and what readers of a page get to see."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from smartby.comments.models import Comment
from smartby.core.pump import pump
from smartby.core.transaction import perform
from smartby.extensions import db, socketio
from smartby.pipeline.models import Stage
from tests.people import ORIGIN, Visitor

JSON = {"Accept": "application/json"}


def comments(
    visitor: Visitor, number: int, body: str = "Enig, dette trengs.", **fields: Any
) -> int:
    """Comment by script; return the comment's number."""
    answer = visitor.posts(
        f"/havnvik/contributions/{number}/comments", headers=JSON, body=body, **fields
    )
    assert answer.status_code == 201, answer.get_data(as_text=True)[:500]
    return int(answer.get_json()["comment"])


def replies(visitor: Visitor, comment: int, body: str = "Takk for svar.", **fields: Any) -> int:
    """Reply by script; return the reply's number."""
    answer = visitor.posts(
        f"/havnvik/comments/{comment}/replies", headers=JSON, body=body, **fields
    )
    assert answer.status_code == 201, answer.get_data(as_text=True)[:500]
    return int(answer.get_json()["comment"])


def finds_useful(visitor: Visitor, comment: int, wanted: str = "yes") -> TestResponse:
    return visitor.posts(f"/havnvik/comments/{comment}/useful", headers=JSON, wanted=wanted)


def page(visitor: Visitor, number: int, query: str = "", kind: str = "ideas") -> str:
    answer = visitor.gets(f"/havnvik/{kind}/{number}{query}")
    assert answer.status_code == 200, answer.status_code
    return answer.get_data(as_text=True)


def shown(html: str) -> list[int]:
    """Return the numbers of the comments on a page, in order."""
    found = re.findall(r'<article class="sb-comment" id="comment-(\d+)"', html)
    return [int(number) for number in found]


def stored(app: Flask, comment: int) -> Any:
    """Return a comment's row."""
    with app.app_context():
        return db.session.execute(
            select(Comment.__table__).where(Comment.__table__.c.id == comment)
        ).one()


def forbids_talk(app: Flask, stage: str = "not_pursued") -> None:
    """Let a stage of every town take no comments, as an administrator may."""
    statement = update(Stage).where(Stage.key == stage).values(allows_comment=False)
    with app.app_context():
        perform(lambda: db.session.execute(statement).rowcount)


class Reader:
    """Somebody with a page open: a socket that follows what the page says it shows."""

    def __init__(self, visitor: Visitor, path: str) -> None:
        self.visitor, self.path = visitor, path
        html = visitor.gets(path).get_data(as_text=True)
        found = re.search(r'data-streams="([^"]+)"', html)
        assert found, path
        self.html = html
        self.streams = dict(entry.split("@") for entry in found[1].split())
        self.socket: Any = socketio.test_client(
            visitor.app, flask_test_client=visitor.client, headers={"Origin": ORIGIN}
        )
        asked = {"streams": list(self.streams), "lang": "nb"}
        assert None not in self.socket.emit("follow", asked, callback=True).values()

    def hears(self) -> list[dict[str, Any]]:
        """Return the operations that have come, and check that catching up gives the same."""
        self.socket.get_received()
        with self.visitor.app.app_context():
            pump.drain()
        batches = [m["args"][0] for m in self.socket.get_received() if m["name"] == "batch"]
        for batch in batches:
            after = batch["first"] - 1
            same = self.visitor.gets(f"/live/{batch['stream']}?after={after}&lang=nb").get_json()
            assert same == batch
        return [op for batch in batches for op in batch["ops"]]
