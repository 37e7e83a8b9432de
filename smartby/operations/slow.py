"""The slow-query log: statements that took long, with placeholders where the values were."""

from __future__ import annotations

import logging
from time import perf_counter
from typing import Any

from flask import Flask
from sqlalchemy import Engine, event

from ..extensions import db
from .figures import SLOW
from .logs import squeezed

log = logging.getLogger(__name__)


def bind(app: Flask) -> None:
    """Time every statement of both engines when a limit is set."""
    limit = app.config["SLOW_QUERY_MS"]
    if limit > 0:
        with app.app_context():
            for engine in db.engines.values():
                _time(engine, limit / 1000)


def _time(engine: Engine, limit: float) -> None:
    def begin(
        _connection: Any, _cursor: Any, _statement: str, _values: Any, context: Any, _many: bool
    ) -> None:  # noqa: PLR0913, E501 - SQLAlchemy's own
        context.smartby_began = perf_counter()

    def end(
        _connection: Any, _cursor: Any, statement: str, _values: Any, context: Any, _many: bool
    ) -> None:  # noqa: PLR0913, E501 - SQLAlchemy's own
        took = perf_counter() - context.smartby_began
        if took >= limit:
            SLOW.inc()
            ms = round(took * 1000)
            log.warning("slow query, %d ms: %s", ms, squeezed(statement), extra={"ms": ms})

    event.listen(engine, "before_cursor_execute", begin)
    event.listen(engine, "after_cursor_execute", end)
