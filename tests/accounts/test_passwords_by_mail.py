"""A forgotten password: the same answer for all, one use, an hour, and every session ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import time_machine
from flask import Flask

from smartby.core.clock import now
from tests.accounts.conftest import Letter
from tests.people import PASSWORD, Visitor

Letters = Callable[[], list[Letter]]
NEW = "en helt ny setning om havet"


def asks(visitor: Visitor, email: str = "kari@example.no") -> int:
    return visitor.posts("/sign-in/forgotten", email=email).status_code


def test_a_new_password_by_mail_ends_every_session(app: Flask, letters: Letters) -> None:
    kari, at_home = Visitor(app), Visitor(app, "kari")
    assert asks(kari) == 303
    (letter,) = letters()
    assert (letter.to, letter.subject) == ("kari@example.no", "Velg et nytt passord")
    assert 'autocomplete="new-password"' in kari.gets(letter.path).get_data(as_text=True)
    assert at_home.gets("/me").status_code == 200  # reading the page has done nothing
    assert kari.posts(letter.path, password=NEW).headers["Location"] == "/sign-in"
    assert at_home.gets("/me").status_code == 302
    assert kari.gets("/me").status_code == 302
    assert kari.signs_in("kari", PASSWORD).status_code == 422
    assert kari.signs_in("kari", NEW).status_code == 303
    (notice,) = letters()
    assert (notice.to, notice.subject) == ("kari@example.no", "Passordet ditt er byttet")


def test_known_and_unknown_addresses_get_the_same_answer(app: Flask, letters: Letters) -> None:
    seen = []
    for email in ("kari@example.no", "ukjent@example.no"):
        visitor = Visitor(app)
        answer = visitor.posts("/sign-in/forgotten", email=email)
        page = visitor.gets(answer.headers["Location"]).get_data(as_text=True).replace(email, "…")
        seen.append((answer.status_code, answer.headers["Location"], answer.get_data(), page))
    assert seen[0] == seen[1]
    assert [letter.to for letter in letters()] == ["kari@example.no", "ukjent@example.no"]


def test_a_weak_password_is_refused_and_the_link_still_works(app: Flask, letters: Letters) -> None:
    kari = Visitor(app)
    asks(kari)
    (letter,) = letters()
    for weak in ("kort", "kari solheim er her", "passwordpassword", ""):
        assert kari.posts(letter.path, password=weak).status_code == 422
    assert kari.posts(letter.path, password=NEW).status_code == 303
    assert kari.posts(letter.path, password=NEW).status_code == 410


def test_a_newer_link_replaces_the_older(app: Flask, letters: Letters) -> None:
    kari = Visitor(app)
    asks(kari)
    asks(kari)
    first, second = letters()
    assert kari.gets(first.path).status_code == 410
    assert kari.gets(second.path).status_code == 200


def test_the_link_lives_an_hour_and_only_for_its_purpose(app: Flask, letters: Letters) -> None:
    kari = Visitor(app)
    asks(kari)
    (letter,) = letters()
    assert kari.gets(letter.path.replace("/sign-in/reset/", "/sign-up/confirm/")).status_code == 410
    assert (
        kari.gets(letter.path.replace("/sign-in/reset/", "/me/email/confirm/")).status_code == 410
    )
    with time_machine.travel(now() + timedelta(minutes=61)):
        assert kari.gets(letter.path).status_code == 410
        assert kari.posts(letter.path, password=NEW).status_code == 410


def test_the_token_is_nowhere_in_the_database(app: Flask, letters: Letters) -> None:
    from sqlalchemy import select

    from smartby.database import Base
    from smartby.extensions import db

    kari = Visitor(app)
    asks(kari)
    (letter,) = letters()
    token = letter.path.rpartition("/")[2]
    assert len(token) >= 43
    with app.app_context():
        for table in Base.metadata.sorted_tables:
            assert token not in str(db.session.execute(select(table)).all()), table.name


def test_letters_come_in_the_readers_language(app: Flask, letters: Letters) -> None:
    kari = Visitor(app, "kari")
    kari.posts("/me/profile", name="Kari Solheim", language="en")
    asks(Visitor(app))
    (letter,) = letters()
    assert letter.language == "en"


def test_the_fourth_letter_in_an_hour_is_refused_for_any_address(
    app: Flask, letters: Letters
) -> None:
    for email in ("kari@example.no", "ukjent@example.no"):
        visitor = Visitor(app)
        assert [asks(visitor, email) for _ in range(4)] == [303, 303, 303, 429]
    assert len(letters()) == 6
