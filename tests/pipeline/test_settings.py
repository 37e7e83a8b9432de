"""Administrators change the graph; nobody is left standing nowhere and no promise moves."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from smartby.contributions.models import Contribution
from smartby.extensions import db
from smartby.pipeline.models import Move, Stage
from tests.ledger.chain import newest, problems, town_id
from tests.people import Visitor
from tests.pipeline.board import REASON, move, stages

STAGE = {
    "name_nb": "Besluttes", "name_nn": "Blir avgjort", "name_en": "Decided", "kind": "work",
    "colour": "#1F5C4A", "target_days": "60", "advised_most": "4", "allows_support": "y",
}  # fmt: skip


def _posts(visitor: Visitor, path: str = "stages", **fields: Any) -> TestResponse:
    return visitor.posts(f"/havnvik/pipeline/{path}", **fields)


def _stage(app: Flask, stage_id: int) -> Stage:
    with app.app_context():
        return db.session.get_one(Stage, stage_id)


def _values(app: Flask, key: str, **changes: str) -> dict[str, str]:
    stage = _stage(app, stages(app)[key])
    return {
        "name_nb": stage.name_nb, "name_nn": stage.name_nn, "name_en": stage.name_en,
        "kind": stage.kind, "colour": stage.colour, "target_days": str(stage.target_days or ""),
        **changes,
    }  # fmt: skip


def _move_between(app: Flask, source: str, target: str) -> Move | None:
    ids = stages(app)
    query = select(Move).where(Move.from_id == ids[source], Move.to_id == ids[target])
    with app.app_context():
        return db.session.scalars(query).one_or_none()


@pytest.mark.parametrize("who", ["kari", "ingrid", "gro"])
def test_only_the_towns_administrators_change_the_graph(app: Flask, who: str) -> None:
    visitor = Visitor(app, who)
    before = stages(app)
    assert visitor.gets("/havnvik/pipeline").status_code == 403
    assert _posts(visitor, **STAGE).status_code == 403
    assert _posts(visitor, f"stages/{before['exploring']}/archive").status_code == 403
    assert stages(app) == before


def test_a_new_stage_is_added_and_entered(app: Flask) -> None:
    assert _posts(Visitor(app, "hanne"), **STAGE).status_code == 303
    stage = _stage(app, stages(app)["besluttes"])
    assert (stage.target_days, stage.advised_most) == (60, 4)
    assert (stage.allows_edit, stage.allows_support) == (False, True)
    entry = newest(app, town_id(app))
    assert (entry.type, entry.to_value) == ("pipeline.changed", "besluttes")
    log = Visitor(app).gets("/havnvik/log").get_data(as_text=True)
    assert "Løpet ble endret: nytt steg Besluttes" in log
    assert problems(app, town_id(app)) == []


@pytest.mark.parametrize("field", ["name_nb", "name_nn", "name_en"])
def test_two_stages_do_not_share_a_name_in_any_language(app: Flask, field: str) -> None:
    hanne, before, taken = Visitor(app, "hanne"), stages(app), _stage(app, stages(app)["exploring"])
    name = getattr(taken, field).upper()
    for answer in (
        _posts(hanne, **STAGE | {field: name}),
        _posts(hanne, f"stages/{before['piloting']}", **_values(app, "piloting", **{field: name})),
    ):
        assert answer.status_code == 422
        page = answer.get_data(as_text=True)
        assert f"Et annet steg heter {name}. Velg et annet navn." in page
        assert f'id="{field}-error"' in page
        assert f'value="{name}"' in page
    assert stages(app) == before
    same = _values(app, "exploring", target_days="99")
    assert _posts(hanne, f"stages/{before['exploring']}", **same).status_code == 303


def test_a_new_stage_has_a_way_in_and_a_way_out(app: Flask) -> None:
    number, ids, hanne = Visitor(app, "kari").has_idea(), stages(app), Visitor(app, "hanne")
    form = hanne.gets("/havnvik/pipeline/stages/new").get_data(as_text=True)
    # What is most likely is chosen already: between the last work and the goal.
    for stage in (ids["implementing"], ids["realised"]):
        assert f'<option selected value="{stage}">' in form
    _posts(hanne, **STAGE, source=ids["received"], target=ids["exploring"])
    new = stages(app)["besluttes"]
    assert _stage(app, new).position == _stage(app, ids["received"]).position + 1
    assert move(hanne, number, new, ids["received"]).status_code == 303
    assert move(hanne, number, ids["exploring"], new).status_code == 303
    assert "Ingenting kan flyttes til" not in hanne.gets("/havnvik/pipeline").text


def test_a_stage_without_ways_is_told_of_and_mended(app: Flask) -> None:
    hanne = Visitor(app, "hanne")
    assert "slik løpet er nå" not in hanne.gets("/havnvik/pipeline").text
    _posts(hanne, **STAGE, source="", target="")
    new = stages(app)["besluttes"]
    page = hanne.gets("/havnvik/pipeline").text
    assert "Ingenting kan flyttes til Besluttes slik løpet er nå." in page
    assert f"/havnvik/pipeline/stages/{new}/ways" in page
    for _twice in range(2):
        assert _posts(hanne, f"stages/{new}/ways").status_code == 303
    assert _move_between(app, "implementing", "besluttes") is not None
    assert _move_between(app, "besluttes", "parked") is None
    page = hanne.gets("/havnvik/pipeline").text
    assert "Ingenting kan flyttes til" not in page and "kan ikke flyttes videre" not in page
    assert problems(app, town_id(app)) == []


def test_a_stage_that_nothing_leaves_is_told_of(app: Flask) -> None:
    hanne = Visitor(app, "hanne")
    for target in ("under_review", "not_pursued"):
        found = _move_between(app, "parked", target)
        assert found is not None
        _posts(hanne, f"moves/{found.id}/removal")
    assert "Det som står i Lagt på vent, kan ikke flyttes videre." in (
        hanne.gets("/havnvik/pipeline").text
    )
    _posts(hanne, f"stages/{stages(app)['parked']}/ways")
    assert _move_between(app, "parked", "under_review") is not None


def test_ways_of_another_town_are_refused(app: Flask) -> None:
    hanne, foreign = Visitor(app, "hanne"), stages(app, "fjordvang")["received"]
    before = stages(app)
    assert _posts(hanne, **STAGE, source=foreign, target="").status_code == 422
    assert _posts(hanne, f"stages/{foreign}/ways").status_code == 404
    assert _posts(Visitor(app, "ingrid"), f"stages/{before['parked']}/ways").status_code == 403
    assert stages(app) == before


@pytest.mark.parametrize(
    "wrong",
    [
        {"name_nb": ""},
        {"name_en": "x" * 41},
        {"colour": "#FFFFAA"},
        {"colour": "red"},
        {"kind": "other"},
        {"target_days": "0"},
        {"target_days": "-3"},
        {"target_days": "1000000000000"},
        {"advised_most": "many"},
    ],
)
def test_a_stage_that_cannot_be_is_refused_on_its_page(app: Flask, wrong: dict[str, str]) -> None:
    before = stages(app)
    answer = _posts(Visitor(app, "hanne"), **STAGE | wrong)
    assert answer.status_code == 422 and "Blir avgjort" in answer.get_data(as_text=True)
    assert stages(app) == before


def test_a_changed_target_moves_no_promise(app: Flask) -> None:
    number, ids = Visitor(app, "kari").has_idea(), stages(app)

    def promised() -> Any:
        with app.app_context():
            return db.session.get_one(Contribution, number).due_at

    before = promised()
    values = _values(app, "received", target_days="3")
    hanne = Visitor(app, "hanne")
    assert _posts(hanne, f"stages/{ids['received']}", **values).status_code == 303
    assert promised() == before
    assert _stage(app, ids["received"]).target_days == 3


def test_a_stage_where_something_stands_is_not_taken_out(app: Flask) -> None:
    number, ids = Visitor(app, "kari").has_idea(), stages(app)
    hanne = Visitor(app, "hanne")
    move(hanne, number, ids["under_review"], ids["received"])
    _posts(hanne, f"stages/{ids['under_review']}/archive")
    assert _stage(app, ids["under_review"]).archived_at is None
    _posts(hanne, f"stages/{ids['exploring']}/archive")
    assert _stage(app, ids["exploring"]).archived_at is not None
    refused = move(hanne, number, ids["exploring"], ids["under_review"], reason=REASON)
    assert refused.status_code == 422


@pytest.mark.parametrize("key", ["received", "realised"])
def test_the_graph_keeps_a_beginning_and_a_goal(app: Flask, key: str) -> None:
    hanne, stage = Visitor(app, "hanne"), stages(app)[key]
    _posts(hanne, f"stages/{stage}/archive")
    assert _stage(app, stage).archived_at is None
    answer = _posts(hanne, f"stages/{stage}", **_values(app, key, kind="work"))
    assert answer.status_code == 422
    assert _stage(app, stage).kind != "work"


def test_stages_change_places(app: Flask) -> None:
    hanne, ids = Visitor(app, "hanne"), stages(app)
    _posts(hanne, f"stages/{ids['piloting']}/position", to="up")
    assert _stage(app, ids["piloting"]).position < _stage(app, ids["exploring"]).position
    _posts(hanne, f"stages/{ids['received']}/position", to="up")
    page = hanne.gets("/havnvik/pipeline").get_data(as_text=True)
    assert page.index(">Mottatt</a>") < page.index(">Prøves ut</a>") < page.index(">Utforskes</a>")


def test_moves_are_opened_changed_and_closed(app: Flask) -> None:
    hanne, ids = Visitor(app, "hanne"), stages(app)
    wish = {"source": ids["received"], "target": ids["exploring"], "role": "administrator"}
    assert _posts(hanne, "moves", **wish).status_code == 303
    opened = _move_between(app, "received", "exploring")
    assert opened is not None and opened.role == "administrator"
    _posts(hanne, "moves", **wish | {"role": "moderator", "reason": "y"})
    changed = _move_between(app, "received", "exploring")
    assert changed is not None and (changed.role, changed.reason_required) == ("moderator", True)
    for _twice in range(2):
        assert _posts(hanne, f"moves/{opened.id}/removal").status_code == 303
    assert _move_between(app, "received", "exploring") is None


def test_a_way_to_a_no_always_requires_a_reason(app: Flask) -> None:
    hanne, ids = Visitor(app, "hanne"), stages(app)
    wish = {"source": ids["received"], "target": ids["not_pursued"], "role": "moderator"}
    _posts(hanne, "moves", **wish)
    found = _move_between(app, "received", "not_pursued")
    assert found is not None and found.reason_required


def test_a_move_to_itself_or_to_another_town_is_refused(app: Flask) -> None:
    hanne, here, there = Visitor(app, "hanne"), stages(app), stages(app, "fjordvang")
    for source, target in (
        (here["received"], here["received"]),
        (here["received"], there["exploring"]),
    ):
        wish = {"source": source, "target": target, "role": "moderator"}
        assert _posts(hanne, "moves", **wish).status_code == 422
    foreign = there["exploring"]
    assert hanne.gets(f"/havnvik/pipeline/stages/{foreign}").status_code == 404
    assert _posts(hanne, f"stages/{foreign}/archive").status_code == 404
    assert _stage(app, foreign).archived_at is None


def test_the_diagram_shows_every_stage_and_move(app: Flask) -> None:
    page = Visitor(app, "hanne").gets("/havnvik/pipeline").get_data(as_text=True)
    assert page.count('class="sb-graph__stage"') == 8
    assert page.count('class="sb-graph__move"') == 22
    shown = app.test_cli_runner().invoke(args=["pipeline", "diagram", "havnvik"])
    assert shown.exit_code == 0 and shown.output.startswith("flowchart LR")
    assert "received -.-> not_pursued" in shown.output
    assert app.test_cli_runner().invoke(args=["pipeline", "diagram", "nowhere"]).exit_code == 1
