"""Official answers: by staff, signed, never overwritten, once for each key, safe."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from smartby.contributions.models import Contribution
from smartby.extensions import db
from smartby.municipalities.models import Municipality, Unit
from smartby.pipeline.queries import answers_of
from tests.people import Visitor

BODY = "Vi måler farten i uke 46 og svarer **innen jul**."


def _unit(app: Flask, slug: str = "havnvik") -> int:
    query = select(Unit.id).join(Municipality, Municipality.id == Unit.municipality_id)
    with app.app_context():
        found = db.session.scalar(query.where(Municipality.slug == slug))
    assert found is not None
    return found


def _bodies(app: Flask, number: int) -> list[str]:
    with app.app_context():
        return [answer.body for answer in answers_of(number)]


def _answer(visitor: Visitor, number: int, **fields: object) -> int:
    values: dict[str, Any] = {"unit": _unit(visitor.app), "lang": "nb", "body": BODY, **fields}
    return visitor.posts(f"/havnvik/contributions/{number}/answers", **values).status_code


def test_a_newer_answer_stands_above_the_older(app: Flask) -> None:
    number, ingrid = Visitor(app, "kari").has_idea(), Visitor(app, "ingrid")
    assert _answer(ingrid, number) == 303
    assert _answer(ingrid, number, body="Farten er målt, og vi bygger i mars.") == 303
    assert _bodies(app, number) == ["Farten er målt, og vi bygger i mars.", BODY]
    with app.app_context():
        assert db.session.get_one(Contribution, number).answer_count == 2
    page = Visitor(app).gets(f"/havnvik/ideas/{number}").get_data(as_text=True)
    assert "<strong>innen jul</strong>" in page
    assert "<strong>Ingrid Moe</strong>, rådgiver, Vei og trafikk" in page


def test_what_is_answered_waits_for_a_decision(app: Flask) -> None:
    number, kari = Visitor(app, "kari").has_idea(), Visitor(app, "kari")
    assert "Svar innen" in kari.gets(f"/havnvik/ideas/{number}").get_data(as_text=True)
    assert _answer(Visitor(app, "ingrid"), number) == 303
    page = kari.gets(f"/havnvik/ideas/{number}").get_data(as_text=True)
    assert "Avgjørelse innen" in page and "Svar innen" not in page
    cards = kari.gets("/havnvik/ideas").get_data(as_text=True)
    assert "avgjørelse innen" in cards and "svar innen" not in cards


def test_one_key_gives_one_answer(app: Flask) -> None:
    number, ingrid = Visitor(app, "kari").has_idea(), Visitor(app, "ingrid")
    assert [_answer(ingrid, number, key="abc123") for _ in range(3)] == [303] * 3
    assert _answer(ingrid, number, key="abc123", body="Et annet svar med samme nøkkel.") == 422
    assert _bodies(app, number) == [BODY]


@pytest.mark.parametrize("who", ["kari", "fatima", "olav"])
def test_others_cannot_answer(app: Flask, who: str) -> None:
    number, visitor = Visitor(app, "kari").has_idea(), Visitor(app, who)
    assert _answer(visitor, number) == 403
    assert visitor.gets(f"/havnvik/contributions/{number}/answers/new").status_code == 403
    assert _bodies(app, number) == []


def test_a_foreign_towns_unit_cannot_sign(app: Flask) -> None:
    number, ingrid = Visitor(app, "kari").has_idea(), Visitor(app, "ingrid")
    assert _answer(ingrid, number, unit=_unit(app, "fjordvang")) == 422
    assert _bodies(app, number) == []


@pytest.mark.parametrize(
    "fields", [{"body": ""}, {"body": "kort"}, {"lang": "xx"}, {"unit": "x"}, {"body": "a" * 9000}]
)
def test_a_refused_answer_is_kept_on_the_page(app: Flask, fields: dict[str, str]) -> None:
    number, ingrid = Visitor(app, "kari").has_idea(), Visitor(app, "ingrid")
    assert _answer(ingrid, number, **fields) == 422
    assert _bodies(app, number) == []


def test_a_preview_publishes_nothing(app: Flask) -> None:
    number, ingrid = Visitor(app, "kari").has_idea(), Visitor(app, "ingrid")
    path = f"/havnvik/contributions/{number}/answers"
    body = BODY + "<script>alert(1)</script>"
    page = ingrid.posts(path, unit=_unit(app), lang="nb", body=body, preview="1")
    text = page.get_data(as_text=True)
    assert page.status_code == 200 and "<strong>innen jul</strong>" in text
    assert "<script>alert" not in text
    # As it will stand: from whom, and signed.
    assert "Offisielt svar fra Vei og trafikk" in text
    assert re.search(r'sb-answer__sign">.*?<strong>Ingrid [^<]+</strong>.*?Vei og trafikk', text)
    assert _bodies(app, number) == []
    strange = ingrid.posts(path, unit="99999", lang="nb", body=body, preview="1")
    assert strange.status_code == 422 and "Velg en enhet" in strange.text


def test_the_answer_is_on_the_timeline(app: Flask) -> None:
    number, ingrid = Visitor(app, "kari").has_idea(), Visitor(app, "ingrid")
    _answer(ingrid, number)
    log = Visitor(app).gets("/havnvik/log?type=answers").get_data(as_text=True)
    assert "<strong>Offisielt svar</strong> fra Vei og trafikk, signert av " in log
