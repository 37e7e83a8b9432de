"""Moving cards and reading boards, as moderators do."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from smartby.extensions import db
from smartby.municipalities.models import Municipality
from smartby.pipeline.models import Stage
from tests.people import Visitor

REASON = "Målingene viser for høy fart ved skolen."


def stages(app: Flask, slug: str = "havnvik") -> dict[str, int]:
    """Return the town's stages: key → id."""
    query = select(Stage.key, Stage.id).join(Municipality, Municipality.id == Stage.municipality_id)
    with app.app_context():
        rows = db.session.execute(query.where(Municipality.slug == slug)).all()
    return {row.key: row.id for row in rows}


def move(
    visitor: Visitor, number: int, to: int, seen: int, *, json: bool = False, **fields: Any
) -> TestResponse:
    headers = {"Accept": "application/json"} if json else None
    path = f"/havnvik/contributions/{number}/moves"
    return visitor.posts(path, headers=headers, to=to, seen=seen, **fields)


def at(visitor: Visitor, number: int, key: str) -> None:
    """Move an idea along the line from the beginning to a stage."""
    ids = stages(visitor.app)
    path = ["received", "under_review", "exploring", "piloting", "implementing", "realised"]
    for source, target in zip(path, path[1 : path.index(key) + 1], strict=False):
        answer = move(visitor, number, ids[target], ids[source], reason=REASON)
        assert answer.status_code == 303, answer.get_data(as_text=True)[:500]


def lane(page: str, stage: int) -> list[int]:
    """Return the numbers of the cards in a lane of a page."""
    found = re.search(rf'id="(?:lane|found)-{stage}".*?</ul>', page, re.DOTALL)
    assert found, f"no lane {stage}"
    return [int(number) for number in re.findall(r'id="bcard-(\d+)"', found[0])]


def count(page: str, stage: int) -> int:
    """Return the count in a lane's head."""
    found = re.search(rf'id="lane-head-{stage}".*?sb-lane__n"[^>]*>(\d+)', page, re.DOTALL)
    assert found, f"no head {stage}"
    return int(found[1])
