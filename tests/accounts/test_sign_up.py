"""Making an account: the same answer for every address, a link that works once, and then in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from threading import Thread

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from smartby.accounts.models import User
from smartby.accounts.queries import user_by_email
from smartby.core.clock import now
from smartby.extensions import db
from tests.accounts.conftest import Letter
from tests.corpora.hostile_text import HOSTILE
from tests.corpora.redirects import ELSEWHERE
from tests.people import Visitor

Letters = Callable[[], list[Letter]]
SECRET = "to trette katter under kaia"


def signs_up(visitor: Visitor, email: str = "ny@example.no", **fields: object) -> TestResponse:
    values = {"name": "Nina Ny", "email": email, "password": SECRET, **fields}
    return visitor.posts("/sign-up", **values)


def test_from_nobody_to_signed_in(app: Flask, letters: Letters) -> None:
    nina = Visitor(app)
    answer = signs_up(nina, " Ny@Example.NO ", next="/havnvik/ideas")
    assert answer.status_code == 303
    assert "ny@example.no" in nina.gets(answer.location).get_data(as_text=True)
    (letter,) = letters()
    assert (letter.to, letter.subject, letter.language) == (
        "ny@example.no",
        "Bekreft e-posten din",
        "nb",
    )
    page = nina.gets(letter.path)
    assert page.status_code == 200
    assert "Nina Ny" in page.get_data(as_text=True)
    assert nina.gets("/me").status_code == 302  # reading the link's page has done nothing
    confirmed = nina.posts(letter.path)
    assert (confirmed.status_code, confirmed.location) == (303, "/havnvik/ideas")
    assert nina.gets("/me").status_code == 200


def test_the_link_in_another_browser_confirms_but_does_not_sign_in(
    app: Flask, letters: Letters
) -> None:
    signs_up(Visitor(app))
    (letter,) = letters()
    phone = Visitor(app)
    assert phone.posts(letter.path).location == "/sign-in"
    assert phone.gets("/me").status_code == 302
    assert phone.posts("/sign-in", email="ny@example.no", password=SECRET).location == "/"
    assert phone.gets("/me").status_code == 200


def test_known_and_unknown_addresses_get_the_same_answer(app: Flask, letters: Letters) -> None:
    answers = []
    for email in ("kari@example.no", "ny@example.no"):
        visitor = Visitor(app)
        answer = signs_up(visitor, email)
        sent = visitor.gets(answer.location)
        text = sent.get_data(as_text=True).replace(email, "…")
        with visitor.client.session_transaction() as session:
            keys = sorted(session), {len(str(v)) for v in session["signing_up"].values()}
        answers.append((answer.status_code, answer.location, sent.status_code, text, keys))
    assert answers[0] == answers[1]
    known, unknown = letters()
    assert (known.to, known.subject) == ("kari@example.no", "Du har alt en bruker")
    assert (unknown.to, unknown.subject) == ("ny@example.no", "Bekreft e-posten din")


def test_signing_up_with_a_known_address_changes_nothing(app: Flask, letters: Letters) -> None:
    signs_up(Visitor(app), "kari@example.no")
    kari = Visitor(app, "kari")
    page = kari.gets("/me").get_data(as_text=True)
    assert "Kari Solheim" in page
    assert "Nina" not in page


def test_an_unconfirmed_account_cannot_sign_in_and_is_sent_the_link_again(
    app: Flask, letters: Letters
) -> None:
    nina, other = Visitor(app), Visitor(app)
    signs_up(nina)
    (first,) = letters()
    right = nina.posts("/sign-in", email="ny@example.no", password=SECRET)
    wrong = other.posts("/sign-in", email="ny@example.no", password="noe helt annet her")
    assert right.status_code == wrong.status_code == 422
    assert "passer ikke sammen" in right.get_data(as_text=True)
    assert letters() == []  # one was sent a moment ago
    with time_machine.travel(now() + timedelta(minutes=20)):
        nina.posts("/sign-in", email="ny@example.no", password=SECRET)
        (again,) = letters()
        assert nina.gets(first.path).status_code == 410
        assert nina.posts(again.path).status_code == 303


def test_a_link_works_once(app: Flask, letters: Letters) -> None:
    nina = Visitor(app)
    signs_up(nina)
    (letter,) = letters()
    assert nina.posts(letter.path).status_code == 303
    assert nina.posts(letter.path).status_code == 410
    assert nina.gets(letter.path).status_code == 410


def test_a_link_lives_an_hour(app: Flask, letters: Letters) -> None:
    nina = Visitor(app)
    signs_up(nina)
    (letter,) = letters()
    with time_machine.travel(now() + timedelta(minutes=59)):
        assert nina.gets(letter.path).status_code == 200
    with time_machine.travel(now() + timedelta(minutes=61)):
        assert nina.gets(letter.path).status_code == 410
        assert nina.posts(letter.path).status_code == 410


def test_of_two_uses_at_once_one_wins(app: Flask, letters: Letters) -> None:
    signs_up(Visitor(app))
    (letter,) = letters()
    visitors = [Visitor(app) for _ in range(4)]
    tokens = [visitor.token() for visitor in visitors]
    answers: list[int] = []

    def use(visitor: Visitor, token: str) -> None:
        answers.append(visitor.posts(letter.path, csrf_token=token).status_code)

    threads = [Thread(target=use, args=pair) for pair in zip(visitors, tokens, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [303, 410, 410, 410]


def test_of_two_sign_ups_at_once_there_is_one_account(app: Flask) -> None:
    visitors = [Visitor(app) for _ in range(3)]
    tokens = [visitor.token() for visitor in visitors]
    answers: list[int] = []

    def join(visitor: Visitor, token: str) -> None:
        answers.append(signs_up(visitor, csrf_token=token).status_code)

    threads = [Thread(target=join, args=pair) for pair in zip(visitors, tokens, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [303, 303, 303]
    with app.app_context():
        found = db.session.scalars(select(User.id).where(User.email == "ny@example.no")).all()
    assert len(found) == 1


def test_sending_the_form_twice_makes_one_account_and_one_letter(
    app: Flask, letters: Letters
) -> None:
    nina = Visitor(app)
    for _ in range(2):
        assert signs_up(nina, key="a" * 32).status_code == 303
    assert len(letters()) == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"password": "kort"}, "minst 15 tegn"),
        ({"password": "passwordpassword"}, "gjettes først"),
        ({"password": "jeg heter nina her"}, "er med i passordet"),
        ({"password": "abababababababab"}, "gjentar"),
        ({"password": "abcdefghijklmnopq"}, "tastaturet"),
        ({"password": "x9#Lq2!vT7@wR4$z" * 17}, "høyst 256"),
        ({"email": "ikke en adresse"}, "Skriv en e-postadresse"),
        ({"email": "a@b"}, "Skriv en e-postadresse"),
        ({"name": "N"}, "mellom 2 og 80"),
        ({"name": ""}, "Skriv navnet ditt"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_the_rest_is_kept(
    app: Flask, letters: Letters, fields: dict[str, str], said: str
) -> None:
    answer = signs_up(Visitor(app), **fields)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert said in page
    assert 'aria-invalid="true"' in page
    assert ("Nina Ny" in page) == ("name" not in fields)
    assert SECRET not in page
    assert letters() == []


def test_the_third_letter_to_an_address_is_the_last_this_hour(app: Flask, letters: Letters) -> None:
    visitor = Visitor(app)
    for _ in range(3):
        assert signs_up(visitor, "kari@example.no").status_code == 303
    refused = signs_up(visitor, "KARI@example.no")
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert signs_up(visitor, "en.annen@example.no").status_code == 303
    assert len(letters()) == 4


@pytest.mark.parametrize("target", [target for target in ELSEWHERE if "\ud800" not in target])
def test_confirming_leads_nowhere_else(app: Flask, letters: Letters, target: str) -> None:
    nina = Visitor(app)
    signs_up(nina, next=target)
    (letter,) = letters()
    assert nina.posts(letter.path).location == "/"


@pytest.mark.parametrize("field", ["name", "email", "password"])
def test_hostile_text_is_refused_or_stored_clean(app: Flask, field: str) -> None:
    for name, text in HOSTILE.items():
        answer = signs_up(Visitor(app), **{field: text.encode("utf-8", "surrogatepass")})
        assert answer.status_code in (303, 413, 422, 429), name
        with app.app_context():
            user = user_by_email("ny@example.no")
            stored = user.name if user else ""
        assert not set(stored) & set("\x00\n\r\x1b\u202e\u200b"), name


def test_a_planted_csrf_token_is_needed(app: Flask, letters: Letters) -> None:
    nina = Visitor(app)
    for path in (
        "/sign-up",
        "/sign-in",
        "/sign-in/forgotten",
        "/sign-up/confirm/x",
        "/sign-in/reset/x",
    ):
        assert nina.posts(path, csrf_token="", email="ny@example.no").status_code == 400
    assert letters() == []


def test_a_school_can_sign_up_and_whoever_comes_too_late_keeps_the_form(app: Flask) -> None:
    visitor = Visitor(app)
    assert {signs_up(visitor, "elev@").status_code for _ in range(299)} == {422}
    assert signs_up(visitor, "siste@example.no").status_code == 303
    refused = signs_up(visitor, "for.sen@example.no")
    page = refused.get_data(as_text=True)
    assert refused.status_code == 429
    assert "Vent omtrent 60 minutter." in page
    assert 'value="for.sen@example.no"' in page
    assert SECRET not in page
