"""The public log: sentences anybody can read, filters, pages, and nothing that is hidden."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.ledger.chain import chain_of, newest, town_id
from tests.people import Visitor
from tests.statements import counted


def _numbers(page: str) -> list[int]:
    return [int(found) for found in re.findall(r'/havnvik/log/(\d+)"', page)]


def _read(app: Flask, path: str) -> str:
    answer = Visitor(app).gets(path)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_the_log_tells_who_moved_what_where_and_why(app: Flask) -> None:
    chain_of(app, 1)
    page = _read(app, "/havnvik/log")
    assert "<strong>Flyttet til Vurderes</strong> av Ingrid Moe (rådgiver, Vei og trafikk)" in page
    assert "«Vi måler farten ved skole nummer 1.»" in page
    assert "Lys på gangvei 1" in page


def test_pages_are_gapless_and_newest_first(app: Flask) -> None:
    last = newest(app, chain_of(app, 60)).seq
    seen: list[int] = []
    path = "/havnvik/log"
    while path:
        page = _read(app, path)
        seen += _numbers(page)
        further = re.search(r'href="(/havnvik/log\?before=\d+)"', page)
        path = further[1] if further else ""
    assert seen == list(range(last, 0, -1))


def test_filters_narrow_the_log(app: Flask) -> None:
    number = Visitor(app, "kari").has_idea("Gatelys i Åsveien")
    chain_of(app, 3)
    assert len(_numbers(_read(app, "/havnvik/log?type=publications"))) == 1
    assert len(_numbers(_read(app, "/havnvik/log?type=moves"))) == 3
    assert _numbers(_read(app, "/havnvik/log?month=2020-01")) == []
    found = _read(app, "/havnvik/log?q=åsveien")
    assert len(_numbers(found)) == 1 and f"/havnvik/ideas/{number}" in found
    code = re.search(r"HVN-\d{4}-\d{4}", _read(app, f"/havnvik/ideas/{number}"))
    if code:
        assert len(_numbers(_read(app, f"/havnvik/log?q={code[0].lower()}"))) == 1


def test_wild_cards_in_a_search_are_letters(app: Flask) -> None:
    chain_of(app, 2)
    assert _numbers(_read(app, "/havnvik/log?q=%25")) == []
    assert _numbers(_read(app, "/havnvik/log?q=_y")) == []


def test_a_hidden_title_is_not_repeated_or_found(app: Flask) -> None:
    from sqlalchemy import select

    from smartby.accounts.models import User
    from smartby.contributions.actions import hide
    from smartby.contributions.models import Contribution
    from smartby.core.transaction import perform
    from smartby.extensions import db

    number = Visitor(app, "kari").has_idea("Naboen min er en tyv")
    with app.app_context():
        ingrid = db.session.scalars(select(User).where(User.email == "ingrid@example.no")).one()
        idea = db.session.get_one(Contribution, number)
        perform(hide, idea, hidden=True, reason="Omtaler en privatperson.", by=ingrid)
    page = _read(app, "/havnvik/log")
    assert "Naboen min" not in page and "Omtaler en privatperson." in page
    assert _numbers(_read(app, "/havnvik/log?q=naboen")) == []
    for seq in _numbers(page)[:2]:
        assert "Naboen min" not in _read(app, f"/havnvik/log/{seq}")


def test_an_entrys_page_shows_what_was_hashed(app: Flask) -> None:
    entry = newest(app, chain_of(app, 1))
    page = _read(app, f"/havnvik/log/{entry.seq}")
    assert entry.hash in page and entry.salt in page
    assert f"/havnvik/log/{entry.seq - 1}" in page


@pytest.mark.parametrize("path", ["/havnvik/log/999", "/havnvik/log/0", "/havnvik/log/99999999999"])
def test_an_entry_that_is_not_there_is_not_found(app: Flask, path: str) -> None:
    assert Visitor(app).gets(path).status_code == 404


def test_another_towns_entry_is_not_found_here(app: Flask) -> None:
    seq = newest(app, chain_of(app, 5)).seq
    assert newest(app, town_id(app, "fjordvang")).seq < seq
    assert Visitor(app).gets(f"/fjordvang/log/{seq}").status_code == 404


@pytest.mark.parametrize(
    "query", ["before=0", "before=-1", "before=1000000000000", "month=2020-13", "type=x", "q=%00"]
)
def test_strange_questions_never_break_the_log(app: Flask, query: str) -> None:
    assert Visitor(app).gets(f"/havnvik/log?{query}").status_code in (200, 404)


def test_the_log_costs_the_same_however_long_it_is(app: Flask) -> None:
    chain_of(app, 2)
    with counted(app) as few:
        _read(app, "/havnvik/log")
    chain_of(app, 20)
    with counted(app) as many:
        _read(app, "/havnvik/log")
    assert len(many) == len(few) <= 5
