"""One's own pages look like the town one comes from, and lead back there."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask

from smartby.core.clock import now
from smartby.core.transaction import transaction
from smartby.extensions import db
from smartby.municipalities.models import Municipality
from tests.accounts.conftest import Letter
from tests.corpora.redirects import ELSEWHERE
from tests.people import PASSWORD, Visitor, user_id

Letters = Callable[[], list[Letter]]
SECRET = "to trette katter under kaia"


def brand(visitor: Visitor, path: str) -> str:
    """Return where the header's name leads: the front page of whom the page belongs to."""
    page = visitor.gets(path).get_data(as_text=True)
    found = re.search(r'class="sb-brand" href="([^"]+)"', page)
    assert found, page[:500]
    return found[1]


@pytest.mark.parametrize(
    "path",
    [
        "/sign-in?next=/havnvik/ideas", "/sign-up?next=/havnvik/ideas?q=a", "/sign-in?town=havnvik",
        "/sign-in/forgotten?town=havnvik", "/sign-up/sent?town=havnvik", "/sign-in?next=/havnvik",
    ],
)  # fmt: skip
def test_a_stranger_stays_in_the_town(app: Flask, path: str) -> None:
    assert brand(Visitor(app), path) == "/havnvik/"


@pytest.mark.parametrize(
    "path",
    ["", "/profile", "/email", "/password", "/sessions", "/erasure"],
)
def test_so_does_whoever_is_signed_in(app: Flask, path: str) -> None:
    kari = Visitor(app, "kari")
    assert brand(kari, f"/me{path}?town=havnvik") == "/havnvik/"
    assert brand(kari, f"/me{path}") == "/"


@pytest.mark.parametrize(
    "query",
    ["town=nowhere", "town=", "town=%00", "town=../etc", "town=HAVNVIK", "next=//havnvik",
     "next=https://havnvik", "next=/me", "town=" + "a" * 300, "next=/sign-up"],
)  # fmt: skip
def test_what_names_no_town_belongs_to_none(app: Flask, query: str) -> None:
    assert brand(Visitor(app), f"/sign-in?{query}") == "/"


def test_a_town_that_has_left_is_no_town(app: Flask) -> None:
    with app.app_context(), transaction():
        town = db.session.query(Municipality).filter_by(slug="havnvik").one()
        town.closed_at = now()
    assert brand(Visitor(app), "/sign-in?next=/havnvik/ideas") == "/"


def test_links_and_forms_between_the_pages_keep_the_town(app: Flask) -> None:
    kari = Visitor(app, "kari")
    page = kari.gets("/me?town=havnvik").get_data(as_text=True)
    own = re.findall(r'(?:href|action)="(/(?:me|sign)[^"]*)"', page)
    assert own
    assert [link for link in own if "town=havnvik" not in link] == []
    front = kari.gets("/havnvik/").get_data(as_text=True)
    assert 'href="/me?town=havnvik"' in front
    assert kari.posts("/sign-out?town=havnvik").location == "/havnvik/"


def test_a_page_one_must_sign_in_for_keeps_the_town(app: Flask) -> None:
    stranger = Visitor(app)
    asked = stranger.gets("/me?town=havnvik")
    assert brand(stranger, asked.location) == "/havnvik/"


@pytest.mark.parametrize(
    ("key", "path", "wanted", "place"),
    [
        ("kari", "/sign-in", "/havnvik/ideas?q=lys", "/havnvik/ideas?q=lys"),
        ("kari", "/sign-in?town=havnvik", "", "/havnvik/"),
        ("kari", "/sign-in", "", "/"),
        ("ingrid", "/sign-in", "", "/havnvik/board"),
        ("ingrid", "/sign-in", "/", "/havnvik/board"),
        ("ingrid", "/sign-in?town=fjordvang", "", "/fjordvang/"),
        ("ingrid", "/sign-in", "/havnvik", "/havnvik"),
        ("fatima", "/sign-in", "", "/havnvik/"),
        ("kari", "/sign-in", "/sign-in?next=/havnvik/ideas", "/havnvik/ideas"),
        ("kari", "/sign-in", "/sign-up?next=//elsewhere.example", "/"),
    ],
)
def test_one_lands_where_one_came_from(
    app: Flask, key: str, path: str, wanted: str, place: str
) -> None:
    email = f"{key}@example.no"
    answer = Visitor(app).posts(path, email=email, password=PASSWORD, next=wanted)
    assert (answer.status_code, answer.location) == (303, place)


def test_who_works_in_two_towns_chooses(app: Flask) -> None:
    number = user_id(app, "ingrid")
    with app.app_context(), transaction():
        from smartby.accounts.models import User
        from smartby.municipalities.actions import give_role

        town = db.session.query(Municipality).filter_by(slug="fjordvang").one()
        give_role(town, db.session.get_one(User, number), "moderator")
    assert Visitor(app).signs_in("ingrid").location == "/"


@pytest.mark.parametrize("target", [target for target in ELSEWHERE if "\ud800" not in target])
def test_no_town_leads_elsewhere(app: Flask, target: str) -> None:
    stranger = Visitor(app)
    page = stranger.client.get("/sign-in", query_string={"town": target, "next": target})
    assert page.status_code == 200
    assert 'class="sb-brand" href="/"' in page.get_data(as_text=True)


def test_the_mailed_link_leads_back_to_the_town(app: Flask, letters: Letters) -> None:
    nina = Visitor(app)
    values = {"name": "Nina Ny", "email": "ny@example.no", "password": SECRET}
    sent = nina.posts("/sign-up?town=havnvik", **values)
    assert sent.location == "/sign-up/sent?town=havnvik"
    (letter,) = letters()
    assert brand(Visitor(app), letter.path) == "/havnvik/"
    assert nina.posts(letter.path).location == "/havnvik/"
    nina.posts("/sign-in/forgotten?town=havnvik", email="ny@example.no")
    (letter,) = letters()
    assert brand(Visitor(app), letter.path) == "/havnvik/"
