"""The national front page: find your municipality, and what is new in all of them."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from smartby.core.transaction import perform
from smartby.extensions import db
from smartby.municipalities.actions import close_town
from smartby.municipalities.models import Municipality
from smartby.municipalities.reference import other_names, places
from tests.pages.test_front import town_id
from tests.people import Visitor
from tests.statements import counted


def test_open_towns_are_linked(app: Flask) -> None:
    page = Visitor(app).gets("/").text
    assert 'href="/havnvik/"' in page
    assert 'href="/fjordvang/"' in page


@pytest.mark.parametrize("wanted", ["kautokeino", "Guovdageaidnu", "5612"])
def test_a_place_that_is_not_in_it_yet_is_known_by_all_its_names(app: Flask, wanted: str) -> None:
    page = Visitor(app).gets("/", query_string={"q": wanted}).text
    assert "Guovdageaidnu" in page
    assert "Kautokeino" in page
    assert "ikke med ennå" in page


def test_a_place_that_takes_part_is_linked_from_the_search(app: Flask) -> None:
    page = Visitor(app).gets("/?q=havn").text
    assert 'href="/havnvik/"' in page
    assert "Prøv færre bokstaver" in Visitor(app).gets("/?q=finnes+ikke").text


@pytest.mark.parametrize(
    ("wanted", "place"),
    [
        ("havnvk", "Havnvik"),  # a letter is missing
        ("havvnik", "Havnvik"),
        ("Trondhiem", "Trondheim"),
        ("stavangr", "Stavanger"),
        ("Guovdageidnu", "Kautokeino"),
        ("kristjania", "Oslo"),  # misspelt and old
    ],
)
def test_a_misspelt_name_is_asked_about(app: Flask, wanted: str, place: str) -> None:
    page = Visitor(app).gets("/", query_string={"q": wanted}).text
    assert "Mente du " in page
    assert f"Ingen kommune eller fylkeskommune heter «{wanted}»." in page
    listed = re.search(r'<ul class="sb-towns">(.*?)</ul>', page, re.DOTALL)
    assert listed
    assert place in listed[1]
    assert ('href="/havnvik/"' in listed[1]) == (place == "Havnvik")


@pytest.mark.parametrize(
    ("wanted", "place"),
    [
        ("Skedsmo", "Lillestrøm"),
        ("skedsmo kommune", "Lillestrøm"),
        ("Kristiania", "Oslo"),
        ("Hordaland fylkeskommune", "Vestland"),
        ("Kirkenes", "Sør-Varanger"),
        ("Romsa", "Tromsø"),
        ("Tråante", "Trondheim"),
        ("karasjohka", "Karasjok"),
        ("Karasjok kommune", "Karasjok"),
    ],
)
def test_a_place_is_found_by_the_names_that_people_know(
    app: Flask, wanted: str, place: str
) -> None:
    page = Visitor(app).gets("/", query_string={"q": wanted}).text
    assert place in page[page.index('<ul class="sb-towns">') :]
    assert "Mente du" not in page


def test_the_place_that_is_called_so_comes_first(app: Flask) -> None:
    page = Visitor(app).gets("/", query_string={"q": "ski"}).text
    listed = re.findall(r"<strong>([^<]+)</strong>", page[page.index('<ul class="sb-towns">') :])
    assert listed[0] == "Nordre Follo"
    assert "Skien" in listed


def test_every_other_name_belongs_to_a_place_of_today() -> None:
    today = {place.name for place in places().values()}
    assert set(other_names()) <= today


@pytest.mark.parametrize("wanted", ["\x00", "a" * 5000, "<script>alert(1)</script>", "\u202eab"])
def test_any_search_is_answered(app: Flask, wanted: str) -> None:
    answer = Visitor(app).gets("/", query_string={"q": wanted})
    assert answer.status_code == 200
    assert "<script>alert(1)" not in answer.text


def test_ideas_of_all_open_towns_are_shown_with_their_town(app: Flask) -> None:
    kari = Visitor(app, "kari")
    here = kari.has_idea("Lys på gangveien bak skolen")
    there = kari.has_idea("Ny benk nede ved fjorden", town="fjordvang")
    page = Visitor(app).gets("/").text
    assert f'href="/havnvik/ideas/{here}"' in page
    assert f'href="/fjordvang/ideas/{there}"' in page
    town = town_id(app, "fjordvang")
    with app.app_context():
        perform(close_town, db.session.get_one(Municipality, town), closed=True)
    page = Visitor(app).gets("/").text
    assert f"/ideas/{here}" in page
    assert "/fjordvang/" not in page


def test_an_idea_stands_once_on_the_page(app: Flask) -> None:
    kari, jonas = Visitor(app, "kari"), Visitor(app, "jonas")
    old = [kari.has_idea(f"Ny benk nede ved fjorden nummer {n}") for n in range(5)]
    newest = old[2:]
    for number in (old[1], newest[0]):
        jonas.posts(f"/havnvik/contributions/{number}/support", wanted="yes")
    page = Visitor(app).gets("/").text
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert sorted(ids) == sorted(set(ids))
    news, supported = page.split('id="supported"')
    assert [f"/ideas/{number}" in news for number in old] == [False, False, True, True, True]
    assert [f"/ideas/{number}" in supported for number in old] == [True, True, False, False, False]


def test_statements_do_not_grow_with_towns_and_ideas(app: Flask) -> None:
    kari = Visitor(app, "kari")
    kari.has_idea()
    with counted(app) as few:
        Visitor(app).gets("/")
    for n in range(3):
        kari.has_idea(f"Ny benk nede ved fjorden nummer {n}", town="fjordvang")
    with counted(app) as many:
        Visitor(app).gets("/")
    assert len(many) == len(few) <= 6
