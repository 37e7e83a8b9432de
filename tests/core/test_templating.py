"""What templates say and where they lead: as Flask-Babel and Flask would, only faster."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask, g, render_template_string, url_for
from flask_babel import force_locale
from sqlalchemy import select

from smartby.core import templating
from smartby.extensions import db
from smartby.municipalities.models import Municipality


def test_values_are_escaped_on_pages_and_left_alone_in_plain_text(app: Flask) -> None:
    source = "{{ _('Hei %(name)s', name='<b>') }}"
    with app.test_request_context("/"):
        assert render_template_string(source) == "Hei &lt;b&gt;"
        plain = app.jinja_env.overlay(autoescape=False)
        assert plain.from_string(source).render() == "Hei <b>"


def test_a_doubled_percent_sign_is_one(app: Flask) -> None:
    with app.test_request_context("/"):
        assert render_template_string("{{ _('Over 50 %% støtte') }}") == "Over 50 % støtte"


def test_each_language_has_its_own_texts(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    class Catalogue:
        def __init__(self, language: str) -> None:
            self.language = language

        def ugettext(self, text: str) -> str:
            return f"{text} ({self.language})"

    made = {name: Catalogue(name) for name in ("nb", "nn")}
    monkeypatch.setattr(templating, "_catalogues", made)
    with app.test_request_context("/"):
        for language in ("nn", "nb", "nn"):
            with force_locale(language):
                assert render_template_string("{{ _('Ideer') }}") == f"Ideer ({language})"


@pytest.mark.parametrize(
    "values",
    [
        {"endpoint": "ideas.show", "number": 7},
        {"endpoint": "ideas.show", "number": 7, "_anchor": "comment-3"},
        {"endpoint": "ideas.index", "q": "lys og lykt", "principle": [1, 2]},
        {"endpoint": "ideas.index", "_external": True},
        {"endpoint": "ideas.show", "number": 7, "town": "fjordvang"},
        {"endpoint": "static", "filename": "x.css"},
    ],
    ids=lambda values: "-".join(values),
)
def test_addresses_are_flasks_own_in_every_town(app: Flask, values: dict[str, Any]) -> None:
    with app.app_context():
        towns = db.session.scalars(select(Municipality).order_by(Municipality.id)).all()
    for town in (*towns, *towns):
        with app.test_request_context(
            f"/{town.slug}/ideas", base_url=f"http://{town.slug}.example"
        ):
            g.municipality = town
            wanted = dict(values)
            endpoint = wanted.pop("endpoint")
            assert templating.path(endpoint, **wanted) == url_for(endpoint, **wanted)
