"""Pages with forms that are alike for all who are nobody in particular, but for token and key."""

from __future__ import annotations

import re
from collections.abc import Callable

from flask import request, session
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from .fragments import part
from .kept import NOBODYS
from .templating import new_key

TOKEN, KEY = "\ue001", "\ue002"  # stand in a kept page where the reader's own belong
MARKS = dict.fromkeys(map(ord, (TOKEN, KEY)))
KEYS = re.compile(r'(name="key"[^>]*value=")[0-9a-f]{32}"')


def alike(*shown: object, draw: Callable[[], str]) -> str:
    """Draw a page once for all who may see the same; `shown` says what it depends on.

    Language and address are known here. Whoever has anything in the session but language,
    appearance and the token gets a page of their own.
    """
    token = generate_csrf()
    if not {*NOBODYS, "csrf_token"}.issuperset(session) or request.query_string:
        return draw()
    name = (request.path, session.get("theme"), *shown)
    html = part(*name, caller=lambda: _blank(draw(), token))
    # Every form has a key of its own: what was sent with one is not done again by another.
    first, *others = html.split(KEY)
    return "".join([first, *(new_key() + after for after in others)]).replace(TOKEN, token)


def _blank(html: str, token: str) -> Markup:
    # What somebody wrote may hold these letters: nobody's token is put into that.
    html = html.translate(MARKS)
    blank = KEYS.sub(rf'\g<1>{KEY}"', html.replace(token, TOKEN))
    return Markup(blank)  # noqa: S704 - a page that was drawn by a template
