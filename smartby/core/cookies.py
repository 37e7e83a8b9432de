"""The session in the signed cookie, opened once however many look at it."""

from __future__ import annotations

from typing import Any

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface

OPENED = "smartby.session"
SIGNING = "smartby-signing"


class CookieSessions(SecureCookieSessionInterface):
    """Flask's own, but what signs is made once, and a request's cookie is read once."""

    def get_signing_serializer(self, app: Flask) -> Any:
        """Return what signs and checks cookies under the present secret key."""
        secret, made = app.extensions.get(SIGNING, (None, None))
        if made is None or secret != app.secret_key:
            made = super().get_signing_serializer(app)
            app.extensions[SIGNING] = (app.secret_key, made)
        return made

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Read the cookie; kept pages (core/kept.py) have done so before the application."""
        opened = request.environ.pop(OPENED, None)
        return super().open_session(app, request) if opened is None else opened
