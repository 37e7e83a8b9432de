"""A form sent with an old token comes back with what was typed, and a press sends it."""

from __future__ import annotations

import importlib
import pkgutil
import re
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse
from wtforms import PasswordField

import smartby
from smartby.contributions.models import Contribution
from smartby.core.resend import SECRETS
from smartby.extensions import db
from tests.corpora.hostile_text import HOSTILE
from tests.people import ORIGIN, PASSWORD, Visitor

IDEA = {
    "title": "Lys på «gangveien» <bak> skolen",
    "body": "Det er mørkt der om morgenen,\r\n\r\nog mange går til skolen.",
    "principles": ["1", "4"],
    "lang": "nb",
    "key": "a" * 32,
}


def fields_of(page: str) -> dict[str, list[str]]:
    """Return what the page's form would send."""
    form = page.partition("<main")[2].partition("</main>")[0]
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name:
            found.setdefault(unescape(name[1]), []).append(unescape(value[1]) if value else "")
    for name, value in re.findall(
        r'<textarea[^>]*name="([^"]+)"[^>]*>\n(.*?)</textarea>', form, re.S
    ):
        found[name] = [unescape(value)]
    return found


def sends_old(visitor: Visitor, path: str, **fields: object) -> TestResponse:
    return visitor.posts(path, csrf_token="old", **fields)


def ideas(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count(Contribution.id))) or 0


def test_nothing_typed_is_lost_and_one_press_sends_it(app: Flask) -> None:
    kari = Visitor(app, "kari")
    answer = sends_old(kari, "/havnvik/ideas", **IDEA)
    assert answer.status_code == 400
    page = answer.get_data(as_text=True)
    assert 'action="/havnvik/ideas"' in page
    assert "<bak>" not in page
    fields = fields_of(page)
    token = fields.pop("csrf_token")
    assert fields == {name: [v] if isinstance(v, str) else v for name, v in IDEA.items()}
    assert ideas(app) == 0  # a press sends it, not the page
    sent = kari.posts("/havnvik/ideas", **fields, csrf_token=token[0])
    assert (sent.status_code, ideas(app)) == (303, 1)


def test_passwords_are_typed_anew(app: Flask) -> None:
    stranger = Visitor(app)
    path = "/sign-in?town=havnvik"
    answer = sends_old(
        stranger, path, email="kari@example.no", password=PASSWORD, next="/havnvik/ideas"
    )
    page = answer.get_data(as_text=True)
    assert PASSWORD not in page
    assert f'action="{path}"' in page
    fields = fields_of(page)
    assert fields["password"] == [""]
    fields["password"] = [PASSWORD]
    assert stranger.posts(path, **fields).location == "/havnvik/ideas"


def test_every_password_field_is_a_known_secret() -> None:
    names = set()
    for module in pkgutil.walk_packages(smartby.__path__, "smartby."):
        if not module.name.endswith(".forms"):
            continue
        for form in vars(importlib.import_module(module.name)).values():
            for name in dir(form) if isinstance(form, type) else ():
                field = getattr(form, name)
                if getattr(field, "field_class", None) is PasswordField:
                    names.add(name)
    assert names
    assert names <= set(SECRETS)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_what_another_site_put_together_is_not_drawn(app: Flask, headers: dict[str, str]) -> None:
    answer = Visitor(app, "kari").posts("/havnvik/ideas", csrf_token="old", headers=headers, **IDEA)
    assert answer.status_code == 400
    assert "gangveien" not in answer.get_data(as_text=True)


def test_a_browser_that_names_no_origin_gets_the_plain_page(app: Flask) -> None:
    kari = Visitor(app, "kari")
    answer = kari.client.post("/havnvik/ideas", data={**IDEA, "csrf_token": "old"})
    assert answer.status_code == 400
    assert "gangveien" not in answer.get_data(as_text=True)


def test_a_script_gets_its_json(app: Flask) -> None:
    headers = {"Accept": "application/json"}
    answer = Visitor(app, "kari").posts("/havnvik/ideas", csrf_token="old", headers=headers, **IDEA)
    assert (answer.status_code, answer.mimetype) == (400, "application/json")


def test_hostile_fields_are_shown_harmlessly(app: Flask) -> None:
    kari = Visitor(app, "kari")
    for name, text in HOSTILE.items():
        sent = text.encode("utf-8", "surrogatepass")
        fields = {"title": sent, "body": sent, "odd": sent, "csrf_token": "old"}
        answer = kari.client.post("/havnvik/ideas", data=fields, headers={"Origin": ORIGIN})
        assert answer.status_code in (400, 413), name
        assert "<script>" not in answer.get_data(as_text=True)
