"""Streams: who may follow, batches in order, catch-up equal to what was sent."""

from __future__ import annotations

from collections.abc import Iterable
from threading import Thread
from typing import Any

import pytest
from flask import Flask, current_app
from sqlalchemy.exc import OperationalError

from smartby.accounts.models import User
from smartby.core.live import TOTALS, Event, Op, batch, shows
from smartby.core.pump import pump
from smartby.core.transaction import perform, post, transaction
from smartby.extensions import db, socketio
from tests.people import ORIGIN, Visitor, user_id
from tests.statements import counted as asked


def socket_of(visitor: Visitor, origin: str = ORIGIN) -> Any:
    return socketio.test_client(
        visitor.app, flask_test_client=visitor.client, headers={"Origin": origin}
    )


kept: list[User] = []  # rows that somebody still holds, as those do that hold each other
going: list[str] = []  # what goes away while something is shown, once each
LEAVES = db.text("SELECT pg_terminate_backend(pg_backend_pid())")


@shows("test.said")
def said(word: str) -> Iterable[Op]:
    if word == "feil":
        raise ValueError(word)
    if going and going.pop():
        db.session.execute(LEAVES)
    return [{"op": "replace", "target": "word", "html": f"<p>{word}</p>"}]


@shows("test.named")
def named(person: int, then: str = "") -> Iterable[Op]:
    found = db.session.get_one(User, person)
    kept.append(found)
    name = found.name
    if going and going.pop():  # meanwhile, somewhere else
        elsewhere = Thread(target=renames, args=(current_app._get_current_object(), person, then))
        elsewhere.start()
        elsewhere.join()
    return [{"op": "set", "target": "name", "value": name}]


def renames(app: Flask, person: int, stream: str) -> None:
    with app.app_context(), transaction():
        db.session.get_one(User, person).name = "Kari Nordmann"
        post(stream, "test.named", person=person)


@shows("test.counted", totals=True)
def counted(n: int) -> Iterable[Op]:
    return [{"op": "set", "target": "n", "value": str(n)}]


@pytest.fixture
def town(app: Flask) -> str:
    return "town:1"


def say(app: Flask, stream: str, *words: str) -> None:
    with app.app_context():
        for word in words:
            perform(post, stream, "test.said", word=word)


def test_a_follower_gets_what_catch_up_gives(app: Flask, town: str) -> None:
    reader = Visitor(app)
    socket = socket_of(reader)
    assert socket.emit("follow", {"streams": [town], "lang": "nb"}, callback=True) == {town: 0}
    say(app, town, "en", "to")
    assert socket.get_received() == []
    with app.app_context():
        assert pump.drain() == 1
    (sent,) = [m["args"][0] for m in socket.get_received()]
    assert (sent["first"], sent["seq"]) == (1, 2)
    assert [op["html"] for op in sent["ops"]] == ["<p>to</p>"]  # the later replaces the earlier
    assert reader.gets(f"/live/{town}?after=0").get_json() == sent
    all_at_once = reader.gets(f"/live?s={town}@0&s=town:2@0&s=person:1@0").get_json()
    assert all_at_once == {"batches": [sent], "gone": ["person:1"]}
    assert reader.gets(f"/live/{town}?after=2").get_json()["ops"] == []


def test_a_fragment_that_fails_becomes_refresh_and_the_stream_goes_on(
    app: Flask, town: str
) -> None:
    say(app, town, "feil", "bra")
    ops = Visitor(app).gets(f"/live/{town}?after=0").get_json()["ops"]
    assert ops == [{"op": "refresh"}, {"op": "replace", "target": "word", "html": "<p>bra</p>"}]


