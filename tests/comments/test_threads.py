"""Reading discussions: threads to depth three, three orders, twenty at a time, one statement."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert

from smartby.comments.models import Comment
from smartby.contributions.models import Contribution
from smartby.core.clock import now
from smartby.core.transaction import perform
from smartby.extensions import db
from tests.comments.said import comments, finds_useful, page, replies, shown
from tests.people import Visitor, user_id
from tests.statements import counted


def said(app: Flask, idea: int, count: int, **fields: Any) -> list[int]:
    """Write many comments at once, as bulk loading does; return their numbers in order."""
    author = user_id(app, "jonas")
    with app.app_context():
        town = db.session.get_one(Contribution, idea).municipality_id
        row = {
            "municipality_id": town, "contribution_id": idea, "author_id": author, "depth": 0,
            "body": "Enig.", "body_html": "<p>Enig.</p>", "created_at": now(), **fields,
        }  # fmt: skip
        made = insert(Comment).returning(Comment.id, sort_by_parameter_order=True)
        return perform(lambda: list(db.session.execute(made, [row] * count).scalars()))


def more(html: str) -> str:
    """Return the query of the link to the rest, "" at the end."""
    found = re.search(r'data-more="[^"]*"><a[^>]*href="[^"?]*(\?[^"#]*)#comments"', html)
    return found[1].replace("&amp;", "&") if found else ""


def pages(visitor: Visitor, idea: int, query: str = "") -> list[list[int]]:
    found = []
    while True:
        html = page(visitor, idea, query)
        found.append(shown(html))
        query = more(html)
        if not query:
            return found


def test_threads_are_three_deep_and_no_deeper(app: Flask) -> None:
    kari, jonas = Visitor(app, "kari"), Visitor(app, "jonas")
    idea = kari.has_idea()
    first = comments(jonas, idea)
    second = replies(kari, first)
    third = replies(jonas, second)
    fourth = replies(kari, third)
    html = page(kari, idea)
    assert f'id="replies-{second}"' in html
    assert f'id="replies-{third}"' not in html
    with app.app_context():
        rows = {row.id: row for row in db.session.query(Comment)}
        assert [rows[n].depth for n in (first, second, third, fourth)] == [0, 1, 2, 2]
        assert rows[fourth].parent_id == second
        assert {rows[n].root_id for n in (second, third, fourth)} == {first}
        assert rows[first].reply_count == 3


def test_twenty_at_a_time_and_none_twice_in_every_order(app: Flask) -> None:
    kari = Visitor(app, "kari")
    idea = kari.has_idea()
    plain = said(app, idea, 45)
    asked = said(app, idea, 25, stance="question", useful_count=3)
    newest = pages(kari, idea)
    assert [len(part) for part in newest] == [20, 20, 20, 10]
    assert sum(newest, []) == sorted(plain + asked, reverse=True)
    best = sum(pages(kari, idea, "?sort=best"), [])
    assert best == sorted(asked, reverse=True) + sorted(plain, reverse=True)
    assert sum(pages(kari, idea, "?sort=questions"), []) == sorted(asked, reverse=True)


def test_a_long_thread_shows_three_replies_and_leads_to_all(app: Flask) -> None:
    kari = Visitor(app, "kari")
    idea = kari.has_idea()
    first = comments(kari, idea)
    below = said(app, idea, 130, depth=1, parent_id=first, root_id=first)
    with app.app_context():
        perform(lambda: setattr(db.session.get_one(Comment, first), "reply_count", 130))
    html = page(kari, idea)
    assert shown(html) == [first, *below[:3]]
    assert f'<span data-live="thread-{first}">130</span>' in html
    whole = kari.gets(f"/havnvik/comments/{first}/replies").get_data(as_text=True)
    assert shown(whole) == [first, *below[:100]]
    rest = re.search(r'href="(/havnvik/comments/\d+/replies\?after=[^"]+)"', whole)
    assert rest
    assert shown(kari.gets(rest[1]).get_data(as_text=True)) == [first, *below[100:]]


def test_a_permalink_leads_to_a_comment_wherever_it_stands(app: Flask) -> None:
    kari = Visitor(app, "kari")
    idea = kari.has_idea()
    first = comments(kari, idea)
    below = said(app, idea, 30, depth=1, parent_id=first, root_id=first)
    with app.app_context():
        perform(lambda: setattr(db.session.get_one(Comment, first), "reply_count", 30))
    said(app, idea, 60)
    for number in (first, below[-1]):
        answer = kari.gets(f"/havnvik/comments/{number}")
        assert answer.status_code == 303
        path, _, anchor = answer.location.partition("#")
        assert anchor == f"comment-{number}"
        html = kari.gets(path).get_data(as_text=True)
        assert number in shown(html)
        assert f'href="/havnvik/ideas/{idea}#comments"' in html  # and a way to the beginning


@pytest.mark.parametrize("query", ["?comment=999999", "?comment=-1", "?comment=x", "?sort=x"])
def test_a_link_to_nothing_shows_the_beginning(app: Flask, query: str) -> None:
    kari = Visitor(app, "kari")
    idea = kari.has_idea()
    number = comments(kari, idea)
    assert shown(page(kari, idea, query)) == [number]


def test_the_most_useful_come_first_when_asked_for(app: Flask) -> None:
    kari, jonas = Visitor(app, "kari"), Visitor(app, "jonas")
    idea = kari.has_idea()
    first, second = comments(jonas, idea), comments(jonas, idea, "En til.")
    assert shown(page(kari, idea)) == [second, first]
    finds_useful(kari, first)
    assert shown(page(kari, idea, "?sort=best")) == [first, second]


@pytest.mark.parametrize("kind", ["?sort=new", "?sort=best", "?sort=questions", "permalink"])
def test_a_thousand_comments_cost_no_more_statements(app: Flask, kind: str) -> None:
    kari = Visitor(app, "kari")
    few, many = kari.has_idea(), kari.has_idea("Flere benker ved strandpromenaden")
    number = said(app, few, 5, stance="question")[0]
    numbers = said(app, many, 1000, stance="question")
    said(app, many, 200, depth=1, parent_id=numbers[500], root_id=numbers[500])
    reader = Visitor(app)
    counts, read = [], []
    for idea, wanted in ((few, number), (many, numbers[500])):
        query = f"?comment={wanted}" if kind == "permalink" else kind
        page(reader, idea, query)
        with counted(app) as statements:
            read.append(shown(page(reader, idea, query)))
        counts.append(len(statements))
    assert counts[0] == counts[1]
    assert len(read[1]) == (23 if kind == "permalink" else 20)


def test_few_stances_are_told_in_words_and_more_are_drawn(app: Flask) -> None:
    kari = Visitor(app, "kari")
    idea = kari.has_idea()
    for stance, times in (("for", 2), ("question", 1), ("against", 1)):
        for _time in range(times):
            comments(kari, idea, "Det synes jeg.", stance=stance)
    few = page(kari, idea)
    assert "sb-stance__bar" not in few
    assert "2 er for · 1 er imot · 1 spør" in few
    comments(kari, idea, "Det synes jeg også.", stance="for")
    assert "sb-stance__bar" in page(kari, idea)
