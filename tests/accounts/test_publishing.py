"""«Logg inn og publiser» publishes when one signs in, as it says; an address alone never does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from sqlalchemy import select

from smartby.accounts.models import HeldText
from smartby.challenges.models import Challenge
from smartby.contributions.models import Contribution
from smartby.core.clock import now
from smartby.core.transaction import transaction
from smartby.extensions import db
from tests.accounts.conftest import Letter
from tests.accounts.test_held import IDEA, LONG
from tests.contributions import writing
from tests.people import PASSWORD, Visitor

PROBLEM = IDEA | {"title": "For få sykler til jobb om vinteren", "question": "Hva skal til?"}
WAYS = {"idea": IDEA, "challenge": PROBLEM}


def published(app: Flask) -> list[tuple[str, str]]:
    with app.app_context():
        rows = db.session.scalars(select(Contribution).order_by(Contribution.id))
        return [(row.title, row.author.name) for row in rows]


def held(app: Flask) -> int:
    with app.app_context():
        return len(db.session.scalars(select(HeldText)).all())


def presses(visitor: Visitor, kind: str = "idea", **more: Any) -> str:
    """Press the button of the form; return where one is sent after signing in."""
    sent = visitor.posts(f"/havnvik/{kind}s", **WAYS[kind] | more)
    assert sent.status_code == 303, sent.text
    return parse_qs(urlsplit(sent.location).query)["next"][0]


def signs_in(visitor: Visitor, wanted: str, key: str = "kari") -> Any:
    return visitor.posts("/sign-in", email=f"{key}@example.no", password=PASSWORD, next=wanted)


@pytest.mark.parametrize("kind", WAYS)
def test_signing_in_publishes_what_was_sent(app: Flask, kind: str) -> None:
    kari = Visitor(app)
    wanted, title = presses(kari, kind), WAYS[kind]["title"]
    assert f"«{title}» blir publisert" in kari.gets(f"/sign-in?next={wanted}").text
    answer = signs_in(kari, wanted)
    assert answer.status_code == 303
    path, _, mark = answer.location.partition("#")
    assert mark == f"published:havnvik:{kind}"
    page = kari.gets(path).text
    assert title in page and "er publisert" in page
    assert published(app) == [(title, "Kari Solheim")]
    assert held(app) == 0
    assert title not in kari.gets(f"/havnvik/{kind}s/new").text


def test_confirming_a_new_account_publishes_what_was_sent(
    app: Flask, letters: Callable[[], list[Letter]]
) -> None:
    nina = Visitor(app)
    wanted = presses(nina)
    fields = {"name": "Nina Ny", "email": "ny@example.no", "password": LONG, "next": wanted}
    nina.posts("/sign-up", **fields)
    (letter,) = letters()
    said = f"«{IDEA['title']}» blir publisert"
    assert said in nina.gets(letter.path).text
    assert said not in Visitor(app).gets(letter.path).text
    assert published(app) == []
    assert "#published" in nina.posts(letter.path).location
    assert published(app) == [(IDEA["title"], "Nina Ny")]


def test_signing_in_twice_at_once_publishes_once(app: Flask) -> None:
    kari = Visitor(app)
    wanted = presses(kari)
    with kari.client.session_transaction() as session:
        before = dict(session)
    first = signs_in(kari, wanted).location
    with kari.client.session_transaction() as session:
        session.update(before)
    with app.app_context():
        assert held(app) == 0
    signs_in(kari, wanted)
    assert len(published(app)) == 1
    assert first.startswith("/havnvik/ideas/")


def test_an_address_alone_publishes_nothing(app: Flask) -> None:
    kari = Visitor(app)
    wanted = presses(kari)
    kari.gets(wanted)
    signs_in(kari, "/havnvik/ideas/new")
    assert published(app) == []
    assert IDEA["title"] in kari.gets(wanted).text
    assert published(app) == []
    stranger = Visitor(app)
    assert signs_in(stranger, wanted, "jonas").location == wanted
    assert "blir publisert" not in Visitor(app).gets(f"/sign-in?next={wanted}").text
    assert published(app) == []


def test_what_cannot_be_published_any_more_is_in_the_form_with_the_reason(app: Flask) -> None:
    kari, asked = Visitor(app), writing.challenge(app, "Hvor mangler det lys?")
    wanted = presses(kari, challenge=str(asked))
    writing.hidden(app, asked)
    assert signs_in(kari, wanted).location == "/havnvik/ideas/new"
    assert published(app)[1:] == []
    other, asked = Visitor(app), writing.challenge(app, "Hvor mangler det benker?")
    wanted = presses(other, challenge=str(asked))
    with app.app_context(), transaction():
        db.session.get_one(Challenge, asked).closes_at = now()
    page = other.gets(signs_in(other, wanted, "jonas").location).text
    assert "tar ikke imot flere ideer" in page
    assert IDEA["title"] in page
    assert len(published(app)) == 2


def test_whoever_may_not_publish_finds_the_text_in_the_form(app: Flask) -> None:
    olav = Visitor(app)
    wanted = presses(olav)
    with app.app_context(), transaction():
        writing.person("jonas").blocked_at = now()
    assert signs_in(olav, wanted, "jonas").location == "/me"
    assert published(app) == []
