"""Partials that never look at the viewer: rendered once per language, cached by what they show."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any
from urllib.parse import quote_plus

from babel import Locale
from flask import Flask, current_app, g
from flask_babel import get_locale
from markupsafe import Markup, escape
from werkzeug.routing import MapAdapter

CACHE_SIZE = 5_000  # of one or two kB each
PARTS = 500  # of pages; they are larger than fragments
HERE = "\ue000"  # stands in a kept part where the page's own address belongs
HERE_ASKED = quote_plus(HERE)
# Keys carry versions; what they cannot carry (an author's new name) is right again after this time.
LIFE = 300.0  # seconds
Store = OrderedDict[tuple[Any, ...], tuple[Markup, float]]
_cache: Store = OrderedDict()
_parts: Store = OrderedDict()
NEWEST = 200  # things of which the newest version is kept; some are large
_newest: OrderedDict[tuple[Any, ...], tuple[Any, Markup, float]] = OrderedDict()


def language() -> str:
    """Return the language being shown: "nb", "nn" or "en"."""
    locale = shown_locale()
    return locale.language if locale else "nb"


def shown_locale() -> Locale | None:
    """Return what Flask-Babel's get_locale does, from where that keeps it when it is there.

    A page asks some hundred times, and each asks the context's proxy six times.
    """
    try:
        kept = g._get_current_object().get("_flask_babel")
    except RuntimeError:  # no application: no locale
        return None
    locale: Locale | None = getattr(kept, "babel_locale", None)
    return locale or get_locale()


def fragment(template: str, name: str, obj: Any, *key: Any) -> Markup:
    """Render `template` with one variable, once per language and key (id, version …)."""

    def render() -> Markup:
        # Without context processors: a partial has no current_user to look at.
        made = current_app.jinja_env.get_template(template).render({name: obj})
        return Markup(made)  # noqa: S704 - a template's own output

    return remembered((template, *key), render) if key else render()


def remembered(key: tuple[Any, ...], make: Callable[[], Markup]) -> Markup:
    """Make HTML once per language and key; the key says all that it shows."""
    return _remembered(_cache, CACHE_SIZE, key, make)


def part(*key: Any, caller: Callable[[], Markup], here: str | None = None) -> Markup:
    """Keep a part of a page that a template calls it with; never anything of one person's own.

    The key says all that it shows, but for the page's own address: where that belongs, also in
    the query of a link, the part has HERE.
    """
    html = _remembered(_parts, PARTS, key, caller)
    if here is None:
        return html
    return html.replace(HERE_ASKED, _asked(here)).replace(HERE, escape(here))


@lru_cache(maxsize=500)
def _asked(here: str) -> Markup:
    # As Werkzeug writes the query of an address.
    return escape(quote_plus(here, safe="!$'()*,/:;?@"))


def fragments(
    template: str, name: str, keyed: Iterable[tuple[tuple[Any, ...], Any]]
) -> list[Markup]:
    """Render each of many things as fragment() does, given with its key."""
    lang, moment = language(), time.monotonic()
    return [
        _fresh(_cache, (lang, template, *key), moment) or fragment(template, name, obj, *key)
        for key, obj in keyed
    ]


def newest(name: tuple[Any, ...], version: Any, make: Callable[[], Markup]) -> Markup:
    """Make HTML once per language and version; of each thing only the newest version is kept."""
    place, moment = (language(), *name), time.monotonic()
    kept = _newest.get(place)
    if kept is None or kept[0] != version or kept[2] <= moment:
        kept = _newest[place] = (version, make(), moment + LIFE)
    _newest.move_to_end(place)
    if len(_newest) > NEWEST:
        _newest.popitem(last=False)
    return kept[1]


def _remembered(
    store: Store, size: int, key: tuple[Any, ...], make: Callable[[], Markup]
) -> Markup:
    place = (language(), *key)
    moment = time.monotonic()
    kept = _fresh(store, place, moment)
    if kept is not None:
        return kept
    html = make()
    store[place] = (html, moment + LIFE)
    store.move_to_end(place)
    if len(store) > size:
        store.popitem(last=False)
    return html


def _fresh(store: Store, place: tuple[Any, ...], moment: float) -> Markup | None:
    kept = store.get(place)
    if kept is None or kept[1] <= moment:
        return None
    store.move_to_end(place)
    return kept[0]


def clear() -> None:
    """Forget all fragments (between tests)."""
    for store in (_cache, _parts, _newest):
        store.clear()


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
