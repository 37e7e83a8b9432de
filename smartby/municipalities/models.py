"""Municipalities, their units, members and invitations."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..accounts.models import User
from ..core.models import Base, Lockable, Timestamps, TownOwned

ROLES = ("citizen", "facilitator", "moderator", "administrator")


class Municipality(Lockable, Timestamps, Base):
    """A town or county that takes part: the tenant. Names and texts are columns per language."""

    __tablename__ = "municipality"
    __table_args__ = (
        CheckConstraint("kind IN ('municipality', 'county')", name="kind"),
        CheckConstraint("written_language IN ('nb', 'nn', 'neutral')", name="written_language"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(4), unique=True)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    code: Mapped[str] = mapped_column(String(3), unique=True)  # first part of reference codes
    kind: Mapped[str] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(80))  # without "kommune"
    written_language: Mapped[str] = mapped_column(String(7), default="nb")
    primary_colour: Mapped[str] = mapped_column(String(7), default="#1F5C4A")
    deep_colour: Mapped[str] = mapped_column(String(7), default="#123C30")
    phone: Mapped[str] = mapped_column(String(20), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    accessibility_statement_url: Mapped[str] = mapped_column(String(300), default="")
    welcome_nb: Mapped[str] = mapped_column(Text, default="")
    welcome_nn: Mapped[str] = mapped_column(Text, default="")
    welcome_en: Mapped[str] = mapped_column(Text, default="")
    population: Mapped[int | None]
    closed_at: Mapped[datetime | None]

    @property
    def language(self) -> str:
        """The language in which the town speaks unless somebody chooses another."""
        return "nn" if self.written_language == "nn" else "nb"

    def welcome(self, lang: str) -> tuple[str, str]:
        """Return the town's welcome and its language: the wished one, else its own, else any."""
        for each in (lang, self.language, "nb", "nn", "en"):
            if text := getattr(self, f"welcome_{each}"):
                return str(text), each
        return "", lang


class Unit(TownOwned, Base):
    """A part of the municipality that owns challenges and signs answers."""

    __tablename__ = "unit"
    __table_args__ = (UniqueConstraint("municipality_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(40))
    name_nb: Mapped[str] = mapped_column(String(80))
    name_nn: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(80))
    archived_at: Mapped[datetime | None]

    def name_in(self, lang: str) -> str:
        """Return the unit's name in a language."""
        return {"nn": self.name_nn, "en": self.name_en}.get(lang, self.name_nb)


class Member(TownOwned, Timestamps, Base):
    """A role of a person in a municipality; a person may hold several."""

    __tablename__ = "member"
    __table_args__ = (
        UniqueConstraint("municipality_id", "user_id", "role"),
        CheckConstraint(
            "role IN ('citizen', 'facilitator', 'moderator', 'administrator')", name="role"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="CASCADE"), index=True
    )
    role: Mapped[str] = mapped_column(String(13))
    title: Mapped[str] = mapped_column(String(80), default="")  # "seksjonsleder"
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))

    user: Mapped[User] = relationship()
    unit: Mapped[Unit | None] = relationship()


class Invitation(TownOwned, Timestamps, Base):
    """An invitation by mail to a role; one use, for a limited time, only in this municipality."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254))
    role: Mapped[str] = mapped_column(String(13))
    title: Mapped[str] = mapped_column(String(80), default="")
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
