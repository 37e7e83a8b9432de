"""Guessing at a password is slow from everywhere, and keeps nobody out of their own account."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import time_machine
from flask import Flask

from smartby.core.clock import now
from tests.accounts.conftest import Letter
from tests.people import ORIGIN, PASSWORD, Visitor

WRONG = "dette er ikke passordet"
KARI = "kari@example.no"


def tries(visitor: Visitor, password: str = WRONG, email: str = KARI, where: str = "") -> int:
    """Try a password from an address; return the answer's status."""
    fields = {"email": email, "password": password, "csrf_token": visitor.token()}
    return visitor.client.post(
        "/sign-in", data=fields, headers={"Origin": ORIGIN},
        environ_base={"REMOTE_ADDR": where} if where else {},
    ).status_code  # fmt: skip


def attacks(app: Flask, times: int, email: str = KARI) -> list[int]:
    """Guess, each time from another address."""
    attacker = Visitor(app)
    return [tries(attacker, email=email, where=f"203.0.113.{number}") for number in range(times)]


def test_one_attacker_closes_the_account_for_themselves_only(app: Flask) -> None:
    attacker, kari = Visitor(app), Visitor(app)
    statuses = [tries(attacker, where="203.0.113.7") for _ in range(6)]
    assert statuses == [422] * 5 + [429]
    assert tries(attacker, PASSWORD, where="203.0.113.7") == 429
    assert tries(kari, PASSWORD, where="198.51.100.1") == 303  # a browser never seen before


def test_many_addresses_together_are_slowed_down(app: Flask) -> None:
    assert attacks(app, 52) == [422] * 50 + [429] * 2
    assert attacks(app, 52, "ukjent@example.no") == [422] * 50 + [429] * 2
    assert tries(Visitor(app), PASSWORD, where="198.51.100.1") == 429
    with time_machine.travel(now() + timedelta(minutes=61)):
        assert tries(Visitor(app), PASSWORD, where="198.51.100.1") == 303


def test_the_owner_gets_in_where_they_have_signed_in_before(app: Flask) -> None:
    kari = Visitor(app, "kari")
    kari.posts("/sign-out")
    attacks(app, 52)
    assert tries(kari, PASSWORD) == 303
    kari.posts("/sign-out")
    assert kari.gets("/me").status_code == 302  # recognised is not signed in


def test_the_owner_gets_in_by_a_mailed_link(
    app: Flask, letters: Callable[[], list[Letter]]
) -> None:
    attacks(app, 52)
    kari, fresh = Visitor(app), "en helt annen setning om fjellet"
    kari.posts("/sign-in/forgotten", email=KARI)
    (letter,) = letters()
    assert kari.posts(letter.path, password=fresh).status_code == 303
    assert tries(kari, fresh) == 303


def test_a_recognised_browser_is_slowed_down_too(app: Flask) -> None:
    kari = Visitor(app, "kari")
    kari.posts("/sign-out")
    assert [tries(kari) for _ in range(6)] == [422] * 5 + [429]


def test_a_browser_is_recognised_for_its_own_accounts_only(app: Flask) -> None:
    jonas = Visitor(app, "jonas")
    jonas.posts("/sign-out")
    attacks(app, 52)
    assert tries(jonas, PASSWORD) == 429
    with jonas.client.session_transaction() as session:
        (mark,) = session["known"]
        session["known"] = [mark, "0" * 22, 5, None]
    assert tries(jonas, PASSWORD) == 429


def test_wrong_passwords_at_the_door_do_not_stop_who_is_inside(app: Flask) -> None:
    kari = Visitor(app, "kari")
    attacks(app, 52)
    fields = {"current": PASSWORD, "password": "en helt annen setning om fjellet"}
    assert kari.posts("/me/password", **fields).status_code == 303
    wrong = {**fields, "current": WRONG}
    assert [kari.posts("/me/password", **wrong).status_code for _ in range(6)] == [422] * 5 + [429]


def test_waiting_keeps_the_address_and_says_what_to_do(app: Flask) -> None:
    attacker = Visitor(app)
    for _ in range(5):
        tries(attacker)
    page = attacker.posts("/sign-in", email=KARI, password=WRONG).get_data(as_text=True)
    assert f'value="{KARI}"' in page
    assert "Vent litt, eller velg et nytt passord" in page


def test_the_cookie_tells_nobody_who_is_known(app: Flask) -> None:
    kari = Visitor(app, "kari")
    with kari.client.session_transaction() as session:
        before = list(session["known"])
    kari.posts("/me/erasure", current=PASSWORD, sure="y")
    with kari.client.session_transaction() as session:
        assert "known" not in session
    assert len(before) == 1
    assert "kari" not in before[0]
