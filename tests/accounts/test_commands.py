"""Accounts and mail from the command line."""

from __future__ import annotations

import pytest
from flask import Flask

from smartby.accounts.queries import user_by_email
from tests.people import Visitor

SECRET = "to trette katter under kaia"


def run(app: Flask, *arguments: str, typed: str = "") -> tuple[int, str]:
    done = app.test_cli_runner().invoke(args=list(arguments), input=typed)
    return done.exit_code, done.output


def test_an_account_is_added_with_a_password_that_is_asked_for(app: Flask) -> None:
    status, said = run(
        app, "user", "add", "Ny@Example.no", "--name", "Nina Ny", typed=f"{SECRET}\n{SECRET}\n"
    )
    assert status == 0, said
    assert SECRET not in said
    assert Visitor(app).posts("/sign-in", email="ny@example.no", password=SECRET).status_code == 303


@pytest.mark.parametrize(
    ("email", "password", "why"),
    [
        ("ingen adresse", SECRET, "no e-mail address"),
        ("ny@example.no", "kort", "too short"),
        ("kari@example.no", SECRET, "already in use"),
    ],
)
def test_a_bad_account_is_refused(app: Flask, email: str, password: str, why: str) -> None:
    status, said = run(app, "user", "add", email, "--name", "Nina", "--password", password)
    assert status == 1
    assert why in said
    with app.app_context():
        assert user_by_email("ny@example.no") is None


def test_mail_is_sent_on_request(app: Flask) -> None:
    Visitor(app).posts("/sign-in/forgotten", email="kari@example.no")
    assert run(app, "mail", "send") == (0, "1 sent.\n")
    assert run(app, "mail", "send") == (0, "0 sent.\n")
