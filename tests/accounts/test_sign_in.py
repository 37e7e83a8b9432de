"""Signing in and out: throttled, never locked out, a fresh session, and back to where one was."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from argon2 import PasswordHasher
from flask import Flask

from smartby.accounts import passwords
from smartby.accounts.queries import user_by_email
from smartby.core.clock import now
from smartby.core.transaction import transaction
from smartby.extensions import limiter
from tests.corpora.hostile_text import HOSTILE
from tests.corpora.redirects import ELSEWHERE, HERE
from tests.hashing import hash_cheaply
from tests.people import PASSWORD, Visitor

WRONG = "dette er ikke passordet"


def tries(visitor: Visitor, email: str = "kari@example.no", password: str = WRONG) -> int:
    return visitor.posts("/sign-in", email=email, password=password).status_code


def test_wrong_password_and_unknown_address_look_alike(app: Flask) -> None:
    pages = []
    for email in ("kari@example.no", "ukjent@example.no"):
        visitor = Visitor(app)
        token = visitor.token()
        answer = visitor.posts("/sign-in", email=email, password=WRONG, csrf_token=token)
        pages.append(
            (
                answer.status_code,
                answer.get_data(as_text=True).replace(email, "…").replace(token, ""),
            )
        )
    (status, known), (other, unknown) = pages
    assert status == other == 422
    assert _without_tokens(known) == _without_tokens(unknown)
    assert "passer ikke sammen" in known


def _without_tokens(page: str) -> str:
    return "\n".join(line for line in page.splitlines() if "csrf_token" not in line)


def test_what_is_wrong_is_said_once_and_both_fields_are_marked(app: Flask) -> None:
    answer = Visitor(app).posts("/sign-in", email="kari@example.no", password=WRONG)
    page = answer.get_data(as_text=True)
    assert page.count("passer ikke sammen") == 1
    assert re.search(r'id="wrong">[^<]*passer ikke sammen', page)
    for name in ("email", "password"):
        (field,) = re.findall(rf'<input[^>]*id="{name}"[^>]*>', page)
        assert 'aria-describedby="wrong"' in field
        assert 'aria-invalid="true"' in field


@pytest.mark.parametrize("typed", ["KARI@example.no", "  kari@example.no ", "Kari@EXAMPLE.no"])
def test_an_address_is_known_however_it_is_typed(app: Flask, typed: str) -> None:
    assert Visitor(app).posts("/sign-in", email=typed, password=PASSWORD).status_code == 303


def test_the_sixth_try_in_a_minute_must_wait_even_when_right(app: Flask) -> None:
    visitor = Visitor(app)
    assert [tries(visitor) for _ in range(6)] == [422] * 5 + [429]
    refused = visitor.posts("/sign-in", email="Kari@Example.no", password=PASSWORD)
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 61
    assert tries(visitor, "jonas@example.no", PASSWORD) == 303  # only that account is slowed down
    with time_machine.travel(now() + timedelta(seconds=61)):
        assert tries(visitor, "kari@example.no", PASSWORD) == 303


def test_an_unknown_address_is_slowed_down_just_the_same(app: Flask) -> None:
    visitor = Visitor(app)
    assert [tries(visitor, "ukjent@example.no") for _ in range(6)] == [422] * 5 + [429]


def test_a_right_password_forgives_the_wrong_ones(app: Flask) -> None:
    visitor = Visitor(app)
    for _ in range(3):
        assert [tries(visitor) for _ in range(4)] == [422] * 4
        assert tries(visitor, password=PASSWORD) == 303
        with app.app_context():
            limiter.limiter.clear(_per_address(), "127.0.0.1", "accounts.create_session")


def _per_address() -> object:
    from limits import parse

    return parse("20/minute")


def test_twenty_tries_from_one_address_are_enough(app: Flask) -> None:
    visitor = Visitor(app)
    statuses = [tries(visitor, f"nr{number}@example.no") for number in range(21)]
    assert statuses == [422] * 20 + [429]


def test_signing_in_makes_a_new_session_and_drops_what_was_planted(app: Flask) -> None:
    kari = Visitor(app)
    before = kari.token()
    kari.posts("/sign-in", email="kari@example.no", password=PASSWORD, csrf_token=before)
    with kari.client.session_transaction() as session:
        first = session["sid"]
        assert "csrf_token" not in session
    assert (
        kari.posts("/me/profile", csrf_token=before, name="Kari", language="nb").status_code == 400
    )
    kari.signs_in("kari")
    with kari.client.session_transaction() as session:
        assert session["sid"] != first
        session["sid"] = first
    assert kari.gets("/me").status_code == 302  # the earlier one is over


@pytest.mark.parametrize("target", HERE)
def test_one_comes_to_where_one_was_going(app: Flask, target: str) -> None:
    answer = Visitor(app).posts("/sign-in", email="kari@example.no", password=PASSWORD, next=target)
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/")


# Half a character cannot be sent: it comes as another, harmless path.
@pytest.mark.parametrize("target", [target for target in ELSEWHERE if "\ud800" not in target])
def test_one_is_led_nowhere_else(app: Flask, target: str) -> None:
    answer = Visitor(app).posts(
        "/sign-in", email="kari@example.no", password=PASSWORD,
        next=target,
    )  # fmt: skip
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")


def test_the_hash_is_renewed_when_costs_have_grown(app: Flask) -> None:
    Visitor(app, "kari")
    before = _stored(app)
    passwords.use_hasher(PasswordHasher(time_cost=1, memory_cost=16, parallelism=1))
    try:
        Visitor(app, "kari")
        after = _stored(app)
        assert before != after
        assert "m=16,t=1,p=1" in after
        assert Visitor(app, "kari").gets("/me").status_code == 200
    finally:
        hash_cheaply()


def _stored(app: Flask) -> str:
    with app.app_context():
        user = user_by_email("kari@example.no")
        assert user is not None
        return user.password_hash or ""


def test_a_blocked_person_signs_in_and_reads_why(app: Flask) -> None:
    with app.app_context(), transaction():
        user = user_by_email("kari@example.no")
        assert user is not None
        user.blocked_at, user.blocked_reason = now(), "Reklame i tre tråder."
    kari = Visitor(app)
    assert kari.signs_in("kari").headers["Location"] == "/me"
    assert "Reklame i tre tråder." in kari.gets("/me").get_data(as_text=True)
    refused = kari.posts(
        "/havnvik/ideas", title="Lys på gangveien", body="Mørkt.", principles=["1"], lang="nb"
    )
    assert refused.status_code == 403


def test_idle_and_absolute_ends_of_citizens_and_staff(app: Flask) -> None:
    kari, ingrid = Visitor(app, "kari"), Visitor(app, "ingrid")
    with time_machine.travel(now() + timedelta(hours=9)):
        assert ingrid.gets("/me").status_code == 302  # eight hours without a sign
        assert kari.gets("/me").status_code == 200
    with time_machine.travel(now() + timedelta(days=14, hours=8)):
        assert kari.gets("/me").status_code == 200  # it was used nine hours in
    with time_machine.travel(now() + timedelta(days=40)):
        assert kari.gets("/me").status_code == 302


def test_staff_sign_in_again_after_twelve_hours_of_work(app: Flask) -> None:
    ingrid = Visitor(app, "ingrid")
    for minutes in range(25, 12 * 60, 25):
        with time_machine.travel(now() + timedelta(minutes=minutes)):
            assert ingrid.gets("/me").status_code == 200
    with time_machine.travel(now() + timedelta(hours=12.1)):
        assert ingrid.gets("/me").status_code == 302


def test_staff_sign_in_again_after_half_an_hour_away(app: Flask) -> None:
    ingrid = Visitor(app, "ingrid")
    with time_machine.travel(now() + timedelta(minutes=31)):
        assert ingrid.gets("/me").status_code == 302


def test_hostile_addresses_and_passwords_are_answered(app: Flask) -> None:
    for name, text in HOSTILE.items():
        sent = text.encode("utf-8", "surrogatepass")
        visitor = Visitor(app)
        for fields in (
            {"email": sent, "password": WRONG},
            {"email": "kari@example.no", "password": sent},
        ):
            assert visitor.posts("/sign-in", **fields).status_code in (413, 422, 429), name
        with app.app_context():
            limiter.reset()


def test_signing_out_needs_a_token_and_forgets_the_person(app: Flask) -> None:
    kari = Visitor(app, "kari")
    assert kari.posts("/sign-out", csrf_token="").status_code == 400
    assert kari.gets("/me").status_code == 200
    assert kari.posts("/sign-out").status_code == 303
    assert kari.gets("/me").status_code == 302


@pytest.mark.parametrize(
    "body", ["5", "[]", '"x"', "null", '{"email": 5}', '{"email": ["a", {}]}', "{"]
)
def test_a_form_sent_as_json_is_refused(app: Flask, body: str) -> None:
    kari = Visitor(app, "kari")
    headers = {"X-CSRFToken": kari.token(), "Origin": "http://localhost"}
    for path in ("/sign-in", "/me/profile", "/havnvik/ideas"):
        answer = kari.client.post(path, data=body, headers=headers, content_type="application/json")
        assert answer.status_code in (400, 415, 422), path


def test_people_who_know_their_passwords_may_share_an_address(app: Flask) -> None:
    for _each in range(25):
        assert Visitor(app).signs_in("kari").status_code == 303
