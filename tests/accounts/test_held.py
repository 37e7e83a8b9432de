"""Text typed before signing in is there afterwards, in the same browser and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import time_machine
from flask import Flask
from sqlalchemy import func, select

from smartby.accounts.models import HeldText
from smartby.accounts.retention import trim_accounts
from smartby.core.clock import now
from smartby.extensions import db
from tests.accounts.conftest import Letter
from tests.corpora.hostile_text import HOSTILE
from tests.people import PASSWORD, Visitor

IDEA = {
    "title": "Lys på gangveien bak skolen",
    "body": "Det er mørkt der om morgenen,\nog mange går til skolen.",
    "principles": ["1", "4"],
    "lang": "nb",
}

LONG = "to trette katter under kaia"


def held(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count(HeldText.id))) or 0


def test_an_idea_survives_signing_in(app: Flask) -> None:
    kari = Visitor(app)
    kari.posts("/havnvik/ideas", **IDEA)
    asked = kari.gets("/sign-in?next=/havnvik/ideas/new").get_data(as_text=True)
    assert "tatt vare på" in asked
    assert "blir publisert" not in asked
    signed = kari.posts(
        "/sign-in", email="kari@example.no", password=PASSWORD, next="/havnvik/ideas/new"
    )
    page = kari.gets(signed.headers["Location"]).get_data(as_text=True)
    assert IDEA["title"] in page
    assert "og mange går til skolen." in page
    assert page.count("checked") >= 2
    assert IDEA["title"] not in Visitor(app, "jonas").gets("/havnvik/ideas/new").get_data(
        as_text=True
    )
    assert kari.posts("/havnvik/ideas", **IDEA).status_code == 303
    assert held(app) == 0
    assert IDEA["title"] not in kari.gets("/havnvik/ideas/new").get_data(as_text=True)


def test_an_idea_survives_signing_up(app: Flask, letters: Callable[[], list[Letter]]) -> None:
    nina = Visitor(app)
    nina.posts("/havnvik/ideas", **IDEA)
    nina.posts(
        "/sign-up", name="Nina Ny", email="ny@example.no", password="to trette katter under kaia",
        next="/havnvik/ideas/new",
    )  # fmt: skip
    (letter,) = letters()
    confirmed = nina.posts(letter.path)
    assert confirmed.headers["Location"] == "/havnvik/ideas/new"
    assert IDEA["title"] in nina.gets("/havnvik/ideas/new").get_data(as_text=True)


def test_confirming_on_another_device_says_where_the_text_lies(
    app: Flask, letters: Callable[[], list[Letter]]
) -> None:
    nina, phone = Visitor(app), Visitor(app)
    nina.posts("/havnvik/ideas", **IDEA)
    fields = {"name": "Nina Ny", "email": "ny@example.no", "next": "/havnvik/ideas/new"}
    sent = nina.posts("/sign-up", password=LONG, **fields)
    page = nina.gets(sent.headers["Location"]).get_data(as_text=True)
    assert "ligger i denne nettleseren" in page
    assert "/sign-in?next=/havnvik/ideas/new" in page
    (letter,) = letters()
    assert "ligger i nettleseren der du laget brukeren" in letter.text
    there = "Det ligger i nettleseren der du skrev det"
    assert there not in nina.gets(letter.path).get_data(as_text=True)
    assert there in phone.gets(letter.path).get_data(as_text=True)
    phone.posts(letter.path)
    signed = nina.posts("/sign-in", email="ny@example.no", password=LONG, next=fields["next"])
    assert IDEA["title"] in nina.gets(signed.headers["Location"]).get_data(as_text=True)


def test_who_had_typed_nothing_is_told_nothing(
    app: Flask, letters: Callable[[], list[Letter]]
) -> None:
    nina = Visitor(app)
    sent = nina.posts("/sign-up", name="Nina Ny", email="ny@example.no", password=LONG)
    assert "Det du skrev" not in nina.gets(sent.headers["Location"]).get_data(as_text=True)
    (letter,) = letters()
    assert "Det du skrev" not in letter.text


def test_a_comment_survives_signing_in(app: Flask) -> None:
    number = Visitor(app, "jonas").has_idea()
    kari = Visitor(app)
    answer = kari.posts(
        f"/havnvik/contributions/{number}/comments", body="Enig, dette trengs.", stance="for"
    )
    assert answer.status_code == 303
    wanted = f"/havnvik/contributions/{number}/comments/new"
    assert answer.headers["Location"] == f"/sign-in?next={wanted}"
    kari.signs_in("kari")
    assert "Enig, dette trengs." in kari.gets(wanted).get_data(as_text=True)
    kari.posts(f"/havnvik/contributions/{number}/comments", body="Enig, dette trengs.")
    assert held(app) == 0


def test_what_is_wrong_is_said_before_anybody_signs_in(app: Flask) -> None:
    assert Visitor(app).posts("/havnvik/ideas", title="Kort", body="").status_code == 422
    assert held(app) == 0


def test_only_the_newest_text_of_a_browser_is_held(app: Flask) -> None:
    kari = Visitor(app)
    kari.posts("/havnvik/ideas", **IDEA)
    kari.posts("/havnvik/ideas", **{**IDEA, "title": "Benker langs kaia i sør"})
    assert held(app) == 1
    assert "Benker langs kaia" in kari.gets("/havnvik/ideas/new").get_data(as_text=True)


def test_signing_out_forgets_it(app: Flask) -> None:
    kari = Visitor(app)
    kari.posts("/havnvik/ideas", **IDEA)
    kari.signs_in("kari")
    kari.posts("/sign-out")
    assert IDEA["title"] not in kari.gets("/havnvik/ideas/new").get_data(as_text=True)


def test_it_waits_a_day(app: Flask) -> None:
    kari = Visitor(app)
    kari.posts("/havnvik/ideas", **IDEA)
    with time_machine.travel(now() + timedelta(hours=25)):
        assert IDEA["title"] not in kari.gets("/havnvik/ideas/new").get_data(as_text=True)
        with app.app_context():
            assert trim_accounts() >= 1
    assert held(app) == 0


def test_one_address_cannot_fill_the_table(app: Flask) -> None:
    statuses = {Visitor(app).posts("/havnvik/ideas", **IDEA).status_code for _ in range(61)}
    assert statuses == {303, 429}
    assert held(app) == 60


def test_hostile_and_too_long_fields_are_answered(app: Flask) -> None:
    kari = Visitor(app)
    for name, text in list(HOSTILE.items())[::2]:
        sent = text.encode("utf-8", "surrogatepass")
        answer = kari.posts("/havnvik/ideas", **{**IDEA, "extra": sent, "place": "kaia"})
        assert answer.status_code in (303, 413, 422), name
        assert kari.gets("/havnvik/ideas/new").status_code == 200


def test_a_token_is_needed(app: Flask) -> None:
    assert Visitor(app).posts("/havnvik/ideas", csrf_token="", **IDEA).status_code == 400
    assert held(app) == 0
