"""A forgotten password: a mailed link, and choosing a new one by it."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, session, url_for
from flask_babel import gettext as _

from ..core.access import actor, public
from ..core.errors import Gone
from ..core.fragments import language
from ..core.idempotency import once
from ..core.transaction import perform
from ..extensions import limiter
from .actions import ask_for_reset
from .actions import reset as set_password
from .forms import ForgottenForm, PasswordForm
from .mailed_links import RESET, find_link
from .models import MailedLink
from .passwords import hash_password
from .routes_sign_in import bp, shown_town
from .sessions import forget, recognise
from .throttle import spend_mail


@bp.get("/sign-in/forgotten")
@public
def forgotten() -> str:
    """Show the form for a forgotten password."""
    return render_template("accounts/forgotten.html", form=ForgottenForm())


@bp.post("/sign-in/forgotten")
@public
@limiter.limit("300/hour")
def create_reset() -> Any:
    """Mail a link; the answer is the same whether anybody has the address."""
    form = ForgottenForm()
    if not form.validate_on_submit():
        return render_template("accounts/forgotten.html", form=form), 422
    spend_mail(form.email.data)
    wanted = (form.email.data, language(), shown_town())
    once(form.key.data or "", actor(), ask_for_reset, *wanted)
    session["email"] = form.email.data
    return redirect(url_for("accounts.forgotten_sent"), 303)


@bp.get("/sign-in/forgotten/sent")
@public
def forgotten_sent() -> str:
    """Ask the person to look in their mail."""
    email = session.get("email", "")
    return render_template(
        "accounts/sent.html", email=email, again="accounts.forgotten", next="", signing_up=False,
        waiting=False,
    )  # fmt: skip


@bp.get("/sign-in/reset/<token>")
@public  # whoever holds the link may read it; the token is the key
@limiter.limit("60/minute")
def reset(token: str) -> Any:
    """Show the form for a new password."""
    try:
        link = find_link(token, RESET)
    except Gone:
        return _gone()
    return _page(link, PasswordForm(link.user))


@bp.post("/sign-in/reset/<token>")
@public
@limiter.limit("20/minute")
def create_password(token: str) -> Any:
    """Set the new password; every session of the account ends."""
    try:
        link = find_link(token, RESET)
        form = PasswordForm(link.user)
        if not form.validate_on_submit():
            return _page(link, form), 422
        user = perform(set_password, token, hash_password(form.password.data))
    except Gone:
        return _gone()
    forget()
    recognise(user)  # whoever reads the owner's mail is the owner
    session["email"] = user.email
    flash(_("Passordet er byttet. Logg inn med det nye."), "success")
    return redirect(url_for("accounts.sign_in"), 303)


def _page(link: MailedLink, form: PasswordForm) -> str:
    return render_template("accounts/reset.html", form=form, link=link)


def _gone() -> tuple[str, int]:
    return render_template("accounts/link_gone.html", purpose="reset"), 410
