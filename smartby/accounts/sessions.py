"""Sign-ins: a random token in the signed cookie, its hash in a row that can be seen and ended."""

from __future__ import annotations

import hashlib
import secrets
import time
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from flask import Request, Response, current_app, g, request, session
from sqlalchemy import bindparam, select, update

from ..core.clock import now
from ..core.recall import brought, recall
from ..core.transaction import announce, post
from ..extensions import db, login
from .devices import device_name
from .facts import SessionEnded
from .models import User, UserSession
from .throttle import known_mark

CITIZEN = (timedelta(days=14), timedelta(days=90))  # idle, absolute
STAFF = (timedelta(minutes=30), timedelta(hours=12))
KEPT = ("language", "theme", "known", "held")  # no CSRF token: somebody may have planted it before
MOST_KNOWN = 5  # accounts that one browser is known to have been signed in with
ROW, PERSON = UserSession.__table__, User.__table__
# Not the password's hash: who needs it has it read.
BY_TOKEN = (
    select(
        ROW.c.id.label("session_id"),
        ROW.c.expires_at,
        *(c for c in PERSON.c if c.key != "password_hash"),
    )
    .join(PERSON, PERSON.c.id == ROW.c.user_id)
    .where(ROW.c.token_hash == bindparam("token_hash"), ROW.c.ended_at.is_(None))
)


def token_hash(token: str) -> str:
    """Return what is stored of a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def start_session(user: User, *, device: str, staff: bool) -> str:
    """Write a new session row and return its token; `device` is what the browser says of itself."""
    token = secrets.token_urlsafe(32)
    life = STAFF[1] if staff else CITIZEN[1]
    db.session.add(
        UserSession(
            user=user,
            token_hash=token_hash(token),
            device=device_name(device),
            expires_at=now() + life,
        )
    )
    return token


def remember(token: str, user: User, *, staff: bool) -> None:
    """Put a new sign-in into the browser's cookie, under a fresh cookie content."""
    kept = {key: session[key] for key in KEPT if key in session}
    session.clear()
    session.update(kept)
    session["sid"] = token
    session["seen"] = int(time.time())
    session["idle"] = int((STAFF if staff else CITIZEN)[0].total_seconds())
    session.permanent = True
    recognise(user)
    if user.language:
        session["language"] = user.language


def end_sessions(user: User, *, but: int | None = None, only: int | None = None) -> int:
    """End a person's sessions (all, all but one, or one) and their sockets."""
    query = select(UserSession).where(UserSession.user_id == user.id)
    ended = 0
    for row in db.session.scalars(query.where(UserSession.ended_at.is_(None))):
        if row.id == but or (only is not None and row.id != only):
            continue
        row.ended_at = now()
        ended += 1
    if ended:
        # Every socket of this person reconnects and is judged anew; the ended ones get nothing.
        post(f"person:{user.id}", "access.changed")
        announce(SessionEnded(user))
    return ended


def shorten_sessions(user: User) -> None:
    """Let open sessions last no longer than those of staff: the person has got an office."""
    soon = now() + STAFF[1]
    late = update(UserSession).where(UserSession.user_id == user.id, UserSession.expires_at > soon)
    db.session.execute(
        late.values(expires_at=soon), execution_options={"synchronize_session": False}
    )


def recognise(user: User) -> None:
    """Note that this account has been signed in with here: see throttle.py."""
    mark = known_mark(user.email)
    session["known"] = [mark, *(each for each in _known() if each != mark)][:MOST_KNOWN]
    session.permanent = True


def is_recognised(email: str | None) -> bool:
    """Tell whether this account has been signed in with in this browser before."""
    return known_mark(email) in _known()


def forget(*, wholly: bool = False) -> None:
    """Empty the browser's cookie but for language, theme and, unless `wholly`, who is known."""
    names = ("language", "theme") if wholly else ("language", "theme", "known")
    kept = {key: session[key] for key in names if key in session}
    session.clear()
    session.update(kept)
    session.permanent = "known" in kept


def _known() -> list[str]:
    known = session.get("known")
    return known if isinstance(known, list) else []


@login.request_loader  # type: ignore[untyped-decorator]
def load_user(asked: Request) -> User | None:
    """Find who is asking by the token in the cookie; None when there is no living session."""
    token = session.get("sid")
    if not isinstance(token, str):
        return None
    found = _living_session(token)
    g.signed_out = found is None
    if found is None:
        return None
    user = brought(User, found.user)
    user.__dict__["_session_id"] = found.id
    return user


def _living_session(token: str) -> SignedIn | None:
    if _idle_too_long():
        return None
    hashed = token_hash(token)
    found = recall(("session", hashed), lambda: _read_session(hashed))
    return None if found is None or found.expires_at <= now() else found


class SignedIn(NamedTuple):
    """A living session and the values of its person's row."""

    id: int
    expires_at: datetime
    user: dict[str, Any]


def _read_session(hashed: str) -> SignedIn | None:
    row = db.session.execute(BY_TOKEN, {"token_hash": hashed}).mappings().one_or_none()
    if row is None:
        return None
    values = dict(row)
    return SignedIn(values.pop("session_id"), values.pop("expires_at"), values)


def _idle_too_long() -> bool:
    seen, idle = session.get("seen", 0), session.get("idle", 0)
    return bool(time.time() - seen > idle)


def keep_alive(response: Response) -> Response:
    """Move the idle clock forward, at most once a minute.

    It lives in the signed cookie, so that reading writes no row.
    """
    name = current_app.config["SESSION_COOKIE_NAME"]
    if name not in request.cookies or request.path.startswith("/live"):
        return response
    moment = int(time.time())
    if "sid" in session and not _idle_too_long() and moment - session.get("seen", 0) >= 60:
        session["seen"] = moment
    return response
