"""A workshop's run, those who take part in it, and the cards they write."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..accounts.models import User
from ..core.models import Base, Lockable, Timestamps, TownOwned
from ..workshops.models import Activity, Workshop

MOST_PEOPLE = 2_500  # of one run
NAME = 40  # characters
CARD = 280  # characters
GUEST, PROXY, TEAM, PAPER = "guest", "proxy", "team", "paper"
COUNTED = "counted"  # a team whose heads those who lead have counted
SIMULATED = "simulated"  # somebody made up, in a rehearsal
TEAM_SIZE = 20  # people at one device
SHOWN, WAITING, HELD, HIDDEN = "shown", "waiting", "held", "hidden"


class Run(TownOwned, Timestamps, Lockable, Base):
    """A workshop from when its doors are opened; has its workshop's number.

    `rev` counts what those who drive have done: their commands say which they saw.
    """

    __tablename__ = "run"

    id: Mapped[int] = mapped_column(
        ForeignKey("workshop.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    code: Mapped[str | None] = mapped_column(String(6), unique=True)  # none once it is closed
    screen_key: Mapped[str] = mapped_column(String(43))  # opens the projector's view, nothing else
    secret: Mapped[str | None] = mapped_column(String(64))  # strict anonymity; destroyed at close
    activity_id: Mapped[int | None] = mapped_column(
        ForeignKey("activity.id", ondelete="SET NULL"), index=True
    )
    spotlight_id: Mapped[int | None] = mapped_column()  # the card that everybody looks at
    rev: Mapped[int] = mapped_column(default=0)
    joined: Mapped[int] = mapped_column(default=0)  # how many take part, heads of teams counted
    shown_out: Mapped[int] = mapped_column(default=0, server_default="0")  # heads that were in
    numbered: Mapped[int] = mapped_column(default=0)  # the newest participant's number
    undo: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    closed_at: Mapped[datetime | None]
    rehearsal: Mapped[bool] = mapped_column(default=False)  # with people who do not exist

    workshop: Mapped[Workshop] = relationship(lazy="joined")
    activity: Mapped[Activity | None] = relationship()

    @property
    def took_part(self) -> int:
        """How many came in, those who were shown out later too."""
        return self.joined + self.shown_out


class Participant(TownOwned, Base):
    """Somebody who takes part, with or without an account; a team's device stands for several."""

    __tablename__ = "participant"
    __table_args__ = (
        UniqueConstraint("run_id", "number", name="uq_participant_number"),
        UniqueConstraint("run_id", "user_id", name="uq_participant_user"),
        CheckConstraint("heads BETWEEN 1 AND 20", name="heads"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"))
    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(NAME), default="")
    kind: Mapped[str] = mapped_column(String(10), default=GUEST)
    heads: Mapped[int] = mapped_column(default=1)
    at_home: Mapped[bool] = mapped_column(default=False)
    secret_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    return_hash: Mapped[str | None] = mapped_column(String(64), index=True)
    user_id: Mapped[int | None] = mapped_column(
        ForeignKey("user_account.id", ondelete="SET NULL"), index=True
    )
    consents: Mapped[bool] = mapped_column(default=False)  # to be named on what comes of it
    table: Mapped[int | None] = mapped_column("table_number")
    hand_at: Mapped[datetime | None]
    ready_for: Mapped[int | None]  # the activity one is done with
    joined_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]

    run: Mapped[Run] = relationship()
    user: Mapped[User | None] = relationship()


class Card(TownOwned, Timestamps, Base):
    """What somebody has written; `author` says who only to whom the anonymity allows."""

    __tablename__ = "card"
    __table_args__ = (
        Index("ix_card_activity_author", "activity_id", "author"),
        Index("ix_card_run", "run_id", "activity_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"))
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id", ondelete="CASCADE"))
    author: Mapped[str] = mapped_column(String(64))  # participants.mark_of
    way: Mapped[str] = mapped_column(String(10), default=GUEST)  # guest, proxy, team or paper
    column: Mapped[str] = mapped_column("column_key", String(20), default="")
    body: Mapped[str] = mapped_column(String(CARD))
    state: Mapped[str] = mapped_column(String(10), default=SHOWN)
    reason: Mapped[str] = mapped_column(String(200), default="")  # why it is held or hidden
    revealed_at: Mapped[datetime | None]
    group_id: Mapped[int | None] = mapped_column(
        ForeignKey("card_group.id", ondelete="SET NULL"), index=True
    )
    version: Mapped[int] = mapped_column(default=1)
    taken_by: Mapped[str | None] = mapped_column(String(64))  # whose hand it is in right now
    taken_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]  # a question that has been answered in the room


class CardGroup(TownOwned, Timestamps, Base):
    """Cards that belong together, under a title."""

    __tablename__ = "card_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(120), default="")
    version: Mapped[int] = mapped_column(default=1)


class CardVote(Base):
    """That somebody holds a card to be important (1), or not (-1); at most one each device."""

    __tablename__ = "card_vote"
    __table_args__ = (
        CheckConstraint("value IN (-1, 1)", name="value"),
        CheckConstraint("heads BETWEEN 1 AND 20", name="heads"),
    )

    card_id: Mapped[int] = mapped_column(
        ForeignKey("card.id", ondelete="CASCADE"), primary_key=True
    )
    voter: Mapped[str] = mapped_column(String(64), primary_key=True)  # participants.mark_of
    value: Mapped[int]
    heads: Mapped[int] = mapped_column(default=1, server_default="1")  # who share the device


class Progress(TownOwned, Base):
    """How far an activity has come: its round, and which page of it the projectors show."""

    __tablename__ = "progress"

    activity_id: Mapped[int] = mapped_column(
        ForeignKey("activity.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    page: Mapped[int] = mapped_column(default=0)
    turn: Mapped[int] = mapped_column(default=0)
    kept: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # what its kind remembers