def test_what_the_database_was_away_for_is_told_when_it_is_back(
    app: Flask, town: str, database: str
) -> None:
    if database == "sqlite":
        return  # it is never away
    reader = socket_of(Visitor(app))
    reader.emit("follow", {"streams": [town], "lang": "nb"}, callback=True)
    say(app, town, "en", "borte")
    going.append("the database")
    with app.app_context(), pytest.raises(OperationalError):
        pump.drain()
    assert reader.get_received() == []
    going.append("the database")
    assert Visitor(app).gets(f"/live/{town}?after=0").status_code == 503
    with app.app_context():
        assert pump.drain() == 1
    (sent,) = [m["args"][0] for m in reader.get_received()]
    assert [op["html"] for op in sent["ops"]] == ["<p>borte</p>"]


@pytest.mark.parametrize("asks", ["pump", "catch up"])
def test_what_was_read_for_one_stream_is_not_shown_in_another(
    app: Flask, town: str, database: str, asks: str
) -> None:
    times = 2 if database == "sqlite" else 1  # there the first knows nothing of it yet
    reader, kari = Visitor(app), user_id(app, "kari")
    socket = socket_of(reader)
    socket.emit("follow", {"streams": [town, "town:2"], "lang": "nb"}, callback=True)
    with app.app_context():
        perform(post, town, "test.named", person=kari, then="town:2")
        perform(post, "town:2", "test.said", word="to")
    going.append("the name")
    if asks == "pump":
        for _time in range(times):
            with app.app_context():
                pump.drain()
        told = [m["args"][0] for m in socket.get_received()]
    else:
        told = reader.gets(f"/live?s={town}@0&s=town:2@0").get_json()["batches"]
        told += reader.gets("/live?s=town:2@1").get_json()["batches"] if times > 1 else []
    ops = [op for each in told if each["stream"] == "town:2" for op in each["ops"]]
    assert ops[-1] == {"op": "set", "target": "name", "value": "Kari Nordmann"}


def test_who_asks_for_several_streams_is_read_once(app: Flask, town: str) -> None:
    say(app, town, "en")
    say(app, "town:2", "to")
    reader = Visitor(app, "kari")
    own = f"person:{user_id(app, 'kari')}"
    with asked(app) as sent:
        found = reader.gets(f"/live?s={town}@0&s=town:2@0&s={own}@0").get_json()
    assert (len(found["batches"]), found["gone"]) == (2, [])
    assert sum("user_account" in statement for statement in sent) == 1


@pytest.mark.parametrize("number", ["", "-1", "x", "1.5", "²", "9" * 17, "9" * 5_000])
def test_a_number_that_is_none_is_refused(app: Flask, town: str, number: str) -> None:
    say(app, town, "en")
    for path in (f"/live/{town}?after={number}", f"/live?s={town}@{number}"):
        answer = Visitor(app).gets(path)
        assert answer.status_code in (200, 404), path
        assert answer.status_code == 404 or answer.get_json()["gone"] == [town]


def test_only_the_newest_totals_are_shown(app: Flask) -> None:
    assert "test.counted" in TOTALS
    with app.app_context():
        rows = [Event(n, "test.counted", {"n": n}) for n in (1, 2, 3)]
        assert batch("town:1", rows, "nb")["ops"] == [{"op": "set", "target": "n", "value": "3"}]


def test_a_trimmed_stream_answers_410(app: Flask, town: str) -> None:
    say(app, town, "en", "to")
    with app.app_context():
        perform(db.session.execute, db.text("DELETE FROM outbox WHERE seq = 1"))
    assert Visitor(app).gets(f"/live/{town}?after=0").status_code == 410


def test_a_page_ahead_of_a_database_that_was_put_back_answers_410(app: Flask, town: str) -> None:
    say(app, town, "en", "to")
    reader = Visitor(app)
    assert reader.gets(f"/live/{town}?after=2").status_code == 200
    assert reader.gets(f"/live/{town}?after=3").status_code == 410
    assert reader.gets(f"/live?s={town}@3").get_json() == {"batches": [], "gone": [town]}


