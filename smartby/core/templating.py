"""What every template can use: assets, rights, dates and numbers in the page's language."""

from __future__ import annotations

import json
import logging
import os
import re
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import uuid4

from flask import Flask, current_app, g, session, url_for
from flask_babel import get_translations
from jinja2 import Template, pass_eval_context
from jinja2.ext import Extension
from jinja2.nodes import EvalContext
from markupsafe import Markup

from . import formatting
from .access import can
from .clock import now
from .fragments import HERE, fragment, language, link, part, shown_locale
from .live import followed
from .markdown import plain
from .text import inner

log = logging.getLogger(__name__)

DIST = Path(__file__).parent.parent / "static" / "dist"
MANIFEST = str(DIST / "manifest.json")
INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)
PATHS = 5_000  # addresses that are remembered
_catalogues: dict[str, Any] = {}
LANGUAGE_NAMES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}


class Unindented(Extension):
    """Leaves the indentation of our HTML out: to a browser it is one space with the line's end."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Strip each line's beginning when the template is read; nothing is done while drawing."""
        return INDENTATION.sub("", source) if (name or "").endswith(".html") else source


class Imported(Template):
    """A template whose module is made once, whoever imports it."""

    def _get_default_module(self, _ctx: Any = None) -> Any:
        # Jinja compares all globals each time, in case an importer has some of its own: nobody has.
        return super()._get_default_module()


def register(app: Flask) -> None:
    """Bind filters and globals."""
    env = app.jinja_env
    env.template_class = Imported
    env.add_extension(Unindented)
    env.trim_blocks = env.lstrip_blocks = True
    env.globals.update(
        asset=asset,
        can=can,
        fragment=fragment,
        language=language,
        link=link,
        part=part,
        HERE=HERE,
        new_key=new_key,
        now=now,
        followed=followed,
        language_names=LANGUAGE_NAMES,
    )
    env.filters.update(
        day=lambda moment: formatting.day(moment, language()),
        short_day=lambda moment: formatting.short_day(moment, language()),
        date=lambda moment: formatting.date_long(moment, language()),
        clock=lambda moment: formatting.clock_time(moment, language()),
        relative=lambda moment: formatting.relative(moment, now(), language()),
        number=lambda number: formatting.number(number, language()),
        percent=lambda number: formatting.percent(number, language()),
        initials=formatting.initials,
        iso=iso,
        plain=plain,
        inner=inner,  # within quotation marks
        markup=Markup,  # for HTML that core.markdown has made
    )
    # A page says forty things and leads to thirty places: Flask-Babel's and Flask's own ways, which
    # look up everything anew each time, were a quarter of its cost.
    env.globals.update(_=say, gettext=say, ngettext=say_one_or_many, url_for=path)
    app.extensions["smartby-paths"] = {}
    app.context_processor(_page_context)


def _page_context() -> dict[str, Any]:
    return {"locale": language(), "color_scheme": session.get("theme", "auto")}


@pass_eval_context
def say(context: EvalContext, text: str, **values: Any) -> str:
    """Return a text in the page's language, with its values escaped where the page is HTML."""
    said: str = _catalogue().ugettext(text)
    if context.autoescape:
        said = Markup(said)  # noqa: S704 - our own texts
    return said % values if values or "%" in said else said


@pass_eval_context
def say_one_or_many(context: EvalContext, one: str, many: str, number: int, **values: Any) -> str:
    """Return the text for one or for many in the page's language; `num` is the number."""
    said: str = _catalogue().ungettext(one, many, number)
    if context.autoescape:
        said = Markup(said)  # noqa: S704 - our own texts
    return said % {"num": number, **values}


def _catalogue() -> Any:
    locale = shown_locale()
    if locale is None:
        return get_translations()
    found = _catalogues.get(locale.language)
    if found is None:
        found = _catalogues[locale.language] = get_translations()
    return found


def path(endpoint: str, **values: Any) -> str:
    """Return an address as Flask's url_for does, from memory when it was asked for before."""
    # What else the address depends on (the host, the page's own blueprint) is not remembered.
    if endpoint.startswith(".") or "_external" in values:
        return url_for(endpoint, **values)
    town = g.get("municipality")
    known: dict[Any, str] = current_app.extensions["smartby-paths"]
    try:
        key = (endpoint, town.slug if town else None, *sorted(values.items()))
        if key in known:
            return known[key]
    except TypeError:  # a value that cannot be compared or kept
        return url_for(endpoint, **values)
    made = url_for(endpoint, **values)
    if len(known) < PATHS:
        known[key] = made
    return made


def iso(moment: datetime) -> str:
    """Write a moment for a datetime attribute."""
    return moment.isoformat(timespec="seconds")


def new_key() -> str:
    """Make the key of a form: whatever is sent twice with it happens once."""
    return uuid4().hex


@lru_cache(maxsize=1)
def _manifest(_changed: int) -> dict[str, str]:
    content: dict[str, str] = json.loads((DIST / "manifest.json").read_text())
    return content


def asset(name: str) -> str:
    """Return the address of a bundled file; "" when it has not been built."""
    try:
        changed = os.stat(MANIFEST).st_mtime_ns
    except FileNotFoundError:
        return ""
    file = _manifest(changed).get(name)
    return path("static", filename=f"dist/{file}") if file else ""
