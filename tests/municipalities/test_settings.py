"""A town's settings: changed by its administrators only, and never by two unawares."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select

from smartby.extensions import db
from smartby.ledger.models import LedgerEntry
from smartby.municipalities.models import Municipality, Unit
from tests.municipalities.test_theme import settings
from tests.people import Visitor

PAGES = ("/havnvik/settings", "/havnvik/settings/units", "/havnvik/members")


def town(app: Flask, slug: str = "havnvik") -> Municipality:
    with app.app_context():
        return db.session.scalars(select(Municipality).where(Municipality.slug == slug)).one()


def unit_id(app: Flask, slug: str = "havnvik") -> int:
    with app.app_context():
        found = select(Unit.id).join(Municipality, Municipality.id == Unit.municipality_id)
        number = db.session.scalar(found.where(Municipality.slug == slug))
    assert number is not None
    return number


def types(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(LedgerEntry.type).order_by(LedgerEntry.id)))


@pytest.mark.parametrize("path", PAGES)
def test_only_the_towns_administrators_come_in(app: Flask, path: str) -> None:
    assert Visitor(app).gets(path).status_code == 302
    for key in ("kari", "ingrid", "fatima", "gro"):
        assert Visitor(app, key).gets(path).status_code == 403, key
    assert Visitor(app, "hanne").gets(path).status_code == 200


@pytest.mark.parametrize("key", ["kari", "ingrid", "gro"])
def test_only_the_towns_administrators_change_it(app: Flask, key: str) -> None:
    visitor, unit = Visitor(app, key), unit_id(app)
    assert visitor.posts("/havnvik/settings", **settings(phone="12345678")).status_code == 403
    assert visitor.posts("/havnvik/settings/units", name_nb="Kultur").status_code == 403
    assert visitor.posts(f"/havnvik/settings/units/{unit}", name_nb="Kultur").status_code == 403
    archive = f"/havnvik/settings/units/{unit}/archive"
    assert visitor.posts(archive, archived="yes").status_code == 403
    assert town(app).phone == ""


def test_settings_are_saved_and_entered_in_the_ledger(app: Flask) -> None:
    hanne = Visitor(app, "hanne")
    changed = settings(
        phone="51 50 70 90",
        email="post@havnvik.example.no",
        accessibility_statement_url="https://uustatus.no/nb/erklaringer/publisert/1",
        welcome_nb="Velkommen til Havnvik.",
        welcome_nn="Velkomen til Havnvik.",
    )
    assert hanne.posts("/havnvik/settings", **changed).status_code == 303
    saved = town(app)
    assert (saved.phone, saved.version) == ("51 50 70 90", 2)
    assert types(app)[-1] == "town.changed"
    log = Visitor(app).gets("/havnvik/log?group=town").get_data(as_text=True)
    assert "velkomst på bokmål: ingen → «Velkommen til Havnvik.»" in log
    # Somebody may be reached there: that it was changed is told, and not to what.
    assert "telefon; e-post;" in log and "51 50 70 90" not in _entries(log)
    front = Visitor(app)
    assert "Velkommen til Havnvik." in front.gets("/havnvik/").get_data(as_text=True)
    front.gets("/preferences?language=nn")
    assert "Velkomen til Havnvik." in front.gets("/havnvik/").get_data(as_text=True)
    front.gets("/preferences?language=en")  # no English welcome: the town's own, marked as such
    page = front.gets("/havnvik/").get_data(as_text=True)
    assert 'lang="nb">Velkommen til Havnvik.' in page


def test_saving_the_same_again_changes_nothing(app: Flask) -> None:
    before = types(app)
    assert Visitor(app, "hanne").posts("/havnvik/settings", **settings()).status_code == 303
    assert town(app).version == 1
    assert types(app) == before


def test_whoever_comes_second_is_told_and_keeps_what_was_typed(app: Flask) -> None:
    hanne, other = Visitor(app, "hanne"), Visitor(app, "hanne")
    assert hanne.posts("/havnvik/settings", **settings(phone="11111111")).status_code == 303
    second = other.posts("/havnvik/settings", **settings(welcome_nb="Hei fra Havnvik"))
    assert second.status_code == 409
    page = second.get_data(as_text=True)
    assert "Noen andre endret innstillingene" in page
    assert "Hei fra Havnvik" in page
    assert (town(app).phone, town(app).welcome_nb) == ("11111111", "")
    seen = re.search(r'name="seen" value="(\d+)"', page)
    assert seen
    again = other.posts("/havnvik/settings", **settings(seen=seen[1], welcome_nb="Hei"))
    assert again.status_code == 303
    assert town(app).welcome_nb == "Hei"


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("primary_colour", "#8FD19E", "Kontrasten mot hvitt er 1,8 til 1"),
        ("deep_colour", "#777777", "minst 4,5 til 1"),
        ("primary_colour", "red", "#1F5C4A"),
        ("email", "ikke en adresse", "Skriv en e-postadresse"),
        ("phone", "ring meg", "med tall"),
        ("accessibility_statement_url", "javascript:alert(1)", "https://"),
        ("accessibility_statement_url", "http://uustatus.no", "https://"),
        ("written_language", "se", ""),
        ("welcome_nb", "a" * 401, ""),
        ("seen", "-1", ""),
        ("seen", "tull", ""),
    ],
)
def test_what_cannot_be_used_is_told_at_the_field(
    app: Flask, field: str, value: str, told: str
) -> None:
    answer = Visitor(app, "hanne").posts("/havnvik/settings", **settings(**{field: value}))
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert told in page
    assert value in page or field in ("written_language", "seen")
    assert town(app).version == 1


def test_units_are_added_renamed_and_archived(app: Flask) -> None:
    hanne = Visitor(app, "hanne")
    hanne.posts("/havnvik/settings/units", name_nb="Oppvekst", name_nn="", name_en="Schools")
    with app.app_context():
        made = db.session.scalars(select(Unit).where(Unit.key == "oppvekst")).one()
    assert (made.name_nn, made.name_en) == ("Oppvekst", "Schools")
    path = f"/havnvik/settings/units/{made.id}"
    hanne.posts(path, name_nb="Oppvekst og skole")
    hanne.posts(f"{path}/archive", archived="yes")
    with app.app_context():
        kept = db.session.get_one(Unit, made.id)
        assert (kept.key, kept.name_nb) == ("oppvekst", "Oppvekst og skole")
        assert kept.archived_at is not None
    assert "ute av bruk" in hanne.gets("/havnvik/settings/units").get_data(as_text=True)
    hanne.posts(f"{path}/archive", archived="no")
    with app.app_context():
        assert db.session.get_one(Unit, made.id).archived_at is None
    assert types(app)[-4:] == ["town.changed"] * 4
    log = _entries(Visitor(app).gets("/havnvik/log").get_data(as_text=True))
    for words in (
        "ny enhet Oppvekst",
        "enhet: Oppvekst → Oppvekst og skole",
        "Oppvekst og skole tatt ut av bruk",
        "Oppvekst og skole tatt i bruk igjen",
    ):
        assert f"Innstillingene ble endret: {words}" in log


def test_the_log_says_what_a_colour_and_the_language_were(app: Flask) -> None:
    before = town(app).primary_colour
    changed = settings(primary_colour="#123456", written_language="nn")
    assert Visitor(app, "hanne").posts("/havnvik/settings", **changed).status_code == 303
    reader = Visitor(app)
    reader.gets("/preferences?language=en")
    english = reader.gets("/havnvik/log").get_data(as_text=True)
    assert f"main colour: {before} → #123456; written language: Bokmål → Nynorsk" in english


def _entries(log: str) -> str:
    """Return the log without what stands around it on every page."""
    return log[log.index("<main") : log.index("</main>")]


def test_two_units_cannot_have_one_name(app: Flask) -> None:
    hanne = Visitor(app, "hanne")
    assert hanne.posts("/havnvik/settings/units", name_nb="Kultur").status_code == 303
    again = hanne.posts("/havnvik/settings/units", name_nb="Kultur")
    assert again.status_code == 422
    assert "Det finnes alt en enhet" in again.get_data(as_text=True)
    assert hanne.posts("/havnvik/settings/units", name_nb="").status_code == 422
    assert hanne.posts(f"/havnvik/settings/units/{unit_id(app)}", name_nb="").status_code == 422


def test_the_unit_of_another_town_is_not_there(app: Flask) -> None:
    foreign = unit_id(app, "fjordvang")
    hanne = Visitor(app, "hanne")
    for path in (f"{foreign}", f"{foreign}/archive", "999999", "99999999999999"):
        answer = hanne.posts(f"/havnvik/settings/units/{path}", name_nb="Vår", archived="yes")
        assert answer.status_code == 404, path
