"""Whatever people write, in whatever field: it is shown as text, and nothing of it runs."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as ET

import html5lib
import pytest
from flask import Flask
from sqlalchemy import update

from smartby.accounts.models import User
from smartby.core.transaction import perform
from smartby.extensions import db
from tests.challenges.test_page import asks, changes
from tests.comments.said import JSON, comments, page, replies, shown
from tests.corpora.hostile_text import ODD, REFUSED
from tests.corpora.xss import XSS
from tests.people import Visitor

EVERY = 8  # payloads that go through the pages together; each is tried alone in test_markdown
RUNS = {"iframe", "object", "embed", "base", "style", "foreignobject", "math", "frame", "marquee"}


def assert_nothing_runs(html: str) -> None:
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    for element in tree.iter():
        tag = str(element.tag).lower()
        assert tag not in RUNS, tag
        if tag == "script":
            assert (element.get("src") or "").startswith("/static/")
            assert not (element.text or "").strip()
        for name, value in element.attrib.items():
            assert not name.lower().startswith("on"), (tag, name)
            assert name != "style"
            if name in ("href", "src", "action", "formaction", "xlink:href"):
                assert not value.strip().lower().startswith(("javascript:", "data:", "vbscript:"))


def words(html: str) -> str:
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    main = tree.find(".//main")
    assert isinstance(main, ET.Element)
    return " ".join(" ".join(main.itertext()).split())


def some(payloads: Iterable[str]) -> list[list[str]]:
    every = list(payloads)
    return [every[start : start + EVERY] for start in range(0, len(every), EVERY)]


@pytest.mark.parametrize("payloads", some(XSS), ids=range(len(some(XSS))))
def test_nothing_in_comments_titles_or_places_runs(app: Flask, payloads: list[str]) -> None:
    kari, jonas = Visitor(app, "kari"), Visitor(app, "jonas")
    for payload in payloads:
        title = f"Tittel {payload}"[:120]
        idea = kari.has_idea(title, body=f"Ord\n\n{payload}", place=payload[:80])
        first = comments(jonas, idea, f"Hei {payload}")
        replies(kari, first, f"{payload}\n\n[a](https://a.no) **{payload}**")
        html = page(jonas, idea)
        assert_nothing_runs(html)
        if payload.isprintable():
            assert " ".join(title.split())[:40] in words(html)
        caught = kari.gets(f"/live/contribution:{idea}?after=0&lang=nb").get_json()
        for op in caught["ops"]:
            assert_nothing_runs(op.get("html", ""))


def test_nothing_in_a_name_a_question_or_a_reason_runs(app: Flask) -> None:
    kari = Visitor(app, "kari")
    for payload in XSS[::6]:
        renamed = update(User).where(User.email == "kari@example.no").values(name=payload[:60])
        with app.app_context():
            perform(lambda statement=renamed: db.session.execute(statement).rowcount)  # type: ignore[misc]
        challenge = asks(app, "Trygg skolevei i Lia")
        changes(app, challenge, question=payload[:200], title=f"Tittel {payload}"[:120])
        comments(kari, challenge, "Enig, dette trengs.")
        html = page(kari, challenge, kind="challenges")
        assert_nothing_runs(html)
        assert " ".join(payload[:60].split())[:30] in words(html)


@pytest.mark.parametrize("stance", ["<script>", "for'--", "For", "x" * 1000, "\x00"])
def test_an_unknown_stance_is_refused(app: Flask, stance: str) -> None:
    kari = Visitor(app, "kari")
    idea = kari.has_idea()
    path = f"/havnvik/contributions/{idea}/comments"
    assert kari.posts(path, body="Helt fin.", stance=stance).status_code == 422
    answer = kari.gets(f"{path}/new", query_string={"stance": stance, "body": stance})
    assert answer.status_code == 200
    assert_nothing_runs(answer.get_data(as_text=True))


@pytest.mark.parametrize("name", ODD)
def test_odd_words_are_shown_or_refused(app: Flask, name: str) -> None:
    kari = Visitor(app, "kari")
    idea, body = kari.has_idea(), ODD[name]
    path = f"/havnvik/contributions/{idea}/comments"
    answer = kari.posts(path, headers=JSON, body=body)
    assert answer.status_code in (201, 413, 422)
    if answer.status_code == 201:
        assert len(body.strip()) >= 2
        assert len(shown(page(kari, idea))) == 1
    else:
        assert answer.status_code == 413 or answer.get_json()["message"]
    assert_nothing_runs(page(kari, idea))


@pytest.mark.parametrize("name", [name for name in REFUSED if "nul" in name])
def test_what_is_no_text_is_refused_with_a_message(app: Flask, name: str) -> None:
    kari = Visitor(app, "kari")
    path = f"/havnvik/contributions/{kari.has_idea()}/comments"
    answer = kari.posts(path, headers=JSON, body=REFUSED[name])
    assert answer.status_code in (413, 422)
    assert answer.get_json()["error"] == answer.status_code
    assert kari.posts(path, body=REFUSED[name]).status_code in (413, 422)
