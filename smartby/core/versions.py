"""The database's own name for its present content: another as soon as anything was committed."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Any

from flask import Flask, current_app, has_request_context, request
from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from ..extensions import db

VERSION = "smartby.version"
SNAPSHOT = text("SELECT pg_current_snapshot()::text")


def bind(app: Flask) -> None:
    """Keep what asks this application's database."""
    with app.app_context():
        app.extensions["smartby-version"] = _version_of(db.engines["read"])


def version() -> Any:
    """Ask for the name, once for a request until it commits; None when it cannot be told.

    Whatever is read after asking is at least as new. So nobody may ask who has read already: what
    such a session sees on SQLite is its first statement's, and may be older than the answer.
    """
    session: Any = db.session()
    if VERSION not in session.info:
        # Kept pages (core/kept.py) have asked before the application.
        asked = request.environ.pop(VERSION, None) if has_request_context() else None
        if asked is None and session.in_transaction():
            return None
        session.info[VERSION] = asked or current_app.extensions["smartby-version"]()
    return session.info[VERSION]


def forget() -> None:
    """Ask anew from now on: this request is about to commit."""
    db.session().info.pop(VERSION, None)
    if has_request_context():
        request.environ.pop(VERSION, None)


def _version_of(engine: Engine) -> Callable[[], Any]:
    return _of_sqlite(engine) if engine.dialect.name == "sqlite" else _of_postgres(engine)


def _of_postgres(engine: Engine) -> Callable[[], Any]:
    # Which transactions a statement sees: the same snapshot is the same content.
    def ask() -> Any:
        try:
            with engine.connect() as connection:  # one trip: no transaction is begun for reading
                return connection.execute(SNAPSHOT).scalar()
        except SQLAlchemyError:
            return None

    return ask


def _of_sqlite(engine: Engine) -> Callable[[], Any]:
    # Counts the commits of all other connections, as long as one and the same connection asks.
    lock, asking = Lock(), []  # type: tuple[Lock, list[Any]]

    def ask() -> Any:
        with lock:
            try:
                if not asking:
                    connection = engine.raw_connection()
                    connection.detach()
                    asking.append(connection)
                return asking[0].dbapi_connection.execute("PRAGMA data_version").fetchone()[0]
            except engine.dialect.loaded_dbapi.Error:
                return None

    return ask
