"""Addresses as people write them: capitals in the first part, an ending slash."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from flask import current_app, request
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.routing import RequestRedirect

from .links import safe_next

Served = Callable[[str, Mapping[str, Any]], bool]


def is_nowhere() -> bool:
    """Tell whether no route has the address of this request."""
    return isinstance(request.routing_exception, NotFound)


def lead_on(is_served: Served) -> None:
    """Send a reader whose address is nothing here to its other spelling, when that is a page.

    Only on this site, and never to what would be sent on again; `is_served` judges the route
    that has it, and its values. Raises RequestRedirect.
    """
    if request.method not in ("GET", "HEAD"):
        return
    for path in _spellings(request.path):
        if _is_page(path, is_served):
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


def _is_page(path: str, is_served: Served) -> bool:
    ways = current_app.create_url_adapter(request)
    try:
        endpoint, values = ways.match(path, method="GET") if ways else ("", {})
    except HTTPException:  # not found, not to be read, or itself sent on
        return False
    return ways is not None and is_served(endpoint, values)
