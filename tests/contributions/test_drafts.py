"""Drafts: kept as one types, one's own alone, never overwritten in silence, gone when published."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from smartby.contributions import drafts
from smartby.contributions.models import Draft
from smartby.extensions import db
from tests.corpora.hostile_text import REFUSED
from tests.people import Visitor
from tests.statements import counted

KEY = "d" * 32
TYPED = {"title": "Lys på gang", "body": "Det er mørkt", "principles": ["1", "4"], "kind": "idea"}


def saves(visitor: Visitor, key: str = KEY, town: str = "havnvik", **fields: Any) -> Any:
    return visitor.posts(f"/{town}/drafts/{key}", **TYPED | fields)


def count(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count(Draft.id))) or 0


def test_what_is_typed_is_kept_and_comes_back_in_the_form(app: Flask) -> None:
    kari = Visitor(app, "kari")
    answer = saves(kari)
    assert answer.status_code == 200
    assert re.fullmatch(r"Kladd lagret kl\. \d\d\.\d\d", answer.get_json()["message"])
    form = kari.gets(f"/havnvik/ideas/new?draft={KEY}").get_data(as_text=True)
    assert 'value="Lys på gang"' in form
    assert "Det er mørkt" in form
    assert 'id="principles-3" checked' in form
    assert f'name="key" type="hidden" value="{KEY}"' in form


def test_saving_on_keeps_one_draft(app: Flask) -> None:
    kari = Visitor(app, "kari")
    first = saves(kari).get_json()
    second = saves(kari, body="Det er mørkt der", saved_at=first["saved_at"])
    assert second.status_code == 200
    assert count(app) == 1
    assert "Det er mørkt der" in kari.gets(f"/havnvik/ideas/new?draft={KEY}").get_data(True)


def test_a_second_window_does_not_overwrite_in_silence(app: Flask) -> None:
    kari = Visitor(app, "kari")
    first = saves(kari).get_json()["saved_at"]
    newer = saves(kari, body="Fra det andre vinduet", saved_at=first).get_json()["saved_at"]
    late = saves(kari, body="Fra det første vinduet", saved_at=first)
    assert late.status_code == 409
    assert "fra et annet vindu" in late.get_json()["message"]
    assert "Fra det andre vinduet" in kari.gets(f"/havnvik/ideas/new?draft={KEY}").get_data(True)
    # Whoever has read the words may insist.
    assert late.get_json()["saved_at"] == newer
    assert saves(kari, body="Fra det første vinduet", saved_at=newer).status_code == 200


def test_a_draft_is_nobody_elses(app: Flask) -> None:
    saves(Visitor(app, "kari"))
    for who, town in ((None, "havnvik"), ("jonas", "havnvik"), ("hanne", "havnvik"),
                      ("kari", "fjordvang")):  # fmt: skip
        answer = Visitor(app, who).gets(f"/{town}/ideas/new?draft={KEY}")
        assert answer.status_code == 404
        assert "Det er mørkt" not in answer.get_data(as_text=True)
    jonas = Visitor(app, "jonas")
    assert saves(jonas).status_code == 404
    jonas.posts(f"/havnvik/drafts/{KEY}/deletion", kind="idea")
    assert count(app) == 1


def test_publishing_removes_the_draft_and_a_late_save_does_not_bring_it_back(app: Flask) -> None:
    kari = Visitor(app, "kari")
    saves(kari)
    kari.has_idea(key=KEY)
    assert count(app) == 0
    assert saves(kari, body="For sent").status_code == 410
    assert count(app) == 0


def test_ones_drafts_are_listed_to_go_on_with_or_delete(app: Flask) -> None:
    kari = Visitor(app, "kari")
    saves(kari)
    form = kari.gets("/havnvik/ideas/new").get_data(as_text=True)
    assert f"/havnvik/ideas/new?draft={KEY}" in form
    assert f"draft={KEY}" in kari.gets("/me").get_data(as_text=True)
    assert KEY not in Visitor(app, "jonas").gets("/havnvik/ideas/new").get_data(as_text=True)
    answer = kari.posts(f"/havnvik/drafts/{KEY}/deletion", kind="idea")
    assert (answer.status_code, answer.location) == (303, "/havnvik/ideas/new")
    assert count(app) == 0
    assert kari.posts(f"/havnvik/drafts/{KEY}/deletion", kind="idea").status_code == 303


def test_without_a_script_a_button_keeps_the_draft_and_the_form(app: Flask) -> None:
    kari = Visitor(app, "kari")
    page = kari.posts("/havnvik/ideas/preview", key=KEY, keep="1", **TYPED).get_data(as_text=True)
    assert "Kladd lagret kl." in page
    assert "Det er mørkt" in page
    late = kari.posts("/havnvik/ideas/preview", key=KEY, keep="1", **TYPED | {"body": "Et annet"})
    assert "fra et annet vindu" in late.get_data(as_text=True)
    assert "Et annet" in late.get_data(as_text=True)


def test_whoever_is_not_signed_in_has_no_drafts_here(app: Flask) -> None:
    assert saves(Visitor(app)).status_code == 302
    asked = Visitor(app).posts(f"/havnvik/drafts/{KEY}", headers={"Accept": "application/json"})
    assert asked.status_code == 401
    assert count(app) == 0


def test_nothing_written_is_nothing_to_keep(app: Flask) -> None:
    assert saves(Visitor(app, "kari"), title=" ", body="").get_json()["saved_at"] == ""
    assert count(app) == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": "short"},
        {"key": "æ" * 32},
        {"kind": "poem"},
        {"body": "x" * 20_001},
        {"saved_at": "yesterday"},
        {"body": REFUSED["nul"]},
    ],
)
def test_what_is_no_draft_is_refused(app: Flask, wrong: dict[str, Any]) -> None:
    answer = saves(Visitor(app, "kari"), **wrong)
    assert answer.status_code == 422
    assert count(app) == 0


def test_nobody_fills_the_disk_with_drafts(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "MOST", 2)
    kari = Visitor(app, "kari")
    answers = [saves(kari, key=f"{n:032d}") for n in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 422]
    assert "Slett noen" in answers[2].get_data(as_text=True)


def test_saving_costs_few_statements(app: Flask) -> None:
    kari = Visitor(app, "kari")
    saved = saves(kari).get_json()["saved_at"]
    token = kari.token()
    with counted(app) as sent:
        saves(kari, saved_at=saved, csrf_token=token)
    assert len(sent) <= 8, sent
