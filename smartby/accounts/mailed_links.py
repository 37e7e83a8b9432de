"""Links sent by mail: a random token of which the hash is kept, one purpose, one use, one hour."""

from __future__ import annotations

import secrets
from datetime import timedelta

from sqlalchemy import bindparam, select, update

from ..core.clock import now
from ..core.errors import Gone
from ..extensions import db
from .models import MailedLink, User
from .sessions import token_hash

LIFE = timedelta(minutes=60)
CONFIRM, RESET, CHANGE_EMAIL = "confirm", "reset", "change_email"
BY_TOKEN = select(MailedLink).where(
    MailedLink.token_hash == bindparam("token_hash"), MailedLink.purpose == bindparam("purpose")
)
USE = (
    update(MailedLink)
    .where(
        MailedLink.token_hash == bindparam("hash"),
        MailedLink.purpose == bindparam("what_for"),
        MailedLink.used_at.is_(None),
        MailedLink.expires_at > bindparam("moment"),
    )
    .values(used_at=bindparam("moment"))
    .returning(MailedLink.id)
    .execution_options(synchronize_session=False)
)
SPEND = (
    update(MailedLink)
    .where(
        MailedLink.user_id == bindparam("person"),
        MailedLink.purpose.in_(bindparam("purposes", expanding=True)),
        MailedLink.used_at.is_(None),
    )
    .values(used_at=bindparam("moment"))
    .execution_options(synchronize_session=False)
)


def make_link(user: User, purpose: str, email: str) -> str:
    """Write a new link and return its token; earlier ones for the same purpose stop working."""
    spend_links(user, purpose)
    token = secrets.token_urlsafe(32)
    link = MailedLink(user=user, purpose=purpose, email=email, token_hash=token_hash(token))
    link.expires_at = now() + LIFE
    db.session.add(link)
    return token


def find_link(token: str, purpose: str) -> MailedLink:
    """Return the link behind a token without using it; raise Gone when it cannot be used."""
    asked = {"token_hash": token_hash(token), "purpose": purpose}
    link: MailedLink | None = db.session.scalars(BY_TOKEN, asked).one_or_none()
    if link is None or link.used_at is not None or link.expires_at <= now():
        raise Gone
    return link


def use_link(token: str, purpose: str) -> MailedLink:
    """Use a link up, inside a transaction; of two at once, one gets it and the other Gone."""
    asked = {"hash": token_hash(token), "what_for": purpose, "moment": now()}
    number = db.session.execute(USE, asked).scalar_one_or_none()
    if number is None:
        raise Gone
    return db.session.get_one(MailedLink, number)


def spend_links(user: User, *purposes: str) -> None:
    """Make a person's unused links for these purposes worthless."""
    if user.id is not None:
        asked = {"person": user.id, "purposes": purposes, "moment": now()}
        db.session.execute(SPEND, asked)


def sent_lately(user: User, purpose: str, within: timedelta) -> bool:
    """Tell whether such a link was sent to this person a moment ago."""
    query = select(MailedLink.id).where(
        MailedLink.user_id == user.id,
        MailedLink.purpose == purpose,
        MailedLink.created_at > now() - within,
    )
    return db.session.scalars(query.limit(1)).first() is not None
