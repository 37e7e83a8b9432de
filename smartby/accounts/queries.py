"""Reading accounts and their sessions."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, select

from ..core.clock import now
from ..extensions import db
from .addresses import normal
from .models import User, UserSession

BY_EMAIL = select(User).where(User.email == bindparam("email"))
LIVING = (
    select(UserSession)
    .where(
        UserSession.user_id == bindparam("person"),
        UserSession.ended_at.is_(None),
        UserSession.expires_at > bindparam("moment"),
    )
    .order_by(UserSession.id.desc())
    .limit(100)
)


def user_by_email(typed: str | None) -> User | None:
    """Return the account with this address, however it was typed."""
    email = normal(typed)
    if email is None:
        return None
    found: User | None = db.session.scalars(BY_EMAIL, {"email": email}).one_or_none()
    return found


def living_sessions(user: User) -> Sequence[UserSession]:
    """Return where this person is signed in, the newest first."""
    return db.session.scalars(LIVING, {"person": user.id, "moment": now()}).all()
