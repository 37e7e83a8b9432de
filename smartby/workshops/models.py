"""A workshop, the steps of its programme, and who comes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..accounts.models import User
from ..challenges.models import Challenge
from ..core.models import Base, Lockable, Timestamps, TownOwned

LONGEST = 12 * 60  # minutes of one programme
STEPS = 50  # of one programme
NAMED, PSEUDONYMOUS, STRICT = "named", "pseudonymous", "strict"
ANONYMITY = (NAMED, PSEUDONYMOUS, STRICT)  # who learns who wrote what: all, those who lead, nobody
ANYONE, MEMBERS, SEATED = "anyone", "members", "seated"
JOINING = (ANYONE, MEMBERS, SEATED)  # who may join: with the code; signed in; with a seat
PLACE, ONLINE, BOTH = "place", "online", "both"
MEETS = (PLACE, ONLINE, BOTH)  # where people meet
LEAD, HELPER = "lead", "helper"
ROLES = (LEAD, HELPER)  # of those who stand beside whoever leads a workshop


class Workshop(TownOwned, Timestamps, Lockable, Base):
    """A meeting that somebody leads: seen by its planners only until it is announced."""

    __tablename__ = "workshop"
    __table_args__ = (
        CheckConstraint("seats IS NULL OR seats BETWEEN 1 AND 2500", name="seats"),
        Index("ix_workshop_town_start", "municipality_id", "starts_at", "id"),
        Index("ix_workshop_start", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    purpose: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(String(120))
    lang: Mapped[str] = mapped_column(String(2))
    starts_at: Mapped[datetime]
    seats: Mapped[int | None]  # none: whoever wants may come
    minutes: Mapped[int] = mapped_column(default=0)  # of all steps together
    leader_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    challenge_id: Mapped[int | None] = mapped_column(ForeignKey("challenge.id"), index=True)
    announced_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]  # those who have a seat
    cancel_reason: Mapped[str] = mapped_column(String(500), default="")
    anonymity: Mapped[str] = mapped_column(String(12), default=PSEUDONYMOUS)
    joining: Mapped[str] = mapped_column(String(10), default=ANYONE)
    meets: Mapped[str] = mapped_column(String(8), default=PLACE)
    languages: Mapped[str] = mapped_column(String(10), default="")  # spoken there: "nb,en"
    principle_ids: Mapped[str] = mapped_column(String(20), default="")  # what it is about: ",1,4"
    video: Mapped[str] = mapped_column(String(500), default="", server_default="")
    ends_by: Mapped[datetime | None]  # when everybody must be out, whatever the programme says

    leader: Mapped[User] = relationship()
    challenge: Mapped[Challenge | None] = relationship()

    @property
    def ends_at(self) -> datetime:
        """When the programme is over."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def video_link(self) -> str:
        """Where those who are not in the room see and hear it; "" when all meet in one place."""
        return "" if self.meets == PLACE else self.video

    @property
    def principles(self) -> list[int]:
        """The principles' ids in order."""
        return [int(part) for part in self.principle_ids.split(",") if part]

    def takes_sign_ups(self, moment: datetime) -> bool:
        """Tell whether one can sign up, or off, at this moment."""
        stands = self.announced_at is not None and self.cancelled_at is None
        return stands and moment < self.starts_at


class Activity(TownOwned, Base):
    """A step of a workshop's programme."""

    __tablename__ = "activity"
    __table_args__ = (
        CheckConstraint("minutes BETWEEN 1 AND 240", name="minutes"),
        Index("ix_activity_workshop_position", "workshop_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id", ondelete="CASCADE"))
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    minutes: Mapped[int]
    rules: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # what its kind asks for
    method: Mapped[str] = mapped_column(String(20), default="")  # the template it came from
    begun_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]  # when the time is out; as it stood if the clock is paused
    paused_at: Mapped[datetime | None]
    locked_at: Mapped[datetime | None]  # nobody adds anything from here
    revealed_at: Mapped[datetime | None]  # everybody sees what everybody has written from here
    ended_at: Mapped[datetime | None]


class SignUp(Timestamps, Base):
    """Somebody who wants to come: has a seat, or waits for one."""

    __tablename__ = "sign_up"

    workshop_id: Mapped[int] = mapped_column(
        ForeignKey("workshop.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    seated: Mapped[bool]

    user: Mapped[User] = relationship()


class WorkshopLead(Timestamps, Base):
    """Somebody who stands beside whoever leads a workshop: leads it too, or helps."""

    __tablename__ = "workshop_lead"
    __table_args__ = (CheckConstraint("role IN ('lead', 'helper')", name="role"),)

    workshop_id: Mapped[int] = mapped_column(
        ForeignKey("workshop.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    role: Mapped[str] = mapped_column(String(6))

    user: Mapped[User] = relationship()


class HelperInvitation(TownOwned, Timestamps, Base):
    """An address that is asked to help at a workshop; the row goes when it is answered."""

    __tablename__ = "helper_invitation"
    __table_args__ = (UniqueConstraint("workshop_id", "email"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id", ondelete="CASCADE"))
    email: Mapped[str] = mapped_column(String(254), index=True)
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)

    workshop: Mapped[Workshop] = relationship()
    invited_by: Mapped[User] = relationship()


class WorkshopLetter(Timestamps, Base):
    """A letter owed to all who signed up, and how far a job has come; gone when it is written."""

    __tablename__ = "workshop_letter"

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(
        ForeignKey("workshop.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(String(40))  # of the mail's template
    seated_only: Mapped[bool] = mapped_column(default=False)
    last_id: Mapped[int] = mapped_column(default=0)  # the person it was last written to
