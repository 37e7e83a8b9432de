"""What a command says when something is not as it needs it: one line, and what to change."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from smartby import create_app
from smartby.config import ConfigError, load
from smartby.extensions import db
from smartby.operations.schema import NOT_MADE
from tests.conventions.sources import ROOT


@pytest.fixture
def unmade(tmp_path: Path) -> Iterator[Flask]:
    """An installation where nobody has run `flask init`."""
    app = create_app({"TESTING": True, "ASYNC": "threading", "DATA": str(tmp_path)})
    yield app
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()


def _run(app: Flask, *arguments: str) -> tuple[int, str]:
    done = app.test_cli_runner().invoke(args=list(arguments))
    return done.exit_code, done.output


@pytest.mark.parametrize(
    "command",
    [
        ["check"],
        ["town", "list"],
        ["town", "add", "3301"],
        ["ledger", "verify"],
        ["user", "make-administrator", "kari@example.no", "havnvik"],
        ["seed"],
    ],
)
def test_a_database_that_is_not_made_is_named(unmade: Flask, command: list[str]) -> None:
    assert _run(unmade, *command) == (1, f"Error: {NOT_MADE}\n")


def test_what_is_missing_for_an_administrator_is_said(app: Flask) -> None:
    make = ["user", "make-administrator"]
    assert _run(app, *make, "nobody@example.no", "havnvik") == (
        1,
        "Error: No account has the e-mail nobody@example.no.\n",
    )
    assert _run(app, *make, "kari@example.no", "nosuch") == (
        1,
        "Error: No town has the address nosuch.\n",
    )


def test_commands_speak_english(app: Flask) -> None:
    assert _run(app, "town", "add", "0000") == (
        1,
        "Error: No municipality or county has number 0000.\n",
    )


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PORT", "abc", '"PORT" invalid: Not a valid integer. Change it, or leave it out.'),
        ("DATABASE_URL", "mysql://me:hush@host/x", "DATABASE_URL begins with mysql: write"),
        ("PUBLIC_URL", "'https://smartby.example.no'", "without quotes"),
        ("PUBLIC_URL", "smartby.example.no", "must begin with http:// or https://"),
    ],
)
def test_a_setting_that_cannot_be_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigError) as refused:
        load({"DATA": str(tmp_path)})
    assert said in refused.value.message and "hush" not in refused.value.message


def test_a_command_shows_that_and_no_traceback(tmp_path: Path) -> None:
    env = {**os.environ, "FLASK_APP": "smartby", "SMARTBY_DATA": str(tmp_path), "PORT": "abc"}
    done = subprocess.run(
        [sys.executable, "-m", "flask", "check"], cwd=ROOT, env=env, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "PORT" in done.stderr and "Traceback" not in done.stderr
