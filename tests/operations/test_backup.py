"""A backup is taken while people write, and what is restored from it holds together."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest
from flask import Flask

from smartby import create_app
from smartby.extensions import db
from tests.people import PEOPLE, Visitor
from tools import servers

SECRET = "for-tests-only-and-long-enough-to-be-one"


class Crowd:
    """People who write one idea after the other, each at their own pace, until told to stop."""

    def __init__(self, app: Flask) -> None:
        self.enough, self.first = Event(), Event()
        self.written: list[int] = []
        self.troubles: list[BaseException] = []
        people = [Visitor(app, key) for key in list(PEOPLE)[:4]]
        self.threads = [Thread(target=self._write, args=(person,)) for person in people]

    def __enter__(self) -> Crowd:
        for thread in self.threads:
            thread.start()
        assert self.first.wait(60)
        return self

    def __exit__(self, *_error: object) -> None:
        self.enough.set()
        for thread in self.threads:
            thread.join(60)

    def _write(self, person: Visitor) -> None:
        try:
            for place in range(8):
                if self.enough.is_set():
                    return
                self.written.append(person.has_idea(f"Benk nummer {place} fra {person.key}"))
                self.first.set()
        except BaseException as trouble:
            self.troubles.append(trouble)
            self.first.set()


@pytest.fixture(autouse=True)
def pg_dump_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = servers.postgres_folder()
    if folder is not None:
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def copy(app: Flask, tmp_path: Path) -> Path:
    """A backup that was taken while people wrote."""
    target = tmp_path / "a-backup"
    with Crowd(app) as crowd:
        done = app.test_cli_runner().invoke(args=["backup", str(target)])
    assert done.exit_code == 0, done.output
    assert crowd.troubles == []
    assert crowd.written
    return target


@pytest.fixture
def restored(
    copy: Path, database: str, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Flask]:
    """An installation made from the backup as docs/operations.md says."""
    data, url = tmp_path / "restored", ""
    data.mkdir()
    if database == "sqlite":
        shutil.copy(copy, data / "smartby.db")
    else:
        url = request.getfixturevalue("postgres").create_database(f"restored{os.urandom(4).hex()}")
        plain = url.replace("+psycopg", "")
        command = ["pg_restore", "--no-owner", "--exit-on-error", "--dbname", plain, str(copy)]
        subprocess.run(command, check=True, capture_output=True)
    app = create_app(
        {"TESTING": True, "ASYNC": "threading", "DATA": str(data), "DATABASE_URL": url}
        | {"SECRET_KEY": SECRET, "PUBLIC_URL": "http://localhost"}
    )
    yield app
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()


def test_what_is_restored_holds_together(app: Flask, restored: Flask) -> None:
    for command in (["init"], ["check"], ["ledger", "verify"]):
        done = restored.test_cli_runner().invoke(args=command)
        assert done.exit_code == 0, done.output
    there = {row[0] for row in _ideas(restored)}
    assert there
    assert there <= {row[0] for row in _ideas(app)}
    assert Visitor(restored, "kari").gets("/havnvik/ideas").status_code == 200


def test_a_backup_is_for_its_owner_alone_and_is_seen_by_the_doctor(app: Flask, copy: Path) -> None:
    assert copy.stat().st_mode & 0o777 == 0o600
    assert not list(copy.parent.glob("*.part"))
    assert "backup" not in app.test_cli_runner().invoke(args=["doctor"]).output


def test_a_folder_takes_backups_named_by_the_moment(
    app: Flask, database: str, tmp_path: Path
) -> None:
    done = app.test_cli_runner().invoke(args=["backup", str(tmp_path)])
    assert done.exit_code == 0, done.output
    (made,) = tmp_path.iterdir()
    assert made.name.startswith("smartby-2")
    assert made.suffix == {"sqlite": ".db", "postgresql": ".dump"}[database]


def test_a_backup_never_lands_on_another(app: Flask, tmp_path: Path) -> None:
    older = tmp_path / "older"
    older.write_text("what we have")
    done = app.test_cli_runner().invoke(args=["backup", str(older)])
    assert done.exit_code == 1
    assert "is there already" in done.output
    assert older.read_text() == "what we have"


def test_a_backup_that_fails_says_so_and_leaves_nothing(app: Flask, tmp_path: Path) -> None:
    target = tmp_path / "no" / "such" / "folder"
    done = app.test_cli_runner().invoke(args=["backup", str(target)])
    assert done.exit_code == 1
    assert "No such file" in done.output
    assert list(tmp_path.iterdir()) == []


def test_a_sqlite_backup_is_one_file_that_opens_alone(
    app: Flask, database: str, tmp_path: Path
) -> None:
    target = tmp_path / "alone.db"
    if database == "sqlite":
        app.test_cli_runner().invoke(args=["backup", str(target)])
        assert [path.name for path in tmp_path.iterdir()] == ["alone.db"]
        opened = sqlite3.connect(target)
        assert opened.execute("SELECT count(*) FROM municipality").fetchone() == (2,)
        opened.close()


def _ideas(app: Flask) -> list[tuple[int]]:
    with app.app_context():
        return [tuple(row) for row in db.session.execute(db.text("SELECT id FROM contribution"))]
