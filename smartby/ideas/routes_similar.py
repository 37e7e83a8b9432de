"""What resembles a text while it is typed, and taking the text there instead."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ..accounts import held
from ..challenges.advice import advice_on
from ..contributions.models import Contribution
from ..contributions.routes_looking import too_fast, wait
from ..contributions.similar_queries import Written
from ..core.access import allows, find, me
from ..core.errors import Invalid
from ..core.numbers import LARGEST
from ..core.text import clean, clean_multiline

LONGEST = 2_000
LONGEST_COMMENT = 3_000


@allows("town.see")
def similar() -> Any:
    """Return what resembles a text, as a fragment for the form that it is typed in.

    Posted, although nothing is written: what nobody has sent yet belongs in no address and no log.
    """
    if refusal := too_fast():
        return wait(refusal)
    title, body = _asked("title", 120), _asked("text", LONGEST)
    lang = request.form.get("lang", "nb")
    written = Written(title, body, lang if lang in ("nb", "nn", "en") else "nb")
    without = request.form.get("without", type=int) or 0
    advice = advice_on(written, g.municipality, me(), without=min(max(without, 0), LARGEST))
    html = render_template("contributions/similar.html", advice=advice)
    return html, 200, {"Cache-Control": "no-store"}


@allows("town.see")
def carry(number: int) -> Any:
    """Take the text to what it resembles: it waits there in the form for a comment."""
    there = find(Contribution, number, me())
    try:
        title, body = clean(request.form.get("title", "")), request.form.get("body", "")
        text = f"{title}\n\n{clean_multiline(body)}".strip()
    except ValueError as error:
        raise Invalid(_("Teksten har tegn som ikke kan lagres. Skriv den på nytt.")) from error
    path = url_for("comments.new", number=there.id)  # type: ignore[attr-defined]
    held.keep(path, {"body": [text[:LONGEST_COMMENT]]})
    return redirect(path, 303)


def _asked(name: str, longest: int) -> str:
    try:
        return clean_multiline(request.form.get(name, "")[:longest])
    except ValueError:
        return ""
