"""What every template can use: assets, rights, dates and numbers in the page's language."""

from __future__ import annotations

import json
import logging
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

from flask import Flask, session, url_for
from markupsafe import Markup

from . import formatting
from .access import can
from .clock import now
from .fragments import fragment, language, link
from .live import followed
from .markdown import plain

log = logging.getLogger(__name__)

DIST = Path(__file__).parent.parent / "static" / "dist"
LANGUAGE_NAMES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}


def register(app: Flask) -> None:
    """Bind filters and globals."""
    env = app.jinja_env
    env.trim_blocks = env.lstrip_blocks = True
    env.globals.update(
        asset=asset,
        can=can,
        fragment=fragment,
        link=link,
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
        markup=Markup,  # for HTML that core.markdown has made
    )
    app.context_processor(_page_context)


def _page_context() -> dict[str, Any]:
    return {"locale": language(), "color_scheme": session.get("theme", "auto")}


def iso(moment: datetime) -> str:
    """Write a moment for a datetime attribute."""
    return moment.isoformat(timespec="seconds")


def new_key() -> str:
    """Make the key of a form: whatever is sent twice with it happens once."""
    return uuid4().hex


@cache
def _manifest(_changed: int) -> dict[str, str]:
    content: dict[str, str] = json.loads((DIST / "manifest.json").read_text())
    return content


def asset(name: str) -> str:
    """Return the address of a bundled file; "" when it has not been built."""
    try:
        changed = (DIST / "manifest.json").stat().st_mtime_ns
    except FileNotFoundError:
        return ""
    file = _manifest(changed).get(name)
    return url_for("static", filename=f"dist/{file}") if file else ""
