"""Who may come in: making an account, and whether an address and a password belong together."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from ..core.idempotency import once
from ..core.transaction import perform
from .actions import NewAccount, remind_to_confirm, renew_hash, sign_up
from .models import User
from .passwords import hash_password, needs_rehash, verify, verify_nothing
from .queries import user_by_email


def join(wanted: NewAccount, key: str) -> str:
    """Sign somebody up, once for each key; return the hash of the link that was mailed."""

    def join_once() -> str:  # the hash differs each time, so the key alone says what is the same
        return sign_up(wanted)

    try:
        return once(key, "anonymous", join_once)
    except IntegrityError:  # two at once with one address: the second has an account by now
        return once(key, "anonymous", join_once)


def authenticate(email: str, password: str) -> User | None:
    """Return whose account this is; None for a wrong one, and for one not confirmed yet.

    The two look alike: otherwise signing up with somebody's address would tell whether it is known.
    Who knows the password of an account that waits for its confirmation is sent the link again.
    """
    user = user_by_email(email)
    if not knows_password(user, password) or user is None:
        return None
    if user.email_confirmed_at is None:
        perform(remind_to_confirm, user)
        return None
    return user


def knows_password(user: User | None, password: str) -> bool:
    """Tell whether this is the account's password, and keep its hash up to today's costs."""
    if user is None or user.password_hash is None:
        return verify_nothing(password)
    if not verify(user.password_hash, password):
        return False
    if needs_rehash(user.password_hash):
        perform(renew_hash, user, hash_password(password))
    return True
