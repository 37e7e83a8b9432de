"""Signing in and out."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    g,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_babel import gettext as _

from ..core.access import me, public
from ..core.errors import TooMany
from ..core.links import safe_next
from ..core.transaction import perform
from ..extensions import limiter
from . import held, intents
from .forms import SignInForm
from .homes import home_of
from .models import User
from .sessions import (
    end_sessions,
    forget,
    is_recognised,
    keep_alive,
    remember,
    start_session,
)
from .signing_in import authenticate
from .throttle import Try, forgive_password_tries, spend_password_try

bp = Blueprint("accounts", __name__)
bp.after_app_request(keep_alive)


def _failed(response: Response) -> bool:
    # A library full of people who know their passwords shares one address.
    return response.status_code >= 400


@bp.get("/sign-in")
@public
def sign_in() -> str:
    """Show the form for signing in."""
    form = SignInForm(email=session.get("email", ""))
    return _page(form, wanted_page())


@bp.post("/sign-in")
@public
@limiter.limit("20/minute", deduct_when=_failed)
def create_session() -> Any:
    """Sign in with e-mail and password."""
    form, wanted = SignInForm(), wanted_page()
    if not form.validate_on_submit():
        return _page(form, wanted), 422
    tried = _try(form.email.data)
    try:
        spend_password_try(tried)
    except TooMany as error:
        wrong = _("Det er prøvd for mange passord. Vent litt, eller velg et nytt passord.")
        return _page(form, wanted, wrong=wrong), error.status
    user = authenticate(form.email.data, form.password.data)
    if user is None:
        wrong = _("E-post og passord passer ikke sammen, eller e-posten er ikke bekreftet.")
        return _page(form, wanted, wrong=wrong), 422
    forgive_password_tries(tried)
    return let_in(user, wanted)


def _try(email: str | None) -> Try:
    if is_recognised(email):
        return Try(email, "recognised", at_home=True)
    return Try(email, request.remote_addr or "")


@bp.post("/sign-out")
@public
def sign_out() -> Any:
    """End this session, and go on to where somebody else is to sign in."""
    person = me()
    if person.is_authenticated:
        perform(end_sessions, person, only=person.session_id)
    forget()
    return redirect(wanted_page() or front_page(), 303)


def wanted_page() -> str:
    """Return where the person was going, "" when nowhere in particular on this site."""
    wanted = safe_next(request.values.get("next")) or ""
    parts = urlsplit(wanted)
    if parts.path.startswith(("/sign-in", "/sign-up")):
        # The header's link on the page for signing in: on to where that page would have led.
        wanted = safe_next(parse_qs(parts.query).get("next", [""])[0]) or ""
    # In an installation of many towns, its front page is where one chooses among them.
    return "" if wanted == "/" and not current_app.config["SINGLE_TOWN"] else wanted


def shown_town() -> str | None:
    """Return the slug of the town that the pages are shown in, None for no town."""
    return g.municipality.slug if g.municipality else None


def front_page() -> str:
    """Return the front page of the town that one came from, or of the installation."""
    return url_for("pages.town") if g.municipality else "/"


def let_in(user: User, wanted: str) -> Any:
    """Start a session in this browser and send the person on to where they were going."""
    staff = user.has_office()
    token = perform(_start, user, me(), request.user_agent.string, staff)
    remember(token, user, staff=staff)
    if user.is_blocked:
        return redirect(url_for("my.index"), 303)
    place = intents.fulfil(wanted, user) or home_of(user)
    if held.waiting():
        flash(_("Det du skrev, er tatt vare på. Se over og send."), "info")
    return redirect(place, 303)


def _start(user: User, before: Any, device: str, staff: bool) -> str:
    if before.is_authenticated:  # this browser's earlier session is over, whoever's it was
        end_sessions(before, only=before.session_id)
    return start_session(user, device=device, staff=staff)


def _page(form: SignInForm, wanted: str, *, wrong: str = "") -> str:
    return render_template(
        "accounts/sign_in.html", form=form, next=wanted, waiting=held.waiting(),
        intent=intents.told(wanted), wrong=wrong,
    )  # fmt: skip
