"""One's own name, language, e-mail and password."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, session, url_for
from flask_babel import gettext as _

from ..core.access import actor, allows, me, public
from ..core.errors import Gone, Invalid
from ..core.forms import Form
from ..core.fragments import language
from ..core.idempotency import once
from ..core.transaction import perform
from ..extensions import limiter
from . import actions
from .forms import ChangeEmailForm, ChangePasswordForm, ProfileForm
from .mailed_links import CHANGE_EMAIL, find_link
from .passwords import hash_password
from .routes_sign_in import bp
from .signing_in import knows_password
from .throttle import Try, forgive_password_tries, spend_mail, spend_password_try


@bp.get("/me/profile")
@allows("account.own")
def profile() -> str:
    """Show the form for name and language."""
    form = ProfileForm(name=me().name, language=me().language or language())
    return render_template("accounts/profile.html", form=form)


@bp.post("/me/profile")
@allows("account.own")
@limiter.limit("30/hour")
def update_profile() -> Any:
    """Change name and language."""
    form = ProfileForm()
    if not form.validate_on_submit():
        return render_template("accounts/profile.html", form=form), 422
    wanted = (form.name.data, form.language.data)
    try:
        once(form.key.data or "", actor(), actions.change_profile, *wanted, by=me())
    except Invalid as refusal:
        form.name.errors = [refusal.message or _("Lagringen gikk ikke. Prøv igjen.")]
        return render_template("accounts/profile.html", form=form), 422
    session["language"] = form.language.data
    flash(_("Endringene er lagret."), "success")
    return redirect(url_for("accounts.profile"), 303)


@bp.get("/me/password")
@allows("account.own")
def password() -> str:
    """Show the form for another password."""
    return render_template("accounts/password.html", form=ChangePasswordForm(me()))


@bp.post("/me/password")
@allows("account.own")
@limiter.limit("20/minute")
def update_password() -> Any:
    """Change the password; the other sessions end."""
    form = ChangePasswordForm(me())
    if not form.validate_on_submit() or not proves_identity(form.current):
        return render_template("accounts/password.html", form=form), 422
    perform(actions.change_password, hash_password(form.password.data), by=me())
    flash(_("Passordet er byttet, og du er logget ut overalt ellers."), "success")
    return redirect(url_for("my.index"), 303)


@bp.get("/me/email")
@allows("account.own")
def email() -> str:
    """Show the form for another address."""
    return render_template("accounts/email.html", form=ChangeEmailForm())


@bp.post("/me/email")
@allows("account.own")
@limiter.limit("20/minute")
def create_email_change() -> Any:
    """Mail a link to the new address; nothing changes before it is used."""
    form = ChangeEmailForm()
    if not form.validate_on_submit() or not proves_identity(form.current):
        return render_template("accounts/email.html", form=form), 422
    spend_mail(me().email)
    spend_mail(form.email.data)
    once(form.key.data or "", actor(), actions.ask_for_email, form.email.data, by=me())
    flash(_("Vi har sendt en lenke til den nye adressen. Åpne den innen en time."), "success")
    return redirect(url_for("my.index"), 303)


@bp.get("/me/email/confirm/<token>")
@public  # whoever holds the link may read it; the token is the key
@limiter.limit("60/minute")
def change_email(token: str) -> Any:
    """Show which address the link takes into use; only the button does it."""
    try:
        link = find_link(token, CHANGE_EMAIL)
    except Gone:
        return _gone()
    return render_template("accounts/change_email.html", form=Form(), link=link)


@bp.post("/me/email/confirm/<token>")
@public
@limiter.limit("20/minute")
def update_email(token: str) -> Any:
    """Take the new address into use."""
    try:
        user = perform(actions.change_email, token)
    except Gone:
        return _gone()
    flash(_("E-posten din er nå %(email)s.", email=user.email), "success")
    return redirect(url_for("my.index"), 303)


def proves_identity(field: Any) -> bool:
    """Check the password of whoever is signed in; a wrong one becomes an error at the field."""
    person = me()
    tried = Try(person.email, f"session {person.session_id}", at_home=True)
    spend_password_try(tried)
    if knows_password(person, field.data or ""):
        forgive_password_tries(tried)
        return True
    field.errors = [_("Passordet er ikke riktig.")]
    return False


def _gone() -> tuple[str, int]:
    return render_template("accounts/link_gone.html", purpose="email"), 410
