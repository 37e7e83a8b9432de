"""Passwords: weak ones are named, long phrases pass, hashing keeps its promises."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartby.accounts import passwords
from smartby.core.errors import Busy
from tests.corpora.hostile_text import HOSTILE
from tests.hashing import SHIPPED, hash_cheaply


def problem(password: str) -> str | None:
    return passwords.problem(password, name="Kari Solheim", email="kari.sol82@havnvik.example")


@pytest.mark.parametrize(
    "password",
    [
        "to trette katter under kaia",
        "correct horse battery staple",
        "Regnværsdag på brygga",
        "sjømannskirkebokhandel",
        "blåbær-traktor-månelys",
        "x9#Lq2!vT7@wR4$z",
        "9f8a1c77e02b4d6fa3",
        "a" * 5 + " lang frase som fortsetter " * 9,
        "пять слов для пароля",
    ],
)
def test_good_passwords_pass(password: str) -> None:
    assert problem(password) is None


@pytest.mark.parametrize(
    ("password", "expected"),
    [
        ("", "too_short"),
        ("short", "too_short"),
        ("ß" * 10, "too_short"),
        ("fjorten tegn..", "too_short"),
        ("x9#Lq2!vT7@wR4$z" * 17, "too_long"),
        ("passwordpassword", "common"),
        ("Password12345678!", "common"),
        ("password password password", "common"),
        ("dragondragondragon", "common"),
        ("hunter2hunter2hunter2", "common"),
        ("iloveyou!iloveyou!", "common"),
        ("sunshineprincess", "common"),
        ("!!!!!!!!!!!superman", "common"),
        ("jeg heter kari her", "personal"),
        ("SOLHEIM er et fint navn", "personal"),
        ("kari.sol82 og noe til", "personal"),
        ("karisolheimkarisolheim", "personal"),
        ("K.a.r.i.S.o.l.h.e.i.m", "personal"),
        ("jeg liker SmartBy godt", "personal"),
        ("aaaaaaaaaaaaaaaaaaa", "repeated"),
        ("abababababababab", "repeated"),
        ("xk3xk3xk3xk3xk3xk3", "repeated"),
        ("               ", "repeated"),
        ("abcdefghijklmnopq", "sequence"),
        ("zyxwvutsrqponmlkj", "sequence"),
        ("qwertyuiopåasdfgh", "sequence"),
        ("1qaz2wsx3edc4rfv5tgb", "common"),
        ("bgt5vfr4cde3xsw2zaq1", "sequence"),
    ],
)
def test_weak_passwords_are_named(password: str, expected: str) -> None:
    assert problem(password) == expected


def test_a_short_name_does_not_forbid_phrases() -> None:
    assert passwords.problem("bolle med bringebær", name="Bo Li", email="b@x.example") is None


def test_a_name_across_two_words_does_not_forbid_phrases() -> None:
    assert problem("smak aristokratens suppe") is None


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_every_text_gets_an_answer(password: str) -> None:
    keys = {None, "too_short", "too_long", "common", "personal", "repeated", "sequence"}
    assert problem(password) in keys


@pytest.fixture
def cheap() -> Iterator[None]:
    hash_cheaply()
    yield
    hash_cheaply()


@pytest.mark.usefixtures("cheap")
def test_a_hash_verifies_its_password_only() -> None:
    stored = passwords.hash_password("to trette katter under kaia")
    assert stored.startswith("$argon2id$")
    assert passwords.verify(stored, "to trette katter under kaia")
    assert not passwords.verify(stored, "to trette katter under kai")
    assert not passwords.verify("not a hash", "to trette katter under kaia")
    assert not passwords.verify("", "")


@pytest.mark.usefixtures("cheap")
def test_nothing_is_cut_off() -> None:
    stored = passwords.hash_password("å" * 255 + "a")
    assert not passwords.verify(stored, "å" * 255 + "b")


@pytest.mark.usefixtures("cheap")
def test_both_ways_to_type_a_letter_are_the_same() -> None:
    stored = passwords.hash_password("på brygga i A\u030as")
    assert passwords.verify(stored, "på brygga i Ås")


@pytest.mark.usefixtures("cheap")
@pytest.mark.parametrize("name", HOSTILE)
def test_odd_passwords_are_answered(name: str) -> None:
    password = HOSTILE[name][:2000]
    assert problem(password) != ""
    assert passwords.verify(passwords.hash_password(password), password)


@pytest.mark.usefixtures("cheap")
def test_nobody_has_no_password() -> None:
    assert passwords.verify_nothing("nobody has this password") is False


@pytest.mark.usefixtures("cheap")
def test_a_cheap_hash_is_renewed() -> None:
    stored = passwords.hash_password("to trette katter under kaia")
    assert not passwords.needs_rehash(stored)
    passwords.use_hasher(SHIPPED)
    assert passwords.needs_rehash(stored)


@pytest.mark.usefixtures("cheap")
def test_the_shipped_costs_are_those_of_owasp_and_more() -> None:
    passwords.use_hasher(SHIPPED)
    stored = passwords.hash_password("to trette katter under kaia")
    assert "m=65536,t=3,p=4" in stored


@pytest.mark.usefixtures("cheap")
def test_a_full_queue_refuses() -> None:
    pool = passwords._Pool(inside=42)
    with pytest.raises(Busy):
        pool.run(passwords.hash_password, "x")
    assert pool.inside == 42


UNDER_GEVENT = """
from gevent import monkey; monkey.patch_all()
import gevent
from smartby.accounts import passwords
from smartby.core.errors import Busy
ticks = 0
def tick():
    global ticks
    while True:
        ticks += 1
        gevent.sleep(0)
ticker = gevent.spawn(tick)
stored = passwords.hash_password("to trette katter under kaia")
assert ticks > 10, ticks
ticker.kill()
def attempt(_):
    try:
        return passwords.verify(stored, "to trette katter under kaia")
    except Busy:
        return "busy"
answers = [task.get() for task in [gevent.spawn(attempt, n) for n in range(60)]]
assert answers.count(True) == 42, answers
assert answers.count("busy") == 18, answers
assert passwords.verify(stored, "to trette katter under kaia")
print("ok")
"""


def test_under_gevent_other_requests_go_on() -> None:
    done = subprocess.run(
        [sys.executable, "-c", UNDER_GEVENT], capture_output=True, text=True, timeout=60
    )
    assert done.stdout == "ok\n", done.stderr
