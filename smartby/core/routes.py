"""Catch-up over HTTP for every stream, and the health of the installation."""

from __future__ import annotations

import secrets
from typing import Any

import orjson
from flask import Blueprint, Response, request
from flask_babel import gettext as _
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from ..config import LANGUAGES, VERSION
from ..extensions import db, limiter
from .access import is_another, me, public
from .errors import Gone, NotFound
from .leaving import leaving
from .live import batch, events, head, may_follow
from .sockets import FOLLOW_LIMIT

bp = Blueprint("core", __name__)
# For an address, and a whole town hall may sit behind one: every page asks at once after a restart,
# and every two seconds where web sockets are blocked.
CATCHING_UP = "200/second;9000/minute"
LONGEST = 16  # figures of a number: Python refuses to read thousands of them


@bp.get("/live/<path:stream>")
@public  # the stream's own audience decides
@limiter.limit(CATCHING_UP)
def catch_up(stream: str) -> Response:
    """Return what has happened on a stream beyond `after`, as one batch; 410 when too long ago."""
    after = request.args.get("after", type=int) if may_follow(me(), stream) else None
    return json_response(_missed(stream, after, _lang()))


@bp.get("/live")
@public  # each stream's own audience decides
@limiter.limit(CATCHING_UP)
def catch_up_all() -> Response:
    """Return what has happened on several streams, each asked for as `s=name@number`."""
    lang, batches, gone = _lang(), [], []
    asked = [wanted.rpartition("@") for wanted in request.args.getlist("s")[:FOLLOW_LIMIT]]
    # All audiences first: reading a stream forgets what was read before it, also who asks.
    away = {"signed_out": True} if is_another(request.args.get("me")) else {}
    own = {stream for stream, _at, _number in asked if may_follow(me(), stream)}
    for stream, _at, number in asked:
        try:
            batches.append(_missed(stream, _number(number) if stream in own else None, lang))
        except (Gone, NotFound):
            gone.append(stream)
    news = [missed for missed in batches if missed["seq"] >= missed["first"]]
    return json_response({"batches": news, "gone": gone} | away)


def _lang() -> str:
    lang = request.args.get("lang", "nb")
    if lang not in LANGUAGES:
        raise NotFound(_("Vi finner ikke det du leter etter."))
    return lang


def _number(typed: str) -> int | None:
    return int(typed) if typed.isdecimal() and len(typed) <= LONGEST else None


def _missed(stream: str, after: int | None, lang: str) -> Any:
    """Return what a stream has beyond a number; None is the number of who may not know of it."""
    if after is None or not 0 <= after < 2**53:
        raise NotFound(_("Vi finner ikke det du leter etter."))
    # The number first, then the rows: right on any isolation level.
    newest = head(stream)
    rows = events(stream, after)
    trimmed = newest > after and (not rows or rows[0].seq != after + 1)
    # Ahead of us: the database was put back to an earlier state. See docs/adr/0012.
    if trimmed or newest < after:
        raise Gone(_("Siden er for gammel. Last den inn på nytt."))
    empty = {"stream": stream, "first": after + 1, "seq": after, "ops": []}
    return batch(stream, rows, lang) if rows else empty


@bp.get("/healthz")
@public
def healthz() -> Response:
    """Say that this process lives; a database that is away is no reason to start it anew."""
    return json_response({"status": "ok", "version": VERSION, "id": secrets.token_hex(4)})


@bp.get("/readyz")
@public
def readyz() -> Response:
    """Say whether requests should be sent here: not while leaving, not without the database."""
    if leaving.begun:
        return json_response({"status": "leaving"}, 503)
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return json_response({"status": "no database"}, 503)
    return json_response({"status": "ok"})


def json_response(content: Any, status: int = 200) -> Response:
    """Answer JSON that no cache may keep."""
    response = Response(orjson.dumps(content), status, mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response
