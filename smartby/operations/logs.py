"""Logs as JSON, a line each: with the request's id, and with nothing about people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextvars import ContextVar
from traceback import extract_tb
from types import TracebackType
from typing import Any

import orjson
import redis
import structlog
from sqlalchemy.exc import DBAPIError

request_id: ContextVar[str] = ContextVar("request_id", default="")

Entry = Any  # structlog's event: a dict that is changed on its way
FRAMES = 30
LONGEST = 300
# What these say is about machines; what others say may quote what somebody wrote.
TELLING = (OSError, ImportError, RuntimeError, redis.RedisError)
ADDRESS = re.compile(r"[^\s<>\"'(\[{,;]+@[^\s<>\"')\]},;]+")
HOST = re.compile(r"\b(?!127\.)\d{1,3}(?:\.\d{1,3}){3}\b|(?<=ip=)[0-9a-fA-F:.]+")


def formatter() -> structlog.stdlib.ProcessorFormatter:
    """Return what writes the records of every logger."""
    beside = structlog.stdlib.ExtraAdder(allow={"method", "route", "status", "ms"})
    before: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        beside,
    ]
    last: list[Any] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        _add_request,
        _tell_error,
        _scrub,
        structlog.processors.JSONRenderer(serializer=_written),
    ]
    return structlog.stdlib.ProcessorFormatter(processors=last, foreign_pre_chain=before)


# For the job worker, and for gunicorn with all its workers.
CONFIG: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": formatter}},
    "handlers": {
        "out": {
            "class": "logging.StreamHandler",
            "formatter": "json",
            "stream": "ext://sys.stderr",
        }
    },
    "root": {"level": "WARNING", "handlers": ["out"]},
    "loggers": {
        "smartby": {"level": "INFO"},
        "gunicorn.error": {"level": "INFO", "handlers": [], "propagate": True},
        "gunicorn.access": {"level": "INFO", "handlers": [], "propagate": True},
        # It tells which address has met which limit; the figures count the answers.
        "flask-limiter": {"level": "ERROR"},
    },
}


def scrubbed(text: str) -> str:
    """Return a text without mail and network addresses."""
    return HOST.sub("‹host›", ADDRESS.sub("‹address›", text))


def told(error: BaseException | None) -> Iterator[dict[str, str]]:
    """Yield an error and what caused it: kinds, and messages only of those that quote nobody."""
    while error is not None:
        kind = f"{type(error).__module__}.{type(error).__qualname__}"
        yield {"type": kind.removeprefix("builtins.")} | _said(error)
        error = error.__cause__ or error.__context__


def _said(error: BaseException) -> dict[str, str]:
    if isinstance(error, DBAPIError):
        # The statement has placeholders; values stand in the message, which stays here.
        code = getattr(error.orig, "sqlstate", None) or getattr(error.orig, "sqlite_errorname", "")
        return {"code": str(code), "statement": squeezed(error.statement or "")}
    if isinstance(error, TELLING):
        return {"message": str(error)[:LONGEST]}
    return {}


def squeezed(statement: str) -> str:
    """Return a statement on one line, cut where it becomes long."""
    return " ".join(statement.split())[:2_000]


def _add_request(_logger: Any, _method: str, entry: Entry) -> Entry:
    if number := request_id.get():
        entry["request"] = number
    return entry


def _tell_error(_logger: Any, _method: str, entry: Entry) -> Entry:
    given = entry.pop("exc_info", None)
    error = given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        entry["error"] = list(told(error))
        entry["frames"] = list(_frames(error.__traceback__))
    return entry


def _frames(traceback: TracebackType | None) -> Iterator[str]:
    for frame in extract_tb(traceback)[-FRAMES:]:
        yield f"{frame.filename}:{frame.lineno} {frame.name}"


def _scrub(_logger: Any, _method: str, entry: Entry) -> Entry:
    entry["event"] = scrubbed(str(entry["event"]))
    for error in entry.get("error", ()):
        for name, text in error.items():
            error[name] = scrubbed(text)
    return entry


def _written(entry: Entry, **_options: Any) -> str:
    return orjson.dumps(entry, default=str).decode()
