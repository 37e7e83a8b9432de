"""The figures, for those who run the installation."""

from __future__ import annotations

import hmac

from flask import Blueprint, Response, current_app, request
from flask_babel import gettext as _

from ..core.access import public
from ..core.errors import NotFound
from . import figures

bp = Blueprint("operations", __name__)
blueprints = (bp,)

LOOPBACK = ("127.0.0.1", "::1")
# Whoever comes through a proxy is not on this host, even where the proxy is.
PROXIED = (
    "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Forwarded", "Via",
)  # fmt: skip


@bp.get("/metrics")
@public  # the token, or being on this host, decides
def show() -> Response:
    """Give the figures to this host and to whoever has the token; to others there is no page."""
    if not _may_read():
        raise NotFound(_("Vi finner ikke det du leter etter."))
    answer = Response(figures.page(), mimetype="text/plain")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _may_read() -> bool:
    given = request.headers.get("Authorization", "")
    wanted = current_app.config["METRICS_TOKEN"]
    if given:
        return bool(wanted) and hmac.compare_digest(given.encode(), f"Bearer {wanted}".encode())
    return request.remote_addr in LOOPBACK and not any(map(request.headers.get, PROXIED))
