"""Signing in and out (the rest of the family grows here)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from ..core.access import allows, me, public
from ..core.links import safe_next
from ..core.transaction import perform
from ..extensions import db, limiter
from .forms import SignInForm
from .models import User
from .passwords import verify, verify_nothing
from .sessions import end_sessions, forget, remember, start_session

bp = Blueprint("accounts", __name__)
blueprints = (bp,)


@bp.route("/sign-in", methods=["GET", "POST"])
@public
@limiter.limit("20/minute", methods=["POST"])
def sign_in() -> Any:
    """Sign in with e-mail and password."""
    form = SignInForm()
    wanted = safe_next(request.values.get("next")) or "/"
    if form.validate_on_submit():
        user = db.session.scalars(
            select(User).where(User.email == form.email.data.lower())
        ).one_or_none()
        if user is None or user.password_hash is None:
            verify_nothing(form.password.data)
        elif verify(user.password_hash, form.password.data):
            token = perform(
                start_session, user, device=request.user_agent.string, staff=False
            )
            remember(token, user, staff=False)
            return redirect(wanted)
        form.password.errors = [_("E-post og passord passer ikke sammen.")]
    status = 422 if form.is_submitted() else 200
    return render_template("accounts/sign_in.html", form=form, next=wanted), status


@bp.post("/sign-out")
@public
def sign_out() -> Any:
    """End this session."""
    person = me()
    if person.is_authenticated:
        perform(end_sessions, person, only=person.session_id)
    forget()
    return redirect(url_for("pages.national"))


@bp.get("/sign-up")
@public
def sign_up() -> Any:
    """Make an account."""
    return render_template("accounts/sign_up.html")


@bp.get("/me")
@allows("account.own")
def me_page() -> Any:
    """Show one's own page."""
    return render_template("accounts/me.html")
