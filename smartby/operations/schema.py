"""Which shape the database has, and which one this version of smartby needs."""

from __future__ import annotations

from pathlib import Path

from ..extensions import db

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
