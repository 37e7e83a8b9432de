"""The versions of a text: listed with who and when, compared in two ways, and safe to look at."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from smartby.contributions.models import Contribution
from smartby.core.clock import now
from smartby.core.transaction import transaction
from smartby.extensions import db
from tests.corpora.xss import MARKUP
from tests.people import Visitor
from tests.statements import counted


def change(visitor: Visitor, number: int, seen: int, body: str, title: str = "") -> None:
    answer = visitor.posts(
        f"/havnvik/ideas/{number}", title=title or "Lys på gangveien bak skolen", body=body,
        principles=["1"], lang="nb", seen=seen,
    )  # fmt: skip
    assert answer.status_code == 303


def shown(visitor: Visitor, number: int, query: str = "") -> str:
    answer = visitor.gets(f"/havnvik/contributions/{number}/versions{query}")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def marked(page: str, kind: str) -> list[str]:
    tag = {"added": "ins", "removed": "del"}[kind]
    changes = page.partition("sb-changed__title")[2]
    found = re.findall(rf"<{tag} [^>]*>(.*?)</{tag}>", changes, re.DOTALL)
    return [re.sub(r"<span.*?</span>", "", text, flags=re.DOTALL) for text in found]


@pytest.mark.parametrize("view", ["sides", "inline"])
def test_what_was_added_and_removed_is_marked(app: Flask, view: str) -> None:
    kari = Visitor(app, "kari")
    number = kari.has_idea(body="Det er mørkt på gangveien.\n\nMange går der.")
    change(kari, number, 1, "Det er mørkt på skoleveien.\n\nMange går der.")
    page = shown(Visitor(app), number, f"?view={view}")
    assert marked(page, "removed") == ["gangveien"]
    assert marked(page, "added") == ["skoleveien"]


def test_any_two_versions_can_be_compared_and_the_newest_two_are_at_first(app: Flask) -> None:
    kari = Visitor(app, "kari")
    number = kari.has_idea(body="Første tekst om lys.")
    change(kari, number, 1, "Andre tekst om lys.")
    change(kari, number, 2, "Tredje tekst om lys.")
    page = shown(Visitor(app), number)
    assert "Fra versjon 2 til 3" in page
    assert "Teksten er endret 2 ganger" in page
    assert page.count("Kari Solheim") == 3
    page = shown(Visitor(app), number, "?before=1&after=3")
    assert ("Første" in page, "Andre" in page, "Tredje" in page) == (True, False, True)
    assert "Fra versjon 1 til 3" in shown(Visitor(app), number, "?before=3&after=1")


@pytest.mark.parametrize("query", ["?before=0&after=99", "?before=x", "?view=%00", "?after=-1"])
def test_wishes_that_make_no_sense_show_the_newest(app: Flask, query: str) -> None:
    kari = Visitor(app, "kari")
    number = kari.has_idea()
    change(kari, number, 1, "Ny tekst om lys.")
    assert "Fra versjon 1 til 2" in shown(Visitor(app), number, query)


def test_a_text_that_was_never_changed_says_so(app: Flask) -> None:
    number = Visitor(app, "kari").has_idea()
    assert "ikke endret siden" in shown(Visitor(app), number)


@pytest.mark.parametrize("view", ["sides", "inline"])
def test_no_text_becomes_markup(app: Flask, view: str) -> None:
    kari = Visitor(app, "kari")
    body = "\n\n".join(MARKUP)[:4900]
    number = kari.has_idea(body="Helt vanlig tekst.")
    change(kari, number, 1, body, title='<img src=x onerror="alert(1)">')
    page = shown(Visitor(app), number, f"?view={view}")
    inside = page.partition("<main")[2].partition("</main>")[0].lower()
    assert "<img" not in inside
    assert "<script" not in inside
    assert not re.search(r"<[a-z]+[^>]*\son[a-z]+=", inside)


def test_hidden_and_foreign_ones_have_no_versions_for_others(app: Flask) -> None:
    kari = Visitor(app, "kari")
    foreign, hidden = kari.has_idea(town="fjordvang"), kari.has_idea()
    with app.app_context(), transaction():
        db.session.get_one(Contribution, hidden).hidden_at = now()
    for number in (foreign, hidden, 999_999):
        assert kari.gets(f"/havnvik/contributions/{number}/versions").status_code == 404
    ingrid = Visitor(app, "ingrid")
    assert ingrid.gets(f"/havnvik/contributions/{hidden}/versions").status_code == 200


def test_many_versions_cost_no_more_statements(app: Flask) -> None:
    kari = Visitor(app, "kari")
    number = kari.has_idea()
    for seen in (1, 2):
        change(kari, number, seen, f"Tekst {seen} om lys.")
    shown(Visitor(app), number)
    with counted(app) as few:
        shown(Visitor(app), number)
    for seen in range(3, 9):
        change(kari, number, seen, f"Tekst {seen} om lys.")
    with counted(app) as many:
        shown(Visitor(app), number)
    assert len(many) == len(few) <= 8, many
