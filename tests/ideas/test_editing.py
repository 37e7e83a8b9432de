"""Changing one's own idea: its versions stay, two who change it lose nothing, others may not."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask

from smartby.contributions.models import Contribution
from smartby.core.clock import now
from smartby.core.pump import pump
from smartby.core.transaction import transaction
from smartby.extensions import db, socketio
from tests.people import ORIGIN, Visitor
from tests.pipeline.board import move, stages

NEW = {
    "title": "Lys og benk på gangveien",
    "body": "Det er mørkt på gangveien bak skolen. En benk ville vært fint.",
    "principles": ["2"],
    "lang": "nb",
}


def edits(visitor: Visitor, number: int, seen: int = 1, **fields: Any) -> Any:
    return visitor.posts(f"/havnvik/ideas/{number}", **NEW | {"seen": seen} | fields)


def stored(app: Flask, number: int) -> Contribution:
    with app.app_context():
        return db.session.get_one(Contribution, number)


def test_the_form_holds_what_was_written_and_saving_shows_the_new_text(app: Flask) -> None:
    kari = Visitor(app, "kari")
    number = kari.has_idea()
    form = kari.gets(f"/havnvik/ideas/{number}/edit").get_data(as_text=True)
    assert 'value="Lys på gangveien bak skolen"' in form
    assert 'name="seen" value="1"' in form
    answer = edits(kari, number)
    assert (answer.status_code, answer.location) == (303, f"/havnvik/ideas/{number}")
    page = kari.gets(answer.location).get_data(as_text=True)
    assert "En benk ville vært fint" in page
    assert f"/havnvik/contributions/{number}/versions" in page
    assert stored(app, number).principles == [2]


def test_sending_the_change_twice_makes_one_version(app: Flask) -> None:
    kari = Visitor(app, "kari")
    number = kari.has_idea()
    answers = [edits(kari, number, key="e" * 32) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert stored(app, number).version == 2


def test_whoever_saves_second_sees_both_texts_and_loses_nothing(app: Flask) -> None:
    kari = Visitor(app, "kari")
    number = kari.has_idea()
    edits(kari, number)
    late = edits(kari, number, body="Min andre tekst om lys.", title="Lys på gangveien igjen")
    text = late.get_data(as_text=True)
    assert late.status_code == 409
    assert "En benk ville vært fint" in re.sub(r"<[^>]*>", "", text)
    assert "Min andre tekst om lys." in text
    assert 'name="seen" value="2"' in text
    assert edits(kari, number, seen=2, body="Min andre tekst om lys.").status_code == 303
    assert stored(app, number).version == 3


def test_of_two_changes_at_once_one_wins(app: Flask) -> None:
    number = Visitor(app, "kari").has_idea()
    tabs = [Visitor(app, "kari") for _ in range(2)]
    tokens = [tab.token() for tab in tabs]

    def save(n: int) -> int:
        answer = edits(tabs[n], number, body=f"Tekst {n} om lys.", csrf_token=tokens[n])
        answer.close()
        return int(answer.status_code)

    with ThreadPoolExecutor(2) as pool:
        statuses = sorted(pool.map(save, range(2)))
    assert statuses == [303, 409]
    assert stored(app, number).version == 2


@pytest.mark.parametrize("who", ["jonas", "ingrid", "hanne", "olav"])
def test_nobody_else_changes_it(app: Flask, who: str) -> None:
    number = Visitor(app, "kari").has_idea()
    other = Visitor(app, who)
    assert other.gets(f"/havnvik/ideas/{number}/edit").status_code == 403
    assert edits(other, number).status_code == 404
    assert stored(app, number).version == 1


def test_another_towns_a_hidden_one_and_none_look_the_same(app: Flask) -> None:
    kari = Visitor(app, "kari")
    foreign, hidden = kari.has_idea(town="fjordvang"), kari.has_idea()
    with app.app_context(), transaction():
        db.session.get_one(Contribution, hidden).hidden_at = now()
    for number in (foreign, hidden, 999_999):
        assert kari.gets(f"/havnvik/ideas/{number}/edit").status_code == 404
        assert edits(kari, number).status_code == 404


def test_a_stage_that_allows_no_edits_keeps_what_was_typed(app: Flask) -> None:
    kari, ingrid = Visitor(app, "kari"), Visitor(app, "ingrid")
    number, ids = kari.has_idea(), stages(app)
    for source, target in (("received", "under_review"), ("under_review", "exploring")):
        move(ingrid, number, ids[target], ids[source], reason="Vi ser på den.")
    answer = edits(kari, number)
    with app.app_context():
        from smartby.pipeline.models import Stage

        closed = not db.session.get_one(Stage, ids["exploring"]).allows_edit
    if closed:
        assert answer.status_code == 403
        assert "En benk ville vært fint" in answer.get_data(as_text=True)


def test_a_change_that_is_wrong_is_shown_at_the_field(app: Flask) -> None:
    kari = Visitor(app, "kari")
    number = kari.has_idea()
    answer = edits(kari, number, title="Lys", principles=[])
    assert answer.status_code == 422
    assert "ds-error-summary" in answer.get_data(as_text=True)
    assert edits(kari, number, seen=0).status_code == 422
    assert edits(kari, number, seen="x").status_code == 422


def test_a_preview_saves_nothing(app: Flask) -> None:
    kari = Visitor(app, "kari")
    number = kari.has_idea()
    answer = edits(kari, number, look="1", body="Nå med **fet** skrift.")
    assert "<strong>fet</strong>" in answer.get_data(as_text=True)
    assert stored(app, number).version == 1


def test_open_pages_show_the_new_text(app: Flask) -> None:
    kari = Visitor(app, "kari")
    number = kari.has_idea()
    reader = Visitor(app)
    socket = socketio.test_client(app, flask_test_client=reader.client, headers={"Origin": ORIGIN})
    stream = f"contribution:{number}"
    socket.emit("follow", {"streams": [stream], "lang": "nb"}, callback=True)
    edits(kari, number)
    with app.app_context():
        pump.drain()
    (batch,) = [m["args"][0] for m in socket.get_received() if m["name"] == "batch"]
    ops = {op["target"]: op for op in batch["ops"]}
    assert ops[f"title-{number}"]["value"] == NEW["title"]
    assert "En benk ville vært fint" in ops[f"text-{number}"]["html"]
