"""Migrations: they lead to the models, and back to an empty database."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from tests.conventions.sources import ROOT

THERE_AND_BACK = """
from sqlalchemy import inspect
from smartby import create_app
from smartby.cli import bind_migrations
from smartby.extensions import db

app = create_app()
bind_migrations(app)
for arguments in (["upgrade"], ["downgrade", "base"]):
    done = app.test_cli_runner().invoke(args=["db", *arguments])
    assert done.exit_code == 0, (done.output, done.exception)
with app.app_context():
    print(" ".join(inspect(db.engine).get_table_names()))
    for engine in db.engines.values():
        engine.dispose()
"""


def test_the_models_are_what_the_migrations_make(app: Flask) -> None:
    done = app.test_cli_runner().invoke(args=["db", "check"])
    assert done.exit_code == 0, done.output


def test_migrations_lead_back_to_nothing(
    database: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    env = {**os.environ, "SMARTBY_DATA": str(tmp_path), "DATABASE_URL": ""}
    if database == "postgresql":
        env["DATABASE_URL"] = request.getfixturevalue("postgres").create_database("both-ways")
    command = [sys.executable, "-c", THERE_AND_BACK]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["alembic_version"]
