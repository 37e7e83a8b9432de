"""In front of everything: gives each request an id, times it, tells of it in figures and log."""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Callable, Iterable
from time import perf_counter
from typing import Any

from flask import Flask, request

from ..core.server import SOCKET_PATH
from .figures import REQUESTS, SECONDS
from .logs import request_id

log = logging.getLogger(__name__)
Environ = dict[str, Any]

NOTE = "smartby.note"  # a list, as parts of what lies between copy the environment
GIVEN = re.compile(r"[0-9A-Za-z-]{8,64}")
METHODS = {"GET", "HEAD", "POST", "OPTIONS"}


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
        environ[NOTE] = page
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

    # First of all that looks at a request: what is refused has a page too.
    app.before_request_funcs.setdefault(None, []).insert(0, _note_page)


def _unasked(status: str) -> str:
    """Name what was answered before the application: pages from memory, and built files."""
    return "kept" if status in ("200", "304") else "none"


def _note_page() -> None:
    rule = request.url_rule
    request.environ.get(NOTE, []).append(rule.rule if rule else "none")
