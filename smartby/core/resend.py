"""A form with an old token, or sent too soon: what was typed comes back, and a press sends it."""

from __future__ import annotations

from flask import render_template, request

from .links import safe_next
from .origins import is_ours

SECRETS = ("current", "password")  # never written into a page: they are typed anew
LEFT_OUT = {"csrf_token", *SECRETS}
# What people read and write themselves, in the order of a form; everything else goes along unseen.
SHOWN = ("name", "email", "title", "question", "body", "purpose", "place", "reason")


def resend_page(wait: str = "") -> str | None:
    """Draw the posted fields as a form with a fresh token; None when they did not come from here.

    `wait`: how long to wait before it is sent, where that is why it comes back.

    What another site put together must not be one press away from being sent, so the browser has
    to say that it came from our own pages.
    """
    if not request.form or not is_ours():
        return None
    typed = request.form
    seen = {
        name: typed[name] for name in SHOWN if typed.get(name) and len(typed.getlist(name)) == 1
    }
    rest = [pair for pair in typed.items(multi=True) if pair[0] not in {*seen, *LEFT_OUT}]
    return render_template(
        "shared/resend.html",
        wait=wait,
        action=safe_next(request.full_path.rstrip("?")) or "/",
        seen=seen,
        unseen=rest,
        secrets=[name for name in SECRETS if name in typed],
    )