def test_sockets_on_a_database_that_was_put_back_are_cut(app: Flask, town: str) -> None:
    say(app, town, "en", "to")
    here, elsewhere = socket_of(Visitor(app)), socket_of(Visitor(app))
    here.emit("follow", {"streams": [town], "lang": "nb"}, callback=True)
    elsewhere.emit("follow", {"streams": ["town:2"], "lang": "nb"}, callback=True)
    with app.app_context():
        perform(db.session.execute, db.text("DELETE FROM outbox WHERE seq = 2"))
        perform(db.session.execute, db.text("UPDATE stream SET seq = 1"))
        pump.drain()
    assert not here.is_connected() and elsewhere.is_connected()


def test_after_a_restore_every_page_is_told_to_read_itself_anew(app: Flask, town: str) -> None:
    say(app, town, "en", "to")
    said = app.test_cli_runner().invoke(args=["restored"])
    assert said.exit_code == 0 and "streams begin anew" in said.output
    for seen in (0, 1, 2, 50):
        assert Visitor(app).gets(f"/live/{town}?after={seen}").status_code == 410
    say(app, town, "tre")
    assert Visitor(app).gets(f"/live/{town}?after=2").status_code == 410
    assert app.test_cli_runner().invoke(args=["check"]).exit_code == 0


@pytest.mark.parametrize(
    "query", ["", "?after=-1", "?after=x", "?after=99999999999999999999", "?after=0&lang=de"]
)
def test_a_bad_question_is_not_found(app: Flask, town: str, query: str) -> None:
    assert Visitor(app).gets(f"/live/{town}{query}").status_code == 404


def test_streams_of_others_are_not_there(app: Flask) -> None:
    kari, jonas = Visitor(app, "kari"), Visitor(app, "jonas")
    mine = f"person:{user_id(app, 'kari')}"
    assert kari.gets(f"/live/{mine}?after=0").status_code == 200
    assert jonas.gets(f"/live/{mine}?after=0").status_code == 404
    board = ["board:1", "board:2", "contribution:999", "contribution:x", "nothing", "town:0", mine]
    answer = socket_of(jonas).emit("follow", {"streams": board, "lang": "nb"}, callback=True)
    assert set(answer.values()) == {None}


def test_moderators_follow_their_own_board_only(app: Flask) -> None:
    answer = socket_of(Visitor(app, "ingrid")).emit(
        "follow", {"streams": ["board:1", "board:2"], "lang": "nb"}, callback=True
    )
    assert answer == {"board:1": 0, "board:2": None}


@pytest.mark.parametrize(
    "data",
    [None, 1, "x", [], {}, {"streams": "town:1", "lang": "nb"}, {"streams": [1], "lang": "nb"},
     {"streams": ["town:1"] * 61, "lang": "nb"}, {"streams": [], "lang": []}, {"streams": ["x"]}],
)  # fmt: skip
def test_a_malformed_command_is_answered_and_nothing_breaks(app: Flask, data: Any) -> None:
    socket = socket_of(Visitor(app))
    assert socket.emit("follow", data, callback=True)["error"] == 400
    assert socket.is_connected()


def test_too_many_commands_are_refused_and_then_cut(app: Flask) -> None:
    socket = socket_of(Visitor(app))
    answers = [
        socket.emit("follow", {"streams": [], "lang": "nb"}, callback=True) for _ in range(23)
    ]
    assert answers.count({"error": 429}) >= 1
    for _ in range(5):
        if socket.is_connected():
            socket.emit("follow", {"streams": [], "lang": "nb"})
    assert not socket.is_connected()


def test_a_foreign_origin_cannot_connect_with_a_cookie(app: Flask) -> None:
    kari = Visitor(app, "kari")
    assert not socket_of(kari, "http://evil.example").is_connected()
    assert socket_of(kari).is_connected()


def test_signing_out_cuts_the_persons_sockets(app: Flask) -> None:
    kari = Visitor(app, "kari")
    socket = socket_of(kari)
    assert socket.is_connected()
    kari.posts("/sign-out")
    with app.app_context():
        pump.drain()
    assert not socket.is_connected()
