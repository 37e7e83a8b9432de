"""In front of everything: gives each request an id, times it, tells of it in figures and log."""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from time import perf_counter
from typing import Any

from flask import Flask

from ..core.server import SOCKET_PATH
from .figures import REQUESTS, SECONDS
from .logs import request_id

log = logging.getLogger(__name__)
Environ = dict[str, Any]

GIVEN = re.compile(r"[0-9A-Za-z-]{8,64}")
METHODS = {"GET", "HEAD", "POST", "OPTIONS"}
# Filled by the application while it answers; there is one for each request.
_page: ContextVar[list[str]] = ContextVar("page")


class Watch:
    """Knows of a page only its pattern: addresses hold links from mails and words of searches."""

    def __init__(self, app: Flask) -> None:
        self.next = app.wsgi_app
        self.trusts = app.config["PROXY_HOPS"] > 0
        self.tells = app.config["LOG_JSON"]

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request, and tell of it."""
        if environ.get("PATH_INFO") == SOCKET_PATH:
            return self.next(environ, start_response)  # a socket lives for hours
        number, page = self._number(environ), []  # type: tuple[str, list[str]]
        request_id.set(number)
        _page.set(page)
        began, status = perf_counter(), "500"

        def start(line: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            nonlocal status
            status = line[:3]
            return start_response(line, [*headers, ("X-Request-ID", number)], *error)

        try:
            return self.next(environ, start)
        finally:
            route = page[0] if page else _unasked(status)
            self._tell(environ["REQUEST_METHOD"], route, status, perf_counter() - began)

    def _number(self, environ: Environ) -> str:
        given = environ.get("HTTP_X_REQUEST_ID", "") if self.trusts else ""
        return given if GIVEN.fullmatch(given) else secrets.token_hex(8)

    def _tell(self, method: str, route: str, status: str, took: float) -> None:
        method = method if method in METHODS else "other"
        REQUESTS.labels(route, method, status).inc()
        SECONDS.labels(route).observe(took)
        if self.tells:
            about = {"method": method, "route": route, "status": int(status)}
            log.info("request", extra=about | {"ms": round(took * 1000, 1)})


def bind(app: Flask) -> None:
    """Stand in front of the application and of its built files; no other part may come before."""
    app.wsgi_app = Watch(app)  # type: ignore[method-assign]

    patterns: dict[str, str] = {}

    def note_page(endpoint: str | None, _values: Any) -> None:
        if endpoint not in patterns and endpoint is not None:
            patterns[endpoint] = next(app.url_map.iter_rules(endpoint)).rule
        _page.get([]).append(patterns.get(endpoint or "", "none"))

    # First of all that looks at an address: a town that is not there has a pattern too.
    app.url_value_preprocessors.setdefault(None, []).insert(0, note_page)


def _unasked(status: str) -> str:
    """Name what was answered before the application: pages from memory, and built files."""
    return "kept" if status in ("200", "304") else "none"
