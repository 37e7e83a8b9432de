"""Partials that never look at the viewer: rendered once per language, cached by what they show."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from flask import Flask, current_app
from flask_babel import get_locale
from markupsafe import Markup
from werkzeug.routing import MapAdapter

CACHE_SIZE = 20_000
# Keys carry versions; what they cannot carry (an author's new name) is right again after this time.
LIFE = 300.0  # seconds
_cache: OrderedDict[tuple[Any, ...], tuple[Markup, float]] = OrderedDict()


def language() -> str:
    """Return the language being shown: "nb", "nn" or "en"."""
    locale = get_locale()
    return locale.language if locale else "nb"


def fragment(template: str, name: str, obj: Any, *key: Any) -> Markup:
    """Render `template` with one variable, once per language and key (id, version …)."""

    def render() -> Markup:
        # Without context processors: a partial has no current_user to look at.
        made = current_app.jinja_env.get_template(template).render({name: obj})
        return Markup(made)  # noqa: S704 - a template's own output

    return remembered((template, *key), render) if key else render()


def remembered(key: tuple[Any, ...], make: Callable[[], Markup]) -> Markup:
    """Make HTML once per language and key; the key says all that it shows."""
    place = (language(), *key)
    moment = time.monotonic()
    kept = _cache.get(place)
    if kept and kept[1] > moment:
        _cache.move_to_end(place)
        return kept[0]
    html = make()
    _cache[place] = (html, moment + LIFE)
    _cache.move_to_end(place)
    if len(_cache) > CACHE_SIZE:
        _cache.popitem(last=False)
    return html


def clear() -> None:
    """Forget all fragments (between tests)."""
    _cache.clear()


def link(endpoint: str, **values: Any) -> str:
    """Build a path without a request; partials are rendered in requests and in the pump alike."""
    adapter: MapAdapter = current_app.extensions["smartby-links"]
    expects = adapter.map.is_endpoint_expecting
    if current_app.config["SINGLE_TOWN"] and not expects(endpoint, "town"):
        values.pop("town", None)
    return adapter.build(endpoint, values)


def absolute(endpoint: str, **values: Any) -> str:
    """Build a full address on the public URL (for mails and feeds)."""
    return str(current_app.config["PUBLIC_URL"]) + link(endpoint, **values)


def bind(app: Flask) -> None:
    """Bind the link builder once all routes are known."""
    app.extensions["smartby-links"] = app.url_map.bind("smartby")
