"""Logs: JSON with request ids, slow statements without values, and nothing about people."""

from __future__ import annotations

import json
import logging
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from smartby.core.transaction import transaction
from smartby.extensions import db
from smartby.operations.logs import CONFIG, formatter
from smartby.operations.slow import _time
from tests.people import Visitor
from tests.serving import Smartby

TALKATIVE = {"SMARTBY_LOG_JSON": "true", "SMARTBY_SLOW_QUERY_MS": "1", "SMARTBY_PROXY_HOPS": "1"}


@pytest.fixture(scope="module")
def server() -> Iterator[Smartby]:
    running = Smartby()
    running.env |= TALKATIVE
    with running:
        yield running


def asks(server: Smartby, path: str, **headers: str) -> tuple[int, str]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with urllib.request.urlopen(urllib.request.Request(server.url + path, headers=named)) as ok:
            return ok.status, ok.headers["X-Request-ID"]
    except urllib.error.HTTPError as error:
        return error.code, error.headers["X-Request-ID"]


def entries(server: Smartby) -> list[dict[str, Any]]:
    lines = [line for line in server.log().splitlines() if line.startswith("{")]
    return [json.loads(line) for line in lines]


def about(server: Smartby, number: str) -> list[dict[str, Any]]:
    server.wait_until(lambda: any(each.get("request") == number for each in entries(server)))
    return [each for each in entries(server) if each.get("request") == number]


def test_a_request_is_told_by_its_pattern_and_the_proxys_id(server: Smartby) -> None:
    status, number = asks(
        server,
        "/havnvik/ideas?q=hemmelighet",
        X_Request_ID="fra-proxyen-17",
        X_Forwarded_For="203.0.113.77",
        User_Agent="en-nettleser",
    )
    assert (status, number) == (200, "fra-proxyen-17")
    told = [each for each in about(server, number) if each["event"] == "request"]
    assert [(each["route"], each["method"], each["status"]) for each in told] == [
        ("/<town>/ideas", "GET", 200)
    ]
    assert told[0]["ms"] > 0
    assert told[0]["at"].endswith("Z")
    for word in ("hemmelighet", "203.0.113.77", "en-nettleser", "127.0.0.1 "):
        assert word not in server.log()


def test_a_link_from_a_mail_is_in_no_log(server: Smartby) -> None:
    status, number = asks(server, "/sign-up/confirm/en-hemmelig-lenke")
    assert about(server, number)[-1]["route"] == "/sign-up/confirm/<token>"
    assert about(server, number)[-1]["status"] == status
    assert "en-hemmelig-lenke" not in server.log()


def test_an_id_that_is_no_id_is_replaced(server: Smartby) -> None:
    for given in ("kort", "x" * 65, 'a"b{c}dddd'):
        number = asks(server, "/healthz", X_Request_ID=given)[1]
        assert number != given
        assert len(number) == 16


def test_every_answer_has_an_id_of_its_own(server: Smartby) -> None:
    numbers = [asks(server, path)[1] for path in ("/", "/", "/nothing/here", "/healthz")]
    assert len(set(numbers)) == 4
    assert about(server, numbers[2])[-1]["route"] == "none"


def test_slow_statements_are_told_with_the_request_and_without_values(server: Smartby) -> None:
    asks(server, "/havnvik/ideas?q=hemmelighetskremmeri")
    server.wait_until(lambda: any("slow query" in each["event"] for each in entries(server)))
    told = [each for each in entries(server) if each["event"].startswith("slow query")]
    assert all(each["ms"] >= 1 and each["level"] == "warning" for each in told)
    assert any("SELECT" in each["event"] for each in told)
    assert any("request" in each for each in told)
    assert "kremmeri" not in server.log()


def test_gunicorn_itself_speaks_json_too(server: Smartby) -> None:
    assert any("Listening at" in each["event"] for each in entries(server))
    assert [line for line in server.log().splitlines() if not line.startswith("{")] == []


def test_a_statement_is_told_only_beyond_the_limit(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    from sqlalchemy import create_engine

    engine = create_engine("sqlite://")
    for limit, count in ((10.0, 0), (0.0, 1)):
        _time(engine, limit)
        with caplog.at_level(logging.WARNING), engine.connect() as connection:
            connection.execute(text("SELECT :it"), {"it": "hemmelig"})
        said = [record.getMessage() for record in caplog.records if "slow" in record.getMessage()]
        assert len(said) == count
        assert "hemmelig" not in "".join(said)
    engine.dispose()


def test_an_error_of_the_database_is_told_without_what_was_written(app: Flask) -> None:
    with app.app_context():
        try:
            with transaction():
                values = {"name": "Kari", "email": "kari@example.no"}
                db.session.execute(
                    text(
                        "INSERT INTO user_account (name, email, is_operator, blocked_reason, seq,"
                        " version, created_at) VALUES (:name, :email, false, '', 0, 1,"
                        " CURRENT_TIMESTAMP)"
                    ),
                    values,
                )
        except IntegrityError as error:
            said = written("it failed", error)
    assert said["error"][0]["type"] == "sqlalchemy.exc.IntegrityError"
    assert said["error"][0]["code"]
    assert "INSERT INTO user_account" in said["error"][0]["statement"]
    assert any("test_logs.py" in frame for frame in said["frames"])
    assert "ari" not in json.dumps(said["error"]).replace("parameter", "")


def test_addresses_are_taken_out_and_messages_that_may_quote_people_stay_away() -> None:
    refused = OSError("{'kari@example.no': (550, b'No such user <kari@example.no>')}")
    said = written("to ola@example.no from 203.0.113.9, ip=2001:db8::1", refused)
    assert said["event"] == "to ‹address› from ‹host›, ip=‹host›"
    assert "550" in said["error"][0]["message"]
    quoting = written("it failed", ValueError("invalid literal: 'Kari Solheim'"))
    assert quoting["error"] == [{"type": "ValueError"}]
    assert "example.no" not in json.dumps([said, quoting])


def test_a_refused_limit_does_not_tell_whose_it_was() -> None:
    assert CONFIG["loggers"]["flask-limiter"]["level"] == "ERROR"


def test_without_the_setting_answers_have_ids_all_the_same(app: Flask) -> None:
    assert len(Visitor(app).gets("/").headers["X-Request-ID"]) == 16


def written(event: str, error: BaseException) -> dict[str, Any]:
    """Write a record as the log would."""
    record = logging.LogRecord("smartby.test", logging.ERROR, "", 0, event, (), None)
    record.exc_info = (type(error), error, error.__traceback__)
    said: dict[str, Any] = json.loads(formatter().format(record))
    return said
