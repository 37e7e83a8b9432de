"""The principles' pages: the definition quoted with its source, and each principle's ideas."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from smartby.principles.reference import about_principle, definition, principles
from tests.pages.test_front import moved, realised
from tests.people import Visitor
from tests.statements import counted


def test_there_are_eight_in_every_language() -> None:
    for language in ("nb", "nn", "en"):
        assert [each.id for each in principles(language)] == list(range(1, 9))
    assert about_principle(0, "nb") is None
    assert about_principle(9, "nb") is None


def test_the_definition_is_quoted_with_its_source(app: Flask) -> None:
    for path in ("/principles", "/havnvik/principles"):
        reader = Visitor(app)
        reader.gets("/preferences?language=en")
        page = reader.gets(path).text
        assert definition().text in page
        assert f'cite="{definition().url}"' in page
        assert '<blockquote lang="nb"' in page
    assert definition().url.startswith("https://doga.no/")


@pytest.mark.parametrize("number", ["0", "9", "999999999999", "-1", "x"])
def test_there_is_no_ninth(app: Flask, number: str) -> None:
    assert Visitor(app).gets(f"/principles/{number}").status_code == 404
    assert Visitor(app).gets(f"/havnvik/principles/{number}").status_code == 404


def test_a_principle_shows_its_ideas_and_where_they_stand(app: Flask) -> None:
    kari = Visitor(app, "kari")
    first = kari.has_idea("Lys på gangveien bak skolen", principles=["3"])
    second = kari.has_idea("Sykkelvei langs hele fjorden", principles=["3", "4"])
    third = kari.has_idea("Ein benk nede ved fjorden", principles=["3"], town="fjordvang")
    moved(app, first, "under_review")
    realised(app, second)
    page = Visitor(app).gets("/havnvik/principles/3").text
    assert f"/havnvik/ideas/{first}" in page
    assert f"/havnvik/ideas/{second}" in page
    assert f"/fjordvang/ideas/{third}" not in page
    counts = dict(re.findall(r'data-kind="(\w+)"><dt>[^<]+</dt><dd>(\d+)<', page))
    assert counts == {"work": "1", "won": "1"}
    national = Visitor(app).gets("/principles/3").text
    assert f"/fjordvang/ideas/{third}" in national
    assert "Ingen ideer hører til" in Visitor(app).gets("/havnvik/principles/8").text


def test_a_principles_ideas_are_shown_page_by_page(app: Flask) -> None:
    kari = Visitor(app, "kari")
    made = {str(kari.has_idea(f"Lys på gangvei nummer {n} i Lia")) for n in range(23)}
    seen: list[str] = []
    path: str | None = "/havnvik/principles/1"
    while path:
        with counted(app) as statements:
            page = Visitor(app).gets(path).text
        assert len(statements) <= 7
        seen += re.findall(r'id="card-(\d+)"', page)
        more = re.search(r'href="(/havnvik/principles/1\?after=[^"]+)"', page)
        path = more[1] if more else None
    assert set(seen) == made
    assert len(seen) == len(made)
    assert Visitor(app).gets("/havnvik/principles/1?after=tull").status_code == 422


def test_the_goals_are_numbered_and_counted(app: Flask) -> None:
    kari = Visitor(app, "kari")
    kari.has_idea("Lys på gangveien bak skolen", goals=["3", "11"])
    kari.has_idea("Benker langs kaia i sør", goals=["11"])
    page = kari.gets("/havnvik/principles").text
    listed = re.findall(r'__n">(\d+)</span>\s*<span>(.*?)<small[^>]*>(\d+) id', page, re.S)
    assert [int(number) for number, _name, _count in listed] == list(range(1, 18))
    counts = {int(number): int(count) for number, _name, count in listed}
    assert {n: count for n, count in counts.items() if count} == {3: 1, 11: 2}
    leads = [int(number) for number, name, _count in listed if f"goal={number}" in name]
    assert leads == [3, 11]  # nobody is led to an empty list
    assert len(re.findall('__n">', Visitor(app).gets("/principles").text)) == 17
