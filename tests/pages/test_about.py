"""Pages about the place itself: the same for a town and for all, and true to what the code does."""

from __future__ import annotations

import pytest
from flask import Flask

from smartby.core.models import Base
from smartby.pages.inventory import inventory
from tests.municipalities.test_theme import settings
from tests.people import Visitor

PAGES = ("about", "privacy", "cookies", "accessibility", "principles", "principles/1")
# Rows that hold somebody's id but nothing that is told about them elsewhere.
PART_OF_OTHERS = {"contribution_text"}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_stands_in_a_town_and_outside(app: Flask, page: str) -> None:
    reader = Visitor(app)
    assert reader.gets(f"/{page}").status_code == 200
    assert reader.gets(f"/nowhere/{page}").status_code == 404
    inside = reader.gets(f"/havnvik/{page}").get_data(as_text=True)
    assert 'href="/havnvik/privacy"' in inside  # the town's own foot
    assert 'href="/privacy"' not in inside


@pytest.mark.parametrize("page", PAGES)
def test_a_page_reads_in_every_language(app: Flask, page: str) -> None:
    reader = Visitor(app)
    for language in ("nn", "en"):
        reader.gets(f"/preferences?language={language}")
        assert f'<html lang="{language}"' in reader.gets(f"/havnvik/{page}").get_data(as_text=True)


def test_every_table_about_people_is_in_the_inventory() -> None:
    listed = {name for purpose in inventory() for name in purpose.tables}
    about_people = {
        table.name
        for table in Base.metadata.tables.values()
        if any(key.column.table.name == "user_account" for key in table.foreign_keys)
        or {"email", "to"} & set(table.columns.keys()) - {"municipality"}
    }
    about_people -= {"municipality", *PART_OF_OTHERS}
    assert about_people - listed == set(), "tell of it in smartby/pages/inventory.py"
    assert listed - set(Base.metadata.tables) == set()


def test_the_pipeline_is_explained_with_the_towns_own_stages(app: Flask) -> None:
    page = Visitor(app).gets("/havnvik/about").get_data(as_text=True)
    for name in ("Mottatt", "Vurderes", "Tatt i bruk", "Ikke videreført"):
        assert name in page
    assert "neste ord innen 14 dager" in page
    assert "Mottatt" in Visitor(app).gets("/about").get_data(as_text=True)


def test_the_accessibility_statement_is_linked_when_there_is_one(app: Flask) -> None:
    hanne, reader = Visitor(app, "hanne"), Visitor(app)
    assert "Adressen til erklæringen mangler" in hanne.gets("/havnvik/accessibility").text
    assert "Adressen til erklæringen mangler" not in reader.gets("/havnvik/accessibility").text
    address = "https://uustatus.no/nb/erklaringer/publisert/1"
    told = settings(
        accessibility_statement_url=address, email="post@havnvik.example.no", phone="51507090"
    )
    assert hanne.posts("/havnvik/settings", **told).status_code == 303
    page = reader.gets("/havnvik/accessibility").text
    assert f'href="{address}"' in page
    assert "mailto:post@havnvik.example.no" in page
    assert "tel:51507090" in page
    assert "Adressen til erklæringen mangler" not in hanne.gets("/havnvik/accessibility").text


def test_the_cookie_that_is_told_of_is_the_one_that_is_set(app: Flask) -> None:
    reader = Visitor(app)
    assert "Set-Cookie" not in reader.gets("/cookies").headers
    chosen = reader.gets("/preferences?language=nn")
    name = chosen.headers["Set-Cookie"].partition("=")[0]
    assert f"<code>{name}</code>" in reader.gets("/cookies").text
