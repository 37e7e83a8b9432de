"""What a browser keeps so that somebody without an account is the same person on the next page."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from datetime import timedelta

from flask import current_app, request
from werkzeug.wrappers import Response

SHAPE = re.compile("[A-Za-z0-9_-]{43}")
LIFE = timedelta(days=30)


def new_secret() -> str:
    """Make a secret that nobody can guess: 43 characters, 256 bits."""
    return secrets.token_urlsafe(32)


def secret_from(key: str, what: str) -> str:
    """Make the secret that belongs to a form's key: whoever sends the form again has the same one.

    Nobody can make it without our own secret key.
    """
    ours = str(current_app.secret_key).encode()
    made = hmac.digest(ours, f"guest:{what}:{key}".encode(), "sha256")
    return base64.urlsafe_b64encode(made).decode().rstrip("=")


def hash_of(secret: str) -> str:
    """Return what is stored of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def kept_secret(name: str) -> str | None:
    """Return the secret that this browser keeps under a name."""
    found = request.cookies.get(f"smartby-{name}", "")
    return found if SHAPE.fullmatch(found) else None


def keep_secret(response: Response, name: str, secret: str) -> Response:
    """Let the browser keep a secret, where no script can read it."""
    response.set_cookie(
        f"smartby-{name}", secret, max_age=LIFE, httponly=True, samesite="Lax",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
    )  # fmt: skip
    return response


def drop_secret(response: Response, name: str) -> Response:
    """Let the browser forget a secret."""
    response.delete_cookie(f"smartby-{name}")
    return response
