"""Accounts, their sessions, links mailed to them, and text held until its writer has signed in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, event, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..core.models import Base, Lockable, Timestamps
from ..core.recall import recall
from ..extensions import db


class User(Lockable, Timestamps, Base):
    """A person with an account. Roles belong to municipalities (`member` rows), not to it."""

    __tablename__ = "user_account"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    email: Mapped[str] = mapped_column(String(254), unique=True)  # lower case
    email_confirmed_at: Mapped[datetime | None]
    password_hash: Mapped[str | None] = mapped_column(String(255))
    language: Mapped[str | None] = mapped_column(String(2))
    is_operator: Mapped[bool] = mapped_column(
        default=False
    )  # runs the installation; made by CLI only
    looked_at: Mapped[datetime | None]  # when the newest look at their own page began
    looked_before: Mapped[datetime | None]  # and the one before it: what came since, is new
    blocked_at: Mapped[datetime | None]
    blocked_reason: Mapped[str] = mapped_column(String(500), default="")  # shown to the person

    is_authenticated = True
    is_anonymous = False

    @property
    def session_id(self) -> int | None:
        """The session of this request, when the person was found by one."""
        found: int | None = self.__dict__.get("_session_id")
        return found

    @property
    def is_active(self) -> bool:
        """Flask-Login: a blocked account stays signed in, so that it can read why."""
        return True

    @property
    def is_blocked(self) -> bool:
        """Tell whether the account has been shut out of taking part."""
        return self.blocked_at is not None

    def get_id(self) -> str:
        """Flask-Login's name for the account."""
        return str(self.id)

    def roles_in(self, municipality_id: int) -> frozenset[str]:
        """Return this person's roles in one municipality; read once per loaded object."""
        return self._roles().get(municipality_id, frozenset())

    def has_office(self) -> bool:
        """Tell whether this person works for a municipality anywhere, or runs the installation."""
        return self.is_operator or bool(self.offices())

    def offices(self) -> list[int]:
        """Return the municipalities that this person works for."""
        return [town for town, roles in self._roles().items() if roles - {"citizen"}]

    def _roles(self) -> dict[int, frozenset[str]]:
        known: dict[int, frozenset[str]] | None = self.__dict__.get("_known_roles")
        if known is None:
            own = self.id
            known = recall(("roles", own), lambda: _roles_of(own))
            self.__dict__["_known_roles"] = known
        return known


@event.listens_for(User, "expire")
def _forget_roles(user: User | None, _attributes: object) -> None:
    # After a lock, rights are judged on what is true now: roles are read anew like the row.
    if user is not None:  # it may have been collected already
        user.__dict__.pop("_known_roles", None)


def _roles_of(user_id: int) -> dict[int, frozenset[str]]:
    # The members' table belongs to a room above this one; only its name is known here.
    member = Base.metadata.tables["member"]
    query = select(member.c.municipality_id, member.c.role).where(member.c.user_id == user_id)
    roles: dict[int, set[str]] = {}
    for municipality_id, role in db.session.execute(query):
        roles.setdefault(municipality_id, set()).add(role)
    return {town: frozenset(names) for town, names in roles.items()}


class UserSession(Timestamps, Base):
    """A sign-in on one device; the cookie holds a random token of which only the hash is kept."""

    __tablename__ = "user_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="CASCADE"), index=True
    )
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    device: Mapped[str] = mapped_column(String(200), default="")
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(lazy="joined")


class MailedLink(Timestamps, Base):
    """A link sent by mail: one purpose, one use, for a limited time; only its hash is kept."""

    __tablename__ = "mailed_link"
    __table_args__ = (
        CheckConstraint("purpose IN ('confirm', 'reset', 'change_email')", name="purpose"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="CASCADE"), index=True
    )
    purpose: Mapped[str] = mapped_column(String(20))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    email: Mapped[str] = mapped_column(String(254))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(lazy="joined")


class HeldText(Timestamps, Base):
    """What somebody typed before signing in; it waits here until they have."""

    __tablename__ = "held_text"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    path: Mapped[str] = mapped_column(String(500))
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)
    expires_at: Mapped[datetime] = mapped_column(index=True)
