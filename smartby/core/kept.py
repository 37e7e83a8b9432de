"""Whole pages, kept for whoever is nobody in particular while nothing in the database has changed.

Everything a page shows comes from its address, the language, the appearance, the database and the
clock. The first three are the key; the database says itself whether anything was committed since;
and the clock has moved on after a few seconds. So no page needs to know what it depends on.
"""

from __future__ import annotations

import gzip
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache, wraps
from hashlib import blake2b
from typing import Any, ParamSpec, TypeVar

from flask import Flask, Request, request
from werkzeug.datastructures import Headers
from werkzeug.http import parse_etags

from .access import me
from .clock import now
from .cookies import OPENED
from .locale import wished
from .versions import VERSION

P = ParamSpec("P")
R = TypeVar("R")
Environ = dict[str, Any]
Start = Callable[..., Any]

LIFE = 5.0  # seconds: a page says how long ago things were
ROOM = 4_000_000  # bytes of pages before they are compressed
LONGEST = 500  # of an address that is worth keeping a page for
NOBODYS = frozenset({"language", "theme"})  # what a session may hold without being somebody's
MARK = "smartby.kept"


def kept(view: Callable[P, R]) -> Callable[P, R]:
    """Keep what this view answers to people who are not signed in.

    It may look at the address, the language and the appearance, and at nothing else of a request.
    """

    @wraps(view)
    def keeping(*args: P.args, **kwargs: P.kwargs) -> R:
        answer = view(*args, **kwargs)
        request.environ[MARK] = not me().is_authenticated
        return answer

    return keeping


@dataclass(slots=True)
class Kept:
    """A page, what it was made of, and its name for browsers that have it already."""

    version: Any
    made: datetime
    headers: Headers
    body: bytes
    tag: str = field(init=False)
    packed: bytes = b""

    def __post_init__(self) -> None:
        self.tag = blake2b(self.body, digest_size=9).hexdigest()
        self.headers["ETag"] = f'W/"{self.tag}"'
        self.headers["Vary"] = ", ".join([*self.headers.getlist("Vary"), "Accept-Encoding"])
        self.headers.remove("Content-Length")

    def fresh(self, version: Any) -> bool:
        """Tell whether it is what the application would answer now."""
        return self.version == version and abs((now() - self.made).total_seconds()) < LIFE

    def again(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        """Send it once more: compressed, which is done only for pages that are asked for twice."""
        packs = not self.packed and _takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", ""))
        if packs:
            self.packed = gzip.compress(self.body, 5, mtime=0)
        return self.answer(environ, start_response)

    def answer(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        """Send it in the form the browser reads, or the word that it has it already."""
        headers = Headers(self.headers)
        if parse_etags(environ.get("HTTP_IF_NONE_MATCH")).contains_weak(self.tag):
            headers.remove("Content-Type")
            start_response("304 Not Modified", list(headers))
            return []
        body = self.body
        if self.packed and _takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")):
            body = self.packed
            headers["Content-Encoding"] = "gzip"
        headers["Content-Length"] = str(len(body))
        start_response("200 OK", list(headers))
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


class Pages:
    """In front of the application: answers from memory what it would answer in the same words."""

    def __init__(self, app: Flask) -> None:
        self.app, self.next = app, app.wsgi_app
        self.cookie = app.config["SESSION_COOKIE_NAME"]
        self.kept: OrderedDict[Any, Kept] = OrderedDict()
        self.held = 0
        self.version = app.extensions["smartby-version"]

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        """Answer a request."""
        key = self._key(environ)
        environ[VERSION] = version = None if key is None else self.version()
        if version is None:
            return self.next(environ, start_response)
        page = self.kept.get(key)
        if page is not None and page.fresh(version):
            self.kept.move_to_end(key)
            return page.again(environ, start_response)
        made = Made(environ, self.next)
        page = made.page(version)
        if page is None:
            start_response(made.status, made.headers)
            return made.body
        self._keep(key, page)
        return page.answer(environ, start_response)

    def clear(self) -> None:
        """Forget all pages (between tests)."""
        self.kept.clear()
        self.held = 0

    def _key(self, environ: Environ) -> tuple[Any, ...] | None:
        """Return what a page for nobody in particular depends on; None when it is for somebody."""
        method, address = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "")
        query = environ.get("QUERY_STRING", "")
        if method not in ("GET", "HEAD") or len(address) + len(query) > LONGEST:
            return None
        chosen: tuple[Any, ...] = (None, None)
        if self.cookie in environ.get("HTTP_COOKIE", ""):
            session = self.app.session_interface.open_session(self.app, Request(environ))
            environ[OPENED] = session
            if session is None or not NOBODYS.issuperset(session):
                return None
            chosen = (session.get("language"), session.get("theme"))
        where = (environ["wsgi.url_scheme"], environ.get("HTTP_HOST"), environ.get("SCRIPT_NAME"))
        return (*where, address, query, *chosen, wished(environ.get("HTTP_ACCEPT_LANGUAGE", "")))

    def _keep(self, key: Any, page: Kept) -> None:
        before = self.kept.pop(key, None)
        self.kept[key] = page
        self.held += len(page.body) - (len(before.body) if before else 0)
        while self.held > ROOM:
            self.held -= len(self.kept.popitem(last=False)[1].body)


class Made:
    """What the application has answered to one request."""

    def __init__(self, environ: Environ, app: Any) -> None:
        self.status, self.headers = "", []  # type: tuple[str, list[tuple[str, str]]]
        self.environ, self.moment = environ, now()
        answered = app(environ, self._start)
        self.body = answered if not environ.get(MARK) else [b"".join(answered)]
        if self.body is not answered and hasattr(answered, "close"):
            answered.close()

    def page(self, version: Any) -> Kept | None:
        """Return it as a page that may be kept, if it is one."""
        kept = self.environ.get(MARK) and self.environ["REQUEST_METHOD"] == "GET"
        if not kept or not self.status.startswith("200"):
            return None
        headers = Headers(self.headers)
        if "Set-Cookie" in headers:
            return None
        return Kept(version, self.moment, headers, b"".join(self.body))

    def _start(self, status: str, headers: list[tuple[str, str]], *_error: Any) -> None:
        self.status, self.headers = status, headers


@lru_cache(maxsize=500)
def _takes_gzip(accepted: str) -> bool:
    """Tell whether a browser reads gzip, by its Accept-Encoding."""
    ways = (way.replace(" ", "").partition(";") for way in accepted.lower().split(","))
    return any(name == "gzip" and weight not in ("q=0", "q=0.0") for name, _, weight in ways)


def bind(app: Flask) -> None:
    """Stand right in front of the application: behind it, addresses are what the proxy said."""
    pages = Pages(app)
    app.extensions["smartby-kept"] = pages
    app.wsgi_app = pages  # type: ignore[method-assign]
