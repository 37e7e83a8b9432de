"""Which language a page is shown in: the person's choice, the town's, the browser's wish."""

from __future__ import annotations

from flask import g, has_request_context, request, session

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
    wished = request.accept_languages.best_match(["nb", "nn", "no", "en"], "nb")
    return "nb" if wished in (None, "no") else str(wished)
