"""One's own name, language, address, password and sessions."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from smartby.core.pump import pump
from smartby.extensions import limiter, socketio
from tests.accounts.conftest import Letter
from tests.corpora.hostile_text import HOSTILE
from tests.people import ORIGIN, PASSWORD, Visitor

Letters = Callable[[], list[Letter]]
NEW = "en helt ny setning om havet"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def socket_of(visitor: Visitor) -> Any:
    return socketio.test_client(
        visitor.app, flask_test_client=visitor.client, headers={"Origin": ORIGIN}
    )


def drain(app: Flask) -> None:
    with app.app_context():
        pump.drain()


def test_name_and_language_are_stored_and_used(app: Flask) -> None:
    kari = Visitor(app, "kari")
    number = kari.has_idea()
    assert kari.posts("/me/profile", name="  Kari   S. Dahl ", language="nn").status_code == 303
    assert "Kari S. Dahl" in kari.gets("/me").get_data(as_text=True)
    page = Visitor(app).gets(f"/havnvik/ideas/{number}").get_data(as_text=True)
    assert "Kari Solheim" not in page
    phone = Visitor(app, "kari")
    assert '<html lang="nn"' in phone.gets("/me").get_data(as_text=True)


@pytest.mark.parametrize("fields", [{"name": ""}, {"name": "x" * 81}, {"language": "de"}])
def test_a_bad_profile_is_refused(app: Flask, fields: dict[str, str]) -> None:
    kari = Visitor(app, "kari")
    values = {"name": "Kari Solheim", "language": "nb", **fields}
    assert kari.posts("/me/profile", **values).status_code == 422


def test_hostile_names_are_refused_or_stored_clean(app: Flask) -> None:
    kari = Visitor(app, "kari")
    for name, text in HOSTILE.items():
        sent = text.encode("utf-8", "surrogatepass")
        assert kari.posts("/me/profile", name=sent, language="nb").status_code in (303, 413, 422), (
            name
        )
        assert kari.gets("/me").status_code == 200
        with app.app_context():
            limiter.reset()


def test_another_password_asks_for_this_one_and_ends_the_other_sessions(
    app: Flask, letters: Letters
) -> None:
    kari, phone = Visitor(app, "kari"), Visitor(app, "kari")
    wrong = kari.posts("/me/password", current="ikke dette passordet", password=NEW)
    assert wrong.status_code == 422
    assert "Passordet er ikke riktig" in wrong.get_data(as_text=True)
    assert kari.posts("/me/password", current=PASSWORD, password="kort").status_code == 422
    assert kari.posts("/me/password", current=PASSWORD, password=NEW).status_code == 303
    assert kari.gets("/me").status_code == 200
    assert phone.gets("/me").status_code == 302
    assert Visitor(app).signs_in("kari", NEW).status_code == 303
    assert [letter.subject for letter in letters()] == ["Passordet ditt er byttet"]


def test_guessing_the_password_of_an_open_session_is_throttled(app: Flask) -> None:
    kari = Visitor(app, "kari")
    answers = [
        kari.posts("/me/password", current=f"gjetning nummer {n}", password=NEW).status_code
        for n in range(6)
    ]
    assert answers == [422] * 5 + [429]
    assert kari.posts("/me/email", email="ny@example.no", current=PASSWORD).status_code == 429


def test_another_address_by_a_link_with_a_notice_to_the_old(app: Flask, letters: Letters) -> None:
    kari = Visitor(app, "kari")
    assert (
        kari.posts("/me/email", email="ny@example.no", current="feil passord her").status_code
        == 422
    )
    assert kari.posts("/me/email", email="Ny@Example.no", current=PASSWORD).status_code == 303
    confirm, notice = letters()
    assert (confirm.to, notice.to) == ("ny@example.no", "kari@example.no")
    assert "ny@example.no" in notice.text
    assert "kari@example.no" in kari.gets("/me").get_data(as_text=True)
    assert kari.gets(confirm.path).status_code == 200
    assert "kari@example.no" in kari.gets("/me").get_data(as_text=True)
    assert kari.posts(confirm.path).status_code == 303
    assert "ny@example.no" in kari.gets("/me").get_data(as_text=True)
    assert kari.posts(confirm.path).status_code == 410
    assert (
        Visitor(app).posts("/sign-in", email="ny@example.no", password=PASSWORD).status_code == 303
    )
    (changed,) = letters()
    assert changed.to == "kari@example.no"


def test_an_address_that_is_taken_gets_the_same_answer_and_no_link(
    app: Flask, letters: Letters
) -> None:
    kari = Visitor(app, "kari")
    free = kari.posts("/me/email", email="ny@example.no", current=PASSWORD)
    taken = kari.posts("/me/email", email="jonas@example.no", current=PASSWORD)
    assert (free.status_code, free.headers["Location"]) == (
        taken.status_code,
        taken.headers["Location"],
    )
    to_jonas = [letter for letter in letters() if letter.to == "jonas@example.no"]
    assert [letter.subject for letter in to_jonas] == ["Du har alt en bruker med denne e-posten"]
    assert "http" not in to_jonas[0].text


def test_two_people_cannot_take_one_address(app: Flask, letters: Letters) -> None:
    paths = []
    for key in ("kari", "jonas"):
        visitor = Visitor(app, key)
        visitor.posts("/me/email", email="ny@example.no", current=PASSWORD)
        paths += [letter.path for letter in letters() if letter.to == "ny@example.no"]
    reader = Visitor(app)
    assert [reader.posts(path).status_code for path in paths] == [303, 410]


def test_sessions_are_seen_and_ended(app: Flask) -> None:
    kari, phone = Visitor(app, "kari"), Visitor(app)
    phone.client.environ_base["HTTP_USER_AGENT"] = FIREFOX
    phone.signs_in("kari")
    page = kari.gets("/me/sessions").get_data(as_text=True)
    assert "Firefox, Linux" in page
    assert page.count("Denne") == 1
    numbers = re.findall(r"/me/sessions/(\d+)/end", page)
    assert len(numbers) == 2
    assert Visitor(app, "jonas").posts(f"/me/sessions/{numbers[0]}/end").status_code == 404
    assert kari.posts(f"/me/sessions/{numbers[0]}/end").status_code == 303
    assert phone.gets("/me").status_code == 302
    assert kari.posts(f"/me/sessions/{numbers[0]}/end").status_code == 404
    assert kari.posts(f"/me/sessions/{numbers[1]}/end").headers["Location"] == "/"
    assert kari.gets("/me").status_code == 302


def test_ending_the_others_keeps_this_one_and_cuts_their_sockets(app: Flask) -> None:
    kari, phone, jonas = Visitor(app, "kari"), Visitor(app, "kari"), Visitor(app, "jonas")
    hers, his = socket_of(phone), socket_of(jonas)
    assert kari.posts("/me/sessions/end-others").status_code == 303
    drain(app)
    assert not hers.is_connected()
    assert his.is_connected()
    assert kari.gets("/me").status_code == 200
    again = socket_of(phone)  # the ended session's browser is nobody now
    person = f"person:{_id(kari)}"
    assert again.emit("follow", {"streams": [person], "lang": "nb"}, callback=True) == {
        person: None
    }


def _id(visitor: Visitor) -> str:
    found = re.search(r'data-me="(\d+)"', visitor.gets("/me").get_data(as_text=True))
    assert found
    return found[1]


@pytest.mark.parametrize("how", ["sign-out", "password", "reset", "erasure"])
def test_sockets_drop_when_the_session_ends(app: Flask, letters: Letters, how: str) -> None:
    kari, phone = Visitor(app, "kari"), Visitor(app, "kari")
    socket = socket_of(kari if how == "sign-out" else phone)
    assert socket.is_connected()
    if how == "sign-out":
        kari.posts("/sign-out")
    elif how == "password":
        kari.posts("/me/password", current=PASSWORD, password=NEW)
    elif how == "reset":
        kari.posts("/sign-in/forgotten", email="kari@example.no")
        kari.posts(letters()[0].path, password=NEW)
    else:
        assert kari.posts("/me/erasure", current=PASSWORD, sure="y").status_code == 303
    drain(app)
    assert not socket.is_connected()


@pytest.mark.parametrize(
    "path",
    [
        "/me",
        "/me/profile",
        "/me/email",
        "/me/password",
        "/me/sessions",
        "/me/export",
        "/me/erasure",
    ],
)
def test_all_of_it_is_for_those_who_are_signed_in(app: Flask, path: str) -> None:
    answer = Visitor(app).gets(path)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/sign-in?next={path}")
    mine = Visitor(app, "kari").gets(path)
    assert mine.status_code == 200
    assert mine.headers["Cache-Control"] == "no-store"
