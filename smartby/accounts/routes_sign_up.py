"""Making an account and confirming its address."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, session, url_for
from flask_babel import gettext as _

from ..core.access import public
from ..core.errors import Gone
from ..core.forms import Form
from ..core.fragments import language
from ..core.links import safe_next
from ..core.transaction import perform
from ..extensions import limiter
from . import held, intents
from .actions import NewAccount
from .actions import confirm as confirm_address
from .forms import SignUpForm
from .mailed_links import CONFIRM, find_link
from .passwords import hash_password
from .routes_sign_in import bp, let_in, shown_town, wanted_page
from .sessions import token_hash
from .signing_in import join
from .throttle import spend_mail

LONGEST_NEXT = 600  # it travels in the cookie, which browsers limit


@bp.get("/sign-up")
@public
def sign_up() -> str:
    """Show the form for a new account."""
    return _page(SignUpForm())


@bp.post("/sign-up")
@public
@limiter.limit("300/hour")  # a school or a library full of people has one address
def create_account() -> Any:
    """Make an account; known and unknown addresses get the same answer, and each its own mail."""
    form = SignUpForm()
    if not form.validate_on_submit():
        return _page(form), 422
    spend_mail(form.email.data)
    hashed = hash_password(form.password.data)
    link = join(_wanted(form, hashed), form.key.data or "")
    session["signing_up"] = {"link": link, "next": wanted_page()[:LONGEST_NEXT]}
    session["email"] = form.email.data
    return redirect(url_for("accounts.sign_up_sent"), 303)


@bp.get("/sign-up/sent")
@public
def sign_up_sent() -> str:
    """Ask the person to look in their mail."""
    begun = session.get("signing_up") or {}
    return render_template(
        "accounts/sent.html", email=session.get("email", ""), again="accounts.sign_up",
        next=safe_next(begun.get("next")) or "", signing_up=True, waiting=held.waiting(),
    )  # fmt: skip


@bp.get("/sign-up/confirm/<token>")
@public  # whoever holds the link may read it; the token is the key
@limiter.limit("60/minute")
def confirm(token: str) -> Any:
    """Show whose address the link confirms; only the button does it."""
    try:
        link = find_link(token, CONFIRM)
    except Gone:
        return _gone()
    begun = session.get("signing_up") or {}
    elsewhere = begun.get("link") != link.token_hash
    intent = "" if elsewhere else intents.told(safe_next(begun.get("next")) or "")
    return render_template(
        "accounts/confirm.html", form=Form(), link=link, elsewhere=elsewhere, intent=intent
    )


@bp.post("/sign-up/confirm/<token>")
@public
@limiter.limit("20/minute")
def create_confirmation(token: str) -> Any:
    """Confirm the address; the browser that signed up is signed in, any other has to."""
    try:
        user = perform(confirm_address, token)
    except Gone:
        return _gone()
    begun = session.pop("signing_up", None) or {}
    wanted = safe_next(begun.get("next")) or ""
    if begun.get("link") == token_hash(token):
        flash(_("E-posten er bekreftet, og du er logget inn."), "success")
        return let_in(user, wanted)
    flash(_("E-posten er bekreftet. Logg inn for å gå videre."), "success")
    session["email"] = user.email
    return redirect(url_for("accounts.sign_in", next=wanted or None), 303)


def _wanted(form: SignUpForm, password_hash: str) -> NewAccount:
    return NewAccount(
        form.name.data or "", form.email.data, password_hash, language(),
        town=shown_town(), waiting=held.waiting(),
    )  # fmt: skip


def _page(form: SignUpForm) -> str:
    wanted = wanted_page()
    return render_template(
        "accounts/sign_up.html", form=form, next=wanted, waiting=held.waiting(),
        intent=intents.told(wanted),
    )  # fmt: skip


def _gone() -> tuple[str, int]:
    return render_template("accounts/link_gone.html", purpose="confirm"), 410
