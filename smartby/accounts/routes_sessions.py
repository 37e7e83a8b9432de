"""Where one is signed in, and ending that."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from ..core.access import allows, me
from ..core.transaction import perform
from .models import UserSession
from .queries import living_sessions
from .routes_sign_in import bp, front_page
from .sessions import end_sessions, forget


@bp.get("/me/sessions")
@allows("account.own")
def sessions() -> str:
    """List where this person is signed in."""
    person = me()
    known = living_sessions(person)
    return render_template("accounts/sessions.html", sessions=known, this=person.session_id)


@bp.post("/me/sessions/<int:number>/end")
@allows("account.own", UserSession)
def end_session(found: UserSession) -> Any:
    """End one session and its sockets."""
    person = me()
    here = found.id == person.session_id
    perform(end_sessions, person, only=found.id)
    if here:
        forget()
        return redirect(front_page(), 303)
    flash(_("Du er logget ut der."), "success")
    return redirect(url_for("accounts.sessions"), 303)


@bp.post("/me/sessions/end-others")
@allows("account.own")
def end_other_sessions() -> Any:
    """End every session but this one."""
    person = me()
    perform(end_sessions, person, but=person.session_id)
    flash(_("Du er logget ut overalt ellers."), "success")
    return redirect(url_for("accounts.sessions"), 303)
