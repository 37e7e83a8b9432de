"""Moving: along the graph, with the right, with a reason where one is due; of two, one wins."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask

from smartby.extensions import db
from smartby.ledger.queries import timeline
from tests.ledger.chain import problems, town_id
from tests.people import Visitor
from tests.pipeline.board import REASON, at, move, stages


def _moves(app: Flask, number: int) -> list[str]:
    with app.app_context():
        rows = timeline(f"contribution:{number}")
        return [row.to_value for row in rows if row.type == "stage.moved"]


def test_the_second_of_two_moderators_hears_who_moved_it_where(app: Flask) -> None:
    number, ids = Visitor(app, "kari").has_idea(), stages(app)
    ingrid, amir = Visitor(app, "ingrid"), Visitor(app, "amir")
    assert move(ingrid, number, ids["under_review"], ids["received"]).status_code == 303
    late = move(amir, number, ids["not_pursued"], ids["received"], reason=REASON)
    page = late.get_data(as_text=True)
    assert late.status_code == 409
    assert "Ingrid Moe flyttet kortet til Vurderes for" in page
    assert "Din flytting ble ikke lagret." in page
    assert REASON in page and "Nå står den i Vurderes" in page
    assert _moves(app, number) == ["under_review"]


def test_the_same_move_made_twice_is_no_failure(app: Flask) -> None:
    number, ids = Visitor(app, "kari").has_idea(), stages(app)
    wish = (number, ids["not_pursued"], ids["received"])
    amir = Visitor(app, "amir")
    move(Visitor(app, "ingrid"), *wish, reason=REASON)
    said = move(amir, *wish, json=True).get_json()
    assert said["message"] == "Ingrid Moe hadde alt flyttet den dit." and said["first"]
    answer = move(amir, *wish, reason="En annen god grunn til et nei.")
    assert answer.status_code == 303
    page = amir.gets(answer.location).get_data(as_text=True)
    assert "Ingrid Moe hadde alt flyttet den dit. Begrunnelsen din ble ikke lagret." in page
    assert _moves(app, number) == ["not_pursued"]


def test_the_loser_hears_it_as_json_too(app: Flask) -> None:
    number, ids = Visitor(app, "kari").has_idea(), stages(app)
    move(Visitor(app, "ingrid"), number, ids["under_review"], ids["received"])
    amir = Visitor(app, "amir")
    late = move(amir, number, ids["not_pursued"], ids["received"], json=True, reason=REASON)
    said = late.get_json()
    assert (late.status_code, said["stage"]) == (409, ids["under_review"])
    assert said["message"].startswith("Ingrid Moe flyttet kortet til Vurderes")
    lanes = [op["into"] for op in said["ops"] if "into" in op]
    assert lanes == [f"lane-{ids['under_review']}"]


def test_of_many_at_once_exactly_one_wins(app: Flask) -> None:
    number, ids = Visitor(app, "kari").has_idea(), stages(app)
    visitors = [Visitor(app, key) for key in ("ingrid", "amir", "hanne") * 3]
    targets = (ids["under_review"], ids["not_pursued"])

    def go(place: int) -> int:
        target = targets[place % 2]
        return move(visitors[place], number, target, ids["received"], reason=REASON).status_code

    with ThreadPoolExecutor(len(visitors)) as pool:
        statuses = list(pool.map(go, range(len(visitors))))
    assert set(statuses) <= {303, 409}
    assert len(_moves(app, number)) == 1
    assert problems(app, town_id(app)) == []


def test_pressing_twice_moves_once(app: Flask) -> None:
    number, ids = Visitor(app, "kari").has_idea(), stages(app)
    ingrid = Visitor(app, "ingrid")
    for key in ("", "", "k1", "k1"):
        answer = move(ingrid, number, ids["under_review"], ids["received"], key=key)
        assert answer.status_code == 303
    assert _moves(app, number) == ["under_review"]


def test_a_move_that_the_graph_does_not_have_is_refused(app: Flask) -> None:
    number, ids = Visitor(app, "kari").has_idea(), stages(app)
    answer = move(Visitor(app, "hanne"), number, ids["realised"], ids["received"], reason=REASON)
    assert answer.status_code == 403
    assert "ingen flytting rett fra Mottatt til Tatt i bruk" in answer.get_data(as_text=True)
    assert _moves(app, number) == []


def test_another_towns_stage_is_no_stage_here(app: Flask) -> None:
    number, ids = Visitor(app, "kari").has_idea(), stages(app)
    foreign = stages(app, "fjordvang")["under_review"]
    assert move(Visitor(app, "hanne"), number, foreign, ids["received"]).status_code == 422
    assert _moves(app, number) == []


@pytest.mark.parametrize("reason", ["", "   ", "for kort", "\n" * 40])
def test_a_no_must_be_explained(app: Flask, reason: str) -> None:
    number, ids = Visitor(app, "kari").has_idea(), stages(app)
    ingrid = Visitor(app, "ingrid")
    answer = move(ingrid, number, ids["not_pursued"], ids["received"], reason=reason)
    assert answer.status_code == 422
    assert "Skriv en begrunnelse som alle kan lese" in answer.get_data(as_text=True)
    assert _moves(app, number) == []


def test_the_reason_is_public(app: Flask) -> None:
    number, ids = Visitor(app, "kari").has_idea(), stages(app)
    move(Visitor(app, "ingrid"), number, ids["not_pursued"], ids["received"], reason=REASON)
    assert f"«{REASON}»" in Visitor(app).gets("/havnvik/log").get_data(as_text=True)
    assert REASON in Visitor(app).gets(f"/havnvik/ideas/{number}").get_data(as_text=True)


@pytest.mark.parametrize(
    ("who", "status"), [("kari", 403), ("jonas", 403), ("fatima", 403), ("olav", 403)]
)
def test_others_than_the_towns_moderators_cannot_move(app: Flask, who: str, status: int) -> None:
    number, ids = Visitor(app, "kari").has_idea(), stages(app)
    visitor = Visitor(app, who)
    assert move(visitor, number, ids["under_review"], ids["received"]).status_code == status
    assert visitor.gets(f"/havnvik/contributions/{number}/moves/new").status_code == status
    assert _moves(app, number) == []


def test_an_idea_of_one_town_is_not_found_in_another(app: Flask) -> None:
    number, ids = Visitor(app, "kari").has_idea(), stages(app)
    path = f"/fjordvang/contributions/{number}/moves"
    gro = Visitor(app, "gro")
    answer = gro.posts(path, to=ids["under_review"], seen=ids["received"])
    assert answer.status_code == 404


def test_only_an_administrator_reopens_what_was_ended(app: Flask) -> None:
    number, ids = Visitor(app, "kari").has_idea(), stages(app)
    ingrid, hanne = Visitor(app, "ingrid"), Visitor(app, "hanne")
    move(ingrid, number, ids["not_pursued"], ids["received"], reason=REASON)
    again = (number, ids["under_review"], ids["not_pursued"])
    assert move(ingrid, *again, reason=REASON).status_code == 403
    page = ingrid.gets(f"/havnvik/contributions/{number}/moves/new").get_data(as_text=True)
    assert "En administrator kan flytte det" in page
    assert move(hanne, *again, reason=REASON).status_code == 303


@pytest.mark.parametrize(
    "fields",
    [
        {"to": "", "seen": "1"},
        {"to": "x", "seen": "1"},
        {"to": "1", "seen": ""},
        {"to": "-1", "seen": "1"},
        {"to": "99999999999999999999", "seen": "1"},
        {"to": "1", "seen": "1", "reason": "a" * 100_000},
        {"to": "1", "seen": "1", "reason": "nul\x00byte"},
    ],
)
def test_what_cannot_be_read_is_refused_with_a_page(app: Flask, fields: dict[str, Any]) -> None:
    number = Visitor(app, "kari").has_idea()
    path = f"/havnvik/contributions/{number}/moves"
    answer = Visitor(app, "ingrid").posts(path, **fields)
    assert answer.status_code in (409, 422)


def test_a_withdrawn_idea_stays_where_it_is(app: Flask) -> None:
    from sqlalchemy import update

    from smartby.contributions.models import Contribution
    from smartby.core.clock import now
    from smartby.core.transaction import transaction

    number, ids = Visitor(app, "kari").has_idea(), stages(app)
    with app.app_context(), transaction():
        withdraw = update(Contribution).where(Contribution.id == number)
        db.session.execute(withdraw.values(withdrawn_at=now()))
    ingrid = Visitor(app, "ingrid")
    assert move(ingrid, number, ids["under_review"], ids["received"]).status_code == 403


def test_the_whole_line_can_be_travelled(app: Flask) -> None:
    number = Visitor(app, "kari").has_idea()
    at(Visitor(app, "ingrid"), number, "realised")
    assert _moves(app, number)[0] == "realised"
    assert problems(app, town_id(app)) == []
