"""Answers to a script that looks at what somebody writes."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from ..core.access import actor
from ..core.errors import TooMany
from .pace import keep_looking_pace


def too_fast() -> TooMany | None:
    """Count this look; return why there is no answer now, or None."""
    try:
        keep_looking_pace(actor(), request.remote_addr or "")
    except TooMany as refusal:
        return refusal
    return None


def wait(refusal: TooMany) -> Any:
    """Say in place that it goes too fast; what is written stays where it is."""
    html = render_template("contributions/wait.html", message=refusal.message)
    return html, refusal.status, {"Cache-Control": "no-store", "Retry-After": "60"}
