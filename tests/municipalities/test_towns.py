"""Which municipalities take part: opened and closed by those who run the installation."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select

from smartby.accounts.models import User
from smartby.core.transaction import perform
from smartby.extensions import db
from smartby.municipalities.actions import RESERVED
from smartby.municipalities.finding import search_places
from smartby.municipalities.models import Member, Municipality
from smartby.municipalities.reference import places
from smartby.municipalities.tenancy import SLUG
from tests.municipalities.test_invitations import mailed_path
from tests.municipalities.test_settings import town, types
from tests.people import Visitor, user_id


@pytest.fixture
def operator(app: Flask) -> Visitor:
    """Sunniva runs the installation."""
    number = user_id(app, "sunniva")

    def promote() -> None:
        db.session.get_one(User, number).is_operator = True

    with app.app_context():
        perform(promote)
    return Visitor(app, "sunniva")


def test_all_places_are_known() -> None:
    kinds = [place.kind for place in places().values()]
    assert (kinds.count("municipality"), kinds.count("county")) == (357, 15)


@pytest.mark.parametrize(
    ("wanted", "number"),
    [
        ("karasjohka", "5610"),
        ("Kárášjohka", "5610"),
        ("tromso", "5501"),
        ("Tromsø", "5501"),
        ("0301", "0301"),
        ("vestland", "46"),
        ("ALTA", "5601"),
    ],
)
def test_a_place_is_found_by_any_of_its_names(wanted: str, number: str) -> None:
    assert number in [hit.place.number for hit in search_places(wanted, [])]


def test_a_search_for_nothing_finds_nothing() -> None:
    for nothing in ("", "   ", "!!!", "finnes ikke", "\x00"):
        assert search_places(nothing, []) == []


def test_only_operators_manage_towns(app: Flask) -> None:
    number = town(app).id
    assert Visitor(app).gets("/towns/manage").status_code == 302
    for key in ("kari", "hanne"):
        visitor = Visitor(app, key)
        assert visitor.gets("/towns/manage").status_code == 403
        assert visitor.posts("/towns/manage", number="1103").status_code == 403
        closing = f"/towns/manage/{number}/closing"
        assert visitor.posts(closing, closed="yes").status_code == 403
        first = f"/towns/manage/{number}/administrator"
        assert visitor.posts(first, email="kari@example.no").status_code == 403
    assert town(app).closed_at is None


def test_a_municipality_is_opened_with_its_first_administrator(
    app: Flask, operator: Visitor
) -> None:
    page = operator.gets("/towns/manage?q=stavanger").get_data(as_text=True)
    assert "1103" in page
    opened = operator.posts(
        "/towns/manage", number="1103", slug="stavanger", code="STV", written_language="nb"
    )
    assert opened.status_code == 303
    made = town(app, "stavanger")
    assert (made.name, made.code) == ("Stavanger", "STV")
    assert types(app)[-1] == "town.opened"
    invitation = f"/towns/manage/{made.id}/administrator"
    assert operator.posts(invitation, email="kari@example.no").status_code == 303
    path = mailed_path(app, "kari@example.no")
    kari = Visitor(app, "kari")
    assert kari.posts(path).status_code == 303
    assert kari.gets("/stavanger/settings").status_code == 200
    assert operator.gets("/stavanger/settings").status_code == 403  # running it is no role in it
    with app.app_context():
        assert db.session.scalar(select(Member.role).where(Member.municipality_id == made.id))


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": "0000"},
        {"number": "1103", "slug": "static"},
        {"number": "1103", "slug": "Stor By"},
        {"number": "1103", "slug": "havnvik"},
        {"number": "1103", "code": "HVN"},
        {"number": "1103", "code": "12"},
        {"number": "9901", "slug": "en-annen"},
        {"number": "1103", "written_language": "se"},
        {"number": ""},
    ],
)
def test_a_municipality_that_cannot_be_opened(
    app: Flask, operator: Visitor, wrong: dict[str, str]
) -> None:
    fields = {"slug": "stavanger", "code": "STV", "written_language": "nb", **wrong}
    assert operator.posts("/towns/manage", **fields).status_code == 422
    with app.app_context():
        assert len(db.session.scalars(select(Municipality)).all()) == 2


def test_a_wrong_address_of_an_administrator_is_told(app: Flask, operator: Visitor) -> None:
    path = f"/towns/manage/{town(app).id}/administrator"
    assert operator.posts(path, email="nei").status_code == 422
    assert operator.posts("/towns/manage/99999/administrator", email="a@b.no").status_code == 404


def test_a_closed_municipality_is_gone_until_it_is_opened_again(
    app: Flask, operator: Visitor
) -> None:
    path = f"/towns/manage/{town(app).id}/closing"
    assert operator.posts(path, closed="kanskje").status_code == 422
    assert operator.posts(path, closed="yes").status_code == 303
    assert Visitor(app).gets("/havnvik/").status_code == 404
    assert 'href="/havnvik/"' not in Visitor(app).gets("/?q=havnvik").get_data(as_text=True)
    assert types(app)[-1] == "town.closed"
    assert "stengt" in operator.gets("/towns/manage").get_data(as_text=True)
    assert operator.posts(path, closed="no").status_code == 303
    assert Visitor(app).gets("/havnvik/").status_code == 200
    assert types(app)[-1] == "town.reopened"


def test_towns_are_listed_closed_and_opened_by_command(app: Flask) -> None:
    run = app.test_cli_runner()
    assert "havnvik" in run.invoke(args=["town", "list"]).output
    assert run.invoke(args=["town", "close", "havnvik"]).exit_code == 0
    assert "closed" in run.invoke(args=["town", "list"]).output
    assert town(app).closed_at is not None
    assert run.invoke(args=["town", "close", "havnvik", "--again"]).exit_code == 0
    assert town(app).closed_at is None
    assert run.invoke(args=["town", "close", "nowhere"]).exit_code == 1


def test_no_town_can_take_the_address_of_a_page(app: Flask) -> None:
    first = {rule.rule.split("/")[1] for rule in app.url_map.iter_rules()}
    taken = {part for part in first if re.fullmatch(SLUG, part)}
    assert taken - RESERVED == set()
