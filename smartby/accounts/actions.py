"""What people do with their own account; what is asked for by mail is done by the mailed link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from ..core.access import require
from ..core.clock import now
from ..core.errors import Gone, Invalid
from ..core.fragments import absolute
from ..core.mail import write_letter
from ..core.transaction import announce, lock
from ..extensions import db
from .facts import AccountConfirmed, AccountMade, NameChanged, ProfileChanged
from .mailed_links import (
    CHANGE_EMAIL,
    CONFIRM,
    RESET,
    make_link,
    sent_lately,
    spend_links,
    use_link,
)
from .models import User
from .queries import user_by_email
from .sessions import end_sessions, token_hash

PAUSE = timedelta(minutes=15)  # between two confirmation mails that only a password asks for


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What somebody who signs up says; the password is hashed already."""

    name: str
    email: str
    password_hash: str
    language: str
    town: str | None = None  # where they signed up, so that the mailed link leads back there
    waiting: bool = False  # they typed something first, which lies in their browser


def sign_up(wanted: NewAccount) -> str:
    """Make an account, or tell a known address by mail that it has one.

    Returns the hash of the link sent, in both cases: nothing here tells them apart.
    """
    known = user_by_email(wanted.email)
    if known is not None:
        token = make_link(known, RESET, known.email)
        where = absolute("accounts.reset", token=token, town=wanted.town)
        write_letter(known.email, "account_exists", language_of(known), link=where, name=known.name)
        return token_hash(token)
    # Not asked a second time whether the address is taken: another sign-up may have come between,
    # and the answer must not tell. The database refuses the second, which is then tried again.
    user = _write_account(wanted, confirmed=False)
    return token_hash(send_confirmation(user, town=wanted.town, waiting=wanted.waiting))


def add_account(wanted: NewAccount, *, confirmed: bool) -> User:
    """Write a new account; an address that is taken is Invalid."""
    if user_by_email(wanted.email) is not None:
        raise Invalid(_("E-posten er alt i bruk."))
    return _write_account(wanted, confirmed=confirmed)


def _write_account(wanted: NewAccount, *, confirmed: bool) -> User:
    user = User(
        name=wanted.name,
        email=wanted.email,
        password_hash=wanted.password_hash,
        language=wanted.language,
        email_confirmed_at=now() if confirmed else None,
    )
    db.session.add(user)
    db.session.flush()
    announce(AccountMade(user))
    return user


def send_confirmation(user: User, *, town: str | None = None, waiting: bool = False) -> str:
    """Mail a link that confirms the address; return its token."""
    token = make_link(user, CONFIRM, user.email)
    values = {"link": absolute("accounts.confirm", token=token, town=town), "name": user.name}
    write_letter(user.email, "confirm", language_of(user), waiting=waiting, **values)
    return token


def remind_to_confirm(user: User) -> None:
    """Send the confirmation again to somebody who knows the password, but not all the time."""
    lock(user)
    if not sent_lately(user, CONFIRM, PAUSE):
        send_confirmation(user)


def confirm(token: str) -> User:
    """Confirm an address by its link; Gone when the link was used or is too old."""
    user = use_link(token, CONFIRM).user
    lock(user)
    _confirmed(user)
    return user


def ask_for_reset(email: str, language: str, town: str | None = None) -> None:
    """Mail a link to choose a new password, or the word that nobody has this address here."""
    user = user_by_email(email)
    if user is None:
        where = absolute("accounts.sign_up", town=town)
        write_letter(email, "account_unknown", language, link=where, email=email)
        return
    where = absolute("accounts.reset", token=make_link(user, RESET, user.email), town=town)
    write_letter(user.email, "reset", language_of(user), link=where, name=user.name)


def reset(token: str, password_hash: str) -> User:
    """Choose a new password by a mailed link; every session ends."""
    user = use_link(token, RESET).user
    lock(user)
    user.password_hash = password_hash
    _confirmed(user)  # whoever follows the link reads the mail
    spend_links(user, RESET, CHANGE_EMAIL)
    end_sessions(user)
    _tell_of_password(user)
    return user


def change_password(password_hash: str, *, by: User) -> None:
    """Change one's password; the other sessions end."""
    lock(by)
    require("account.own", by, by)
    by.password_hash = password_hash
    spend_links(by, RESET)
    end_sessions(by, but=by.session_id)
    _tell_of_password(by)


def renew_hash(user: User, password_hash: str) -> None:
    """Store the same password under today's costs."""
    lock(user)
    user.password_hash = password_hash


def ask_for_email(email: str, *, by: User) -> None:
    """Mail a link to the new address and a notice to the old one; nothing changes yet."""
    lock(by)
    require("account.own", by, by)
    language = language_of(by)
    owner = user_by_email(email)
    if owner is not None:
        # The page says the same in both cases; only the mail's reader learns that it is taken.
        write_letter(email, "email_taken", language_of(owner), name=owner.name)
    else:
        where = absolute("accounts.change_email", token=make_link(by, CHANGE_EMAIL, email))
        write_letter(email, "email_confirm", language, link=where, name=by.name)
    forgotten = absolute("accounts.forgotten")
    write_letter(by.email, "email_notice", language, name=by.name, email=email, link=forgotten)


def change_email(token: str) -> User:
    """Take the new address into use by its link; Gone when it was taken meanwhile."""
    link = use_link(token, CHANGE_EMAIL)
    user = link.user
    lock(user)
    if user_by_email(link.email) is not None:
        raise Gone
    before, user.email = user.email, link.email
    try:
        db.session.flush()
    except IntegrityError as error:  # somebody took it at this very moment
        raise Gone from error
    spend_links(user, RESET, CONFIRM)
    values = {"name": user.name, "email": user.email, "link": absolute("accounts.forgotten")}
    write_letter(before, "email_changed", language_of(user), **values)
    return user


def change_profile(name: str, language: str, *, by: User) -> None:
    """Change the name shown and the language of pages and mails; Invalid for a colleague's name."""
    lock(by)
    require("account.own", by, by)
    before = by.name
    by.name, by.language = name, language
    by.version += 1
    if name != before:
        announce(NameChanged(by, before))
    announce(ProfileChanged(by))


def language_of(user: User) -> str:
    """Return the language in which to write to somebody."""
    return user.language or "nb"


def _confirmed(user: User) -> None:
    if user.email_confirmed_at is None:
        user.email_confirmed_at = now()
        announce(AccountConfirmed(user))


def _tell_of_password(user: User) -> None:
    link = absolute("accounts.forgotten")
    write_letter(user.email, "password_changed", language_of(user), name=user.name, link=link)
