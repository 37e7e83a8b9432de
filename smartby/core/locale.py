"""Which language a page is shown in: the person's choice, the town's, the browser's wish.

A town's pages speak the town's language. Where people meet who have chosen nothing, at the door of
a workshop and in its room, the browser's wish comes first; it follows whoever joins.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar

from flask import current_app, g, has_request_context, request, session
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from ..config import LANGUAGES

P = ParamSpec("P")
R = TypeVar("R")


def for_guests(view: Callable[P, R]) -> Callable[P, R]:
    """Mark a view as one for people from anywhere: it speaks as their browser wishes."""
    view.for_guests = True  # type: ignore[attr-defined]
    return view


def choose_locale() -> str:
    """Return "nb", "nn" or "en" for this request."""
    if not has_request_context():
        return "nb"
    chosen = session.get("language")
    if chosen in LANGUAGES:
        return str(chosen)
    town = g.get("municipality")
    usual = str(town.language) if town is not None else "nb"
    if town is not None and not _is_for_guests():
        return usual
    return wished(request.headers.get("Accept-Language", ""), usual)


def keep_locale() -> None:
    """Let the language that a guest reads now follow to the town's pages, as a choice does.

    Nothing is kept where they speak it anyway.
    """
    town, shown = g.get("municipality"), choose_locale()
    if "language" not in session and town is not None and shown != town.language:
        session["language"] = shown


@lru_cache(maxsize=500)
def wished(accepted: str, usual: str = "nb") -> str:
    """Return the language that a browser wishes for by its Accept-Language, or the usual one."""
    languages = parse_accept_header(accepted, LanguageAccept)
    best = languages.best_match(["nb", "nn", "no", "en"], usual)
    return "nb" if best in (None, "no") else str(best)


def _is_for_guests() -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, "for_guests", False)
