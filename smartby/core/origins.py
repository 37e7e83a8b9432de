"""Who we are, and who may send: no other name is answered, no other site changes anything."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, current_app, request
from flask_babel import gettext as _

from .errors import Refused

READING = {"GET", "HEAD", "OPTIONS"}


def register(app: Flask) -> None:
    """Look at each request's host and origin before anything else does."""
    app.before_request(refuse_other_names)
    app.before_request(refuse_foreign)


def refuse_other_names() -> Response | None:
    """Refuse a host that is not ours: redirects and links would lead there."""
    ours = current_app.config["HOSTS"]
    if ours is None or _name(request.host) in ours:
        return None
    return Response("Unknown host.\n", 400, mimetype="text/plain")


def refuse_foreign() -> None:
    """Refuse what another site has a browser send; one that names no origin has only the token."""
    if request.method in READING:
        return
    origin = request.headers.get("Origin")
    foreign = origin is not None and origin not in _ours()
    if foreign or request.headers.get("Sec-Fetch-Site") == "cross-site":
        raise Refused(_("Dette kom fra et annet nettsted. Gå til siden her og send derfra."))


def is_ours() -> bool:
    """Tell whether the browser says that one of our own pages sent this; not every browser says."""
    same = request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    return same and request.headers.get("Origin") in _ours()


def _ours() -> list[str]:
    named: list[str] = current_app.config["ORIGINS"]
    # Told to listen everywhere and not what it is called, it is called what it was asked for by.
    return named if current_app.config["HOSTS"] else [*named, request.host_url.rstrip("/")]


def _name(host: str) -> str | None:
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:  # a bracket that is never closed
        return None
