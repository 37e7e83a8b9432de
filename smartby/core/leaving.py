"""Leaving in good order: who sends us requests is told first, pages move on, what is begun ends."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask
from werkzeug.wsgi import ClosingIterator

from .pump import pump


class Leaving:
    """Whether this process is about to stop, and what it still has to do before it may."""

    def __init__(self) -> None:
        self.within = 0.0  # seconds in which the pages move to another process
        self.begun = False
        self.asked = 0  # requests that are being answered

    def begin(self) -> None:
        """Be unready from now on, and have every page come back elsewhere in its own time."""
        self.begun = True
        pump.dismiss(self.within)


class Doorkeeper:
    """In front of everything: counts the requests, and keeps no connection of one who leaves."""

    def __init__(self, app: Callable[..., Iterable[bytes]]) -> None:
        self.app = app

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer a request."""
        if "wsgi.websocket" in environ:  # lasts as long as its page is open
            return self.app(environ, start_response)
        leaving.asked += 1
        try:
            answer = self.app(environ, _last(start_response) if leaving.begun else start_response)
        except BaseException:
            _answered()
            raise
        return ClosingIterator(answer, _answered)


def _answered() -> None:
    leaving.asked -= 1


def _last(start_response: Any) -> Any:
    def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
        return start_response(status, [*headers, ("Connection", "close")], *error)

    return start


def bind(app: Flask) -> None:
    """Stand in front of everything that answers."""
    leaving.within = app.config["DRAIN"]
    app.wsgi_app = Doorkeeper(app.wsgi_app)  # type: ignore[method-assign]


leaving = Leaving()
