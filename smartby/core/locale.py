"""Which language a page is shown in: the person's choice, the town's, the browser's wish."""

from __future__ import annotations

from functools import lru_cache

from flask import g, has_request_context, request, session
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from ..config import LANGUAGES


def choose_locale() -> str:
    """Return "nb", "nn" or "en" for this request."""
    if not has_request_context():
        return "nb"
    chosen = session.get("language")
    if chosen in LANGUAGES:
        return str(chosen)
    town = g.get("municipality")
    if town is not None:
        return str(town.language)
    return wished(request.headers.get("Accept-Language", ""))


@lru_cache(maxsize=500)
def wished(accepted: str) -> str:
    """Return the language that a browser wishes for by its Accept-Language."""
    languages = parse_accept_header(accepted, LanguageAccept)
    best = languages.best_match(["nb", "nn", "no", "en"], "nb")
    return "nb" if best in (None, "no") else str(best)
