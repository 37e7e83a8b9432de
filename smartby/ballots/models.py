"""A round of voting in an activity, each voter's ballot, and what it says of each item."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..core.models import Base, TownOwned
from ..workshops.models import Activity

ITEM = 64  # characters of an item's key, or of a pair's


class Round(TownOwned, Base):
    """A round: what is voted on and with how much, as it stood when the round was opened.

    A blind round's totals leave the server only once it is revealed. `rev` counts the changes, and
    says whether a result that was counted still holds.
    """

    __tablename__ = "round"
    __table_args__ = (
        UniqueConstraint("activity_id", "number", name="uq_round_number"),
        CheckConstraint("number BETWEEN 1 AND 20", name="number"),
        CheckConstraint("budget BETWEEN 0 AND 100", name="budget"),
        CheckConstraint("revealed_at IS NULL OR closed_at IS NOT NULL", name="revealed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id", ondelete="CASCADE"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    budget: Mapped[int] = mapped_column(default=0)  # of each voter; 0: as much as one wants
    most: Mapped[int] = mapped_column(default=1)  # the highest value on one item
    least: Mapped[int] = mapped_column(default=0)  # the lowest
    blind: Mapped[bool] = mapped_column(default=True)
    items: Mapped[list[list[Any]]] = mapped_column(JSON)  # [key, title], in order
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    revealed_at: Mapped[datetime | None]
    present: Mapped[int | None]  # who could vote when it was closed, or left open
    rev: Mapped[int] = mapped_column(default=0)

    activity: Mapped[Activity] = relationship()

    @property
    def is_open(self) -> bool:
        """Whether one can vote, and change what one has voted."""
        return self.closed_at is None

    @property
    def is_shown(self) -> bool:
        """Whether its totals may leave the server."""
        return not self.blind or self.revealed_at is not None

    @property
    def keys(self) -> list[str]:
        """The items that are voted on, in order."""
        return [key for key, _title in self.items]


class Ballot(TownOwned, Base):
    """What somebody votes in a round; `voter` says who only to whom the anonymity allows.

    It has no number and no time: neither must tell, by the order they came in, whose it is.
    """

    __tablename__ = "ballot"
    __table_args__ = (
        CheckConstraint("heads BETWEEN 1 AND 20", name="heads"),
        CheckConstraint("left_over >= 0", name="left_over"),
        Index("ix_ballot_voter", "voter"),
        {"sqlite_with_rowid": False},
    )

    round_id: Mapped[int] = mapped_column(
        ForeignKey("round.id", ondelete="CASCADE"), primary_key=True
    )
    voter: Mapped[str] = mapped_column(String(64), primary_key=True)  # identity.mark_of
    way: Mapped[str] = mapped_column(String(10))  # guest, proxy, team or paper
    heads: Mapped[int] = mapped_column(default=1)
    at_home: Mapped[bool] = mapped_column(default=False)
    abstained: Mapped[bool] = mapped_column(default=False)
    left_over: Mapped[int] = mapped_column(default=0)  # of the budget


class Vote(Base):
    """What a voter says of one item in a round: once, as the key has it."""

    __tablename__ = "vote"
    __table_args__ = (
        ForeignKeyConstraint(
            ["round_id", "voter"], ["ballot.round_id", "ballot.voter"], ondelete="CASCADE"
        ),
        CheckConstraint("value BETWEEN -100 AND 100", name="value"),
        CheckConstraint("across BETWEEN -100 AND 100", name="across"),
        {"sqlite_with_rowid": False},
    )

    round_id: Mapped[int] = mapped_column(primary_key=True)
    voter: Mapped[str] = mapped_column(String(64), primary_key=True)
    item: Mapped[str] = mapped_column(String(ITEM), primary_key=True)
    value: Mapped[int]
    across: Mapped[int] = mapped_column(default=0)  # the second value, where there is one
