"""Addresses as people write them: a town's name with capitals, an ending slash."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import quote

from flask import current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from ..core.links import safe_next


def lead_on(is_town: Callable[[str], bool]) -> None:
    """Send a reader whose address is nothing here to its other spelling, when that is a page.

    Only on this site, and never to what would be sent on again. Raises RequestRedirect.
    """
    if request.method not in ("GET", "HEAD"):
        return
    for path in _spellings(request.path):
        if _is_page(path, is_town):
            query = request.query_string.decode("latin-1")
            target = safe_next(quote(path) + ("?" + query if query else ""))
            if target is not None:
                raise RequestRedirect(target)


def _spellings(path: str) -> Iterator[str]:
    first, slash, rest = path[1:].partition("/")
    lowered = f"/{first.lower()}{slash}{rest}"
    for spelt in (lowered, lowered.removesuffix("/")):
        if spelt not in (path, ""):
            yield spelt


def _is_page(path: str, is_town: Callable[[str], bool]) -> bool:
    ways = current_app.create_url_adapter(request)
    try:
        _endpoint, values = ways.match(path, method="GET") if ways else ("", {"town": ""})
    except HTTPException:  # not found, not to be read, or itself sent on
        return False
    return "town" not in values or is_town(values["town"])
