"""How alembic reaches the database: always by the write engine of the application."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from flask import current_app
from sqlalchemy import text

database = current_app.extensions["migrate"].db
target = database.metadata


def include_name(name, kind, parents):
    """Leave the search index's tables alone: made by hand, alembic does not know virtual tables."""
    by_hand = kind == "table" and "_fts" in (name or "")
    return not (by_hand or (kind == "index" and name == "ix_contribution_text_stems"))


def render_item(kind, item, context_):
    """Write our own types as what they are in the database: migrations must not import smartby."""
    return "sa.DateTime(timezone=True)" if type(item).__name__ == "UtcDateTime" else False


@contextmanager
def patience(connection) -> Iterator[None]:
    """Let a statement take its time: five seconds are for pages. A lock is still not waited for."""
    names = ("statement_timeout", "idle_in_transaction_session_timeout")
    if connection.dialect.name != "postgresql":
        yield
        return
    for name in names:
        connection.execute(text(f"SET {name} = 0"))
    connection.commit()
    yield
    for name in names:
        connection.execute(text(f"RESET {name}"))
    connection.commit()


def run() -> None:
    """Run the migrations in one transaction each."""
    with database.engine.connect() as connection, patience(connection):
        context.configure(
            connection=connection,
            target_metadata=target,
            render_as_batch=connection.dialect.name == "sqlite",
            transaction_per_migration=True,
            compare_type=True,
            include_name=include_name,
            render_item=render_item,
        )
        with context.begin_transaction():
            context.run_migrations()
        if connection.in_transaction():
            connection.commit()


if context.is_offline_mode():
    raise SystemExit("Offline migrations are not supported.")
run()
