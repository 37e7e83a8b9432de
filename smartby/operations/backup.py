"""`flask backup`: a copy of the database as it is at one moment, while people go on writing."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy.engine import URL

from ..config import environment_with
from ..core.clock import now
from ..extensions import db
from . import pulse


class BackupFailed(click.ClickException):
    """No backup was made; the message says why."""


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
@with_appcontext
def backup(target: Path) -> None:
    """Copy the database to TARGET: a new file, or a folder where it is named by the moment.

    SQLite is copied by its online backup, PostgreSQL by pg_dump. Nobody waits meanwhile.
    """
    url = db.engine.url
    sqlite = db.engine.dialect.name == "sqlite"
    if target.is_dir():
        target = target / f"smartby-{now():%Y-%m-%dT%H%M%S}.{'db' if sqlite else 'dump'}"
    if target.exists():
        raise BackupFailed(f"{target} is there already.")
    draft = target.with_name(target.name + ".part")
    try:
        _copy(url, draft, sqlite=sqlite)
        _settle(draft, target)
    except (OSError, sqlite3.Error) as error:
        raise BackupFailed(str(error)) from error
    finally:
        draft.unlink(missing_ok=True)
    pulse.beat(pulse.BACKUP)
    click.echo(f"{target}: {target.stat().st_size / 1e6:.1f} MB")


def _copy(url: URL, draft: Path, *, sqlite: bool) -> None:
    draft.unlink(missing_ok=True)
    # The file holds everything about everybody.
    draft.touch(mode=0o600)
    if sqlite:
        _copy_sqlite(Path(url.database or ""), draft)
    else:
        _dump(url, draft)


def _copy_sqlite(source: Path, draft: Path) -> None:
    with closing(sqlite3.connect(source)) as original, closing(sqlite3.connect(draft)) as copy:
        # In one step: a copy in portions begins anew whenever another process commits.
        original.backup(copy, pages=-1)
        said = copy.execute("PRAGMA quick_check").fetchone()[0]
    if said != "ok":
        raise BackupFailed(f"The copy is damaged, and so may the database be: {said}")


def _dump(url: URL, draft: Path) -> None:
    program = shutil.which("pg_dump")
    if program is None:
        raise BackupFailed("There is no pg_dump: apt-get install postgresql-client.")
    # The password goes by the environment: everybody on the host can read a command line.
    hidden = url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
    command = [program, "--format=custom", f"--file={draft}", "--dbname", hidden]
    told = environment_with(PGPASSWORD=str(url.password)) if url.password else None
    done = subprocess.run(command, env=told, capture_output=True, text=True)  # noqa: S603
    if done.returncode != 0:
        raise BackupFailed(f"pg_dump did not succeed: {done.stderr.strip()}")


def _settle(draft: Path, target: Path) -> None:
    # On the disk first, then under its name: a file with the name is a whole backup.
    with draft.open("rb") as written:
        os.fsync(written.fileno())
    draft.rename(target)
