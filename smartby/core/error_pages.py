"""The one place where exceptions become pages, JSON or socket acknowledgements."""

from __future__ import annotations

import logging
import time
from math import ceil
from typing import Any

from flask import Flask, Response, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError, TimeoutError
from sqlalchemy.orm.exc import ObjectDeletedError
from werkzeug.exceptions import HTTPException

from ..extensions import db, limiter
from .errors import Refusal
from .lanes import is_lock_timeout, is_locked
from .resend import resend_page

log = logging.getLogger(__name__)

# What a script is told to show where nothing more is known; pages say more (shared/error.html).
WORDS = {
    400: _l("Vi forsto ikke det du sendte"),
    401: _l("Logg inn for å gjøre dette."),
    403: _l("Dette har du ikke tilgang til"),
    404: _l("Vi finner ikke det du leter etter."),
    405: _l("Slik kan ikke siden brukes"),
    409: _l("Noen andre kom først"),
    410: _l("Dette er borte"),
    413: _l("Det du sendte, er for stort"),
    415: _l("Denne filtypen tar vi ikke imot"),
    422: _l("Noe mangler eller er feil"),
    429: _l("Litt for mange forsøk"),
    500: _l("Noe gikk galt hos oss"),
    503: _l("Vi har det travelt akkurat nå"),
}
PUBLISHED = set(WORDS) - {401}


def register(app: Flask) -> None:
    """Bind every handler."""
    app.register_error_handler(Refusal, _refusal)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(TimeoutError, _busy)
    app.register_error_handler(OperationalError, _operational)
    app.register_error_handler(ObjectDeletedError, _gone)
    app.register_error_handler(Exception, _unexpected)


def wants_json() -> bool:
    """Tell whether our own script asked (it says so), not a person's browser."""
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return best == "application/json" or request.path.startswith("/live/")


def answer(status: int, message: str = "", **details: Any) -> Response:
    """Answer a refusal in the form that was asked for."""
    # A failed request must not leave a half-read snapshot behind for the page that explains it.
    db.session.rollback()
    if wants_json():
        said = message or str(WORDS.get(status, WORDS[400]))
        response = make_response({"error": status, "message": said, **details})
    else:
        response = make_response(
            render_template("shared/error.html", code=status, message=message, **details)
        )
    response.status_code = status
    if status in (429, 503):
        response.headers.setdefault("Retry-After", "5")
    return response


def _refusal(error: Refusal) -> Response:
    # Signing in is a page of a room above the core, found by its endpoint's name only.
    if error.status == 401 and not wants_json():
        where = request.full_path if request.method == "GET" else request.referrer or "/"
        return redirect(url_for("accounts.sign_in", next=where.rstrip("?")))  # type: ignore[return-value]
    return answer(error.status, error.message, **error.details)


def _csrf(_error: CSRFError) -> Response:
    page = None if wants_json() else resend_page()
    if page is not None:
        return make_response(page, 400)
    return answer(400, _("Skjemaet er for gammelt. Gå tilbake, last siden på nytt og send igjen."))


def _http(error: HTTPException) -> Response:
    if error.code is not None and error.code < 400:
        return error.get_response()  # type: ignore[return-value]
    if error.code == 429:
        return _too_many()
    status = error.code if error.code in PUBLISHED else 400
    response = answer(status or 400)
    for name, value in error.get_response().headers.items():
        if name in ("Allow", "Retry-After") or name.startswith("X-RateLimit"):
            response.headers[name] = value
    return response


def _too_many() -> Response:
    """Say how long to wait; a form comes back as it was typed, to be sent then."""
    limit = limiter.current_limit
    # The library rounds the moment up to the next second: an hour would be 61 minutes.
    minutes = ceil(max(0.0, limit.reset_at - 1 - time.time()) / 60) if limit else 1
    words = ngettext("Vent %(num)d minutt.", "Vent omtrent %(num)d minutter.", max(1, minutes))
    page = None if wants_json() else resend_page(words)
    return make_response(page, 429) if page is not None else answer(429, wait=words)


def _busy(_error: Exception) -> Response:
    return answer(503)


def _operational(error: OperationalError) -> Response:
    if is_locked(error) or is_lock_timeout(error) or error.connection_invalidated:
        return answer(503)
    log.exception("database error")
    return answer(503)


def _gone(_error: Exception) -> Response:
    return answer(410)


def _unexpected(error: Exception) -> Response:
    log.exception("unexpected error", exc_info=error)
    return answer(500)
