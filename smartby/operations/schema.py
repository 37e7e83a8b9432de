"""Which shape the database has, and which one this version of smartby needs."""

from __future__ import annotations

from functools import wraps
from pathlib import Path
from typing import Any

import click
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from ..extensions import db

NOT_MADE = "This database holds nothing of smartby yet: run `flask init` first."
MIGRATIONS = Path(__file__).parents[2] / "migrations"


def at() -> str:
    """Return the database's newest migration, "" when it has none."""
    from alembic.migration import MigrationContext

    with db.engines["read"].connect() as connection:
        return ",".join(MigrationContext.configure(connection).get_current_heads())


def wanted() -> str:
    """Return this version's newest migration."""
    from alembic.script import ScriptDirectory

    return ",".join(ScriptDirectory(str(MIGRATIONS)).get_heads())


def explained(command: click.Command) -> click.Command:
    """Let a command that meets a database of another shape say so in a line."""
    if isinstance(command, click.Group):
        for each in command.commands.values():
            explained(each)
    elif command.callback is not None:
        command.callback = _explaining(command.callback)
    return command


def _explaining(run: Any) -> Any:
    @wraps(run)
    def running(*args: Any, **kwargs: Any) -> Any:
        try:
            return run(*args, **kwargs)
        except DBAPIError as error:
            if (said := _what_is_wrong()) is None:
                raise
            raise click.ClickException(said) from error

    return running


def silent(error: SQLAlchemyError) -> str:
    """Say that the database does not answer, and what to do."""
    said = type(error.__cause__ or error).__name__
    return f"The database does not answer ({said}): start it, and check DATABASE_URL."


def _what_is_wrong() -> str | None:
    try:
        here, needed = at(), wanted()
    except SQLAlchemyError as error:
        return silent(error)
    if not here:
        return NOT_MADE
    if here != needed:
        return f"The database is at {here}, this version needs {needed}: run `flask init` first."
    return None
