"""Text typed before signing in: it waits here, and the form it came from is filled with it again.

A route that needs an account answers an anonymous post with `hold(path, request.form)`: the fields
are stored and the person is sent to sign in. Afterwards the browser is sent to `path`, whose form
is filled from `take(path)`; whoever stores the text in earnest calls `let_go()`. With `sends` the
person has pressed a button that said so: signing in sends the text, if `path` has such an intent.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from flask import redirect, request, session, url_for
from flask_babel import gettext as _
from sqlalchemy import bindparam, delete, select
from werkzeug.datastructures import MultiDict

from ..core.clock import now
from ..core.errors import Invalid
from ..core.text import clean_multiline
from ..core.transaction import perform
from ..extensions import db
from .models import HeldText
from .sessions import token_hash
from .throttle import spend_held_text

LIFE = timedelta(days=1)
SENDS = "send"  # what the address of a form says when its text is to be sent after signing in
LARGEST = 20_000  # characters of all fields together
LEFT_OUT = {"csrf_token", "key"}
BY_TOKEN = select(HeldText.path, HeldText.fields).where(
    HeldText.token_hash == bindparam("token_hash"), HeldText.expires_at > bindparam("moment")
)


def hold(path: str, fields: MultiDict[str, str], *, sends: bool = False) -> Any:
    """Keep what somebody typed, and send them to sign in; then they come to `path`."""
    keep(path, _kept(fields))
    wanted = f"{path}?{SENDS}=yes" if sends else path
    return redirect(url_for("accounts.sign_in", next=wanted), 303)


def keep(path: str, fields: dict[str, list[str]]) -> None:
    """Keep clean fields for the form at `path` in this browser."""
    spend_held_text(request.remote_addr or "")
    token = secrets.token_urlsafe(32)
    perform(_store, token, path[:500], fields, _token())
    session["held"] = token


def take(path: str) -> MultiDict[str, str] | None:
    """Return what this browser typed for the form at `path`; it stays until let_go()."""
    token = _token()
    if token is None:
        return None
    asked = {"token_hash": token_hash(token), "moment": now()}
    row = db.session.execute(BY_TOKEN, asked).one_or_none()
    return MultiDict(row.fields) if row is not None and row.path == path else None


def key() -> str:
    """Return the key under which this browser's text is sent once, however often one signs in."""
    return token_hash(_token() or "")[:32]


def waiting() -> bool:
    """Tell whether this browser has text waiting for its writer to sign in."""
    return _token() is not None


def let_go() -> None:
    """Forget the text: it has been sent in earnest. Costs nothing when none is held."""
    token = session.pop("held", None) if _token() else None
    if token is not None:
        perform(_delete, token)


def _token() -> str | None:
    token = session.get("held")
    return token if isinstance(token, str) else None


def _kept(fields: MultiDict[str, str]) -> dict[str, list[str]]:
    kept = {
        _clean(name[:60]): [_clean(value) for value in values]
        for name, values in fields.lists()
        if name not in LEFT_OUT
    }
    if sum(len(value) for values in kept.values() for value in values) > LARGEST:
        raise Invalid(_("Teksten er for lang til å bli tatt vare på mens du logger inn."))
    return kept


def _clean(value: str) -> str:
    try:
        return clean_multiline(value)
    except ValueError:
        return ""


def _store(token: str, path: str, fields: dict[str, list[str]], before: str | None) -> None:
    if before is not None:
        _delete(before)
    held = HeldText(token_hash=token_hash(token), path=path, fields=fields, expires_at=now() + LIFE)
    db.session.add(held)


def _delete(token: str) -> None:
    db.session.execute(delete(HeldText).where(HeldText.token_hash == token_hash(token)))
