"""Contributions: what ideas and challenges share, their earlier versions, and drafts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    String,
    Table,
    Text,
    TextClause,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..accounts.models import User
from ..core.models import Base, Lockable, Timestamps, TownOwned

contribution_principle = Table(
    "contribution_principle",
    Base.metadata,
    Column("contribution_id", ForeignKey("contribution.id", ondelete="CASCADE"), primary_key=True),
    Column("principle_id", ForeignKey("principle.id"), primary_key=True),
    Index("ix_contribution_principle_principle", "principle_id", "contribution_id"),
)
contribution_goal = Table(
    "contribution_goal",
    Base.metadata,
    Column("contribution_id", ForeignKey("contribution.id", ondelete="CASCADE"), primary_key=True),
    Column("goal_id", ForeignKey("goal.id"), primary_key=True),
    Index("ix_contribution_goal_goal", "goal_id", "contribution_id"),
)


def _answers_by(sort: str) -> Index:
    # Few ideas answer a challenge: those that do not are left out, and cost nothing to write.
    answers = text("challenge_id IS NOT NULL")
    name = {"support_count": "supported", "comment_count": "discussed"}.get(sort, sort)
    return Index(
        f"ix_contribution_challenge_{name}", "challenge_id", sort, "id",
        sqlite_where=answers, postgresql_where=answers,
    )  # fmt: skip


def _on_board(name: str, by: str, part: TextClause) -> Index:
    # A lane is read in two parts, with and without a deadline: each row is in one index only.
    return Index(
        f"ix_contribution_board_{name}", "stage_id", by, "id",
        sqlite_where=part, postgresql_where=part,
    )  # fmt: skip


class Contribution(TownOwned, Lockable, Timestamps, Base):
    """An idea or a challenge, published. Counters are changed by delta under this row's lock."""

    __tablename__ = "contribution"
    __table_args__ = (
        UniqueConstraint("municipality_id", "code"),
        CheckConstraint("kind IN ('idea', 'challenge')", name="kind"),
        CheckConstraint("kind = 'idea' OR challenge_id IS NULL", name="challenge"),
        CheckConstraint("support_count >= 0 AND comment_count >= 0", name="counters"),
        Index("ix_contribution_newest", "municipality_id", "kind", "published_at", "id"),
        Index("ix_contribution_supported", "municipality_id", "kind", "support_count", "id"),
        Index("ix_contribution_discussed", "municipality_id", "kind", "comment_count", "id"),
        Index("ix_contribution_trending", "municipality_id", "kind", "trending", "id"),
        Index("ix_contribution_challenge", "challenge_id", "published_at", "id"),
        *(_answers_by(sort) for sort in ("support_count", "comment_count", "trending")),
        Index("ix_contribution_stage", "stage_id", "published_at", "id"),
        Index("ix_contribution_stage_supported", "stage_id", "support_count", "id"),
        Index("ix_contribution_stage_discussed", "stage_id", "comment_count", "id"),
        Index("ix_contribution_stage_trending", "stage_id", "trending", "id"),
        _on_board("promised", "due_at", text("due_at IS NOT NULL")),
        _on_board("unpromised", "stage_since", text("due_at IS NULL")),
        Index(
            "ix_contribution_owner",
            "owner_id",
            sqlite_where=text("owner_id IS NOT NULL"),
            postgresql_where=text("owner_id IS NOT NULL"),
        ),
        Index("ix_contribution_national_newest", "published_at", "id"),
        Index("ix_contribution_national_supported", "support_count", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(9))
    code: Mapped[str] = mapped_column(String(20))  # HVN-2026-0042
    title: Mapped[str] = mapped_column(String(120))
    excerpt: Mapped[str] = mapped_column(String(240))
    lang: Mapped[str] = mapped_column(String(2), default="nb")
    place: Mapped[str] = mapped_column(String(80), default="")
    source: Mapped[str] = mapped_column(String(30), default="")  # what it grew out of: "workshop:7"
    author_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    # The ids once more, ",1,4,": a card shows its principles without another query.
    principle_ids: Mapped[str] = mapped_column(String(20), default="")
    goal_ids: Mapped[str] = mapped_column(String(20), default="")

    # On the parent: a challenge's ideas are listed by columns of this table, one index serves both.
    challenge_id: Mapped[int | None] = mapped_column(ForeignKey("contribution.id"))

    stage_id: Mapped[int | None] = mapped_column(ForeignKey("stage.id"))
    stage_since: Mapped[datetime | None]
    due_at: Mapped[datetime | None]  # when the town has promised the next word
    # Who of the staff looks after it: the town's own affair, never shown to others.
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

    support_count: Mapped[int] = mapped_column(default=0)
    comment_count: Mapped[int] = mapped_column(default=0)
    for_count: Mapped[int] = mapped_column(default=0)
    against_count: Mapped[int] = mapped_column(default=0)
    question_count: Mapped[int] = mapped_column(default=0)
    answer_count: Mapped[int] = mapped_column(default=0)
    trending: Mapped[float] = mapped_column(default=0.0)

    published_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[str] = mapped_column(Text, default="")
    hidden_at: Mapped[datetime | None]
    hidden_reason: Mapped[str] = mapped_column(Text, default="")

    author: Mapped[User] = relationship(foreign_keys=[author_id])
    text: Mapped[ContributionText] = relationship(back_populates="contribution")

    __mapper_args__: dict[str, Any] = {"polymorphic_on": "kind"}

    @property
    def named(self) -> str:
        """The words that name it, in lines: what is searched for there is found first."""
        return self.title

    @property
    def principles(self) -> list[int]:
        """The principles' ids in order."""
        return [int(part) for part in self.principle_ids.split(",") if part]

    @property
    def goals(self) -> list[int]:
        """The goals' ids in order."""
        return [int(part) for part in self.goal_ids.split(",") if part]


class ContributionText(TownOwned, Base):
    """The long texts of a contribution, apart from the row that lists read and votes lock."""

    __tablename__ = "contribution_text"

    contribution_id: Mapped[int] = mapped_column(
        ForeignKey("contribution.id", ondelete="CASCADE"), primary_key=True
    )
    body: Mapped[str] = mapped_column(Text)  # Markdown as written
    html: Mapped[str] = mapped_column(Text)  # the safe HTML made from it when it was written
    stems: Mapped[str] = mapped_column(Text, default="")  # what the search index reads
    # Those of what names it, for the order of what is found.
    title_stems: Mapped[str] = mapped_column(Text, default="", server_default="")

    contribution: Mapped[Contribution] = relationship(back_populates="text")


class ContributionVersion(Timestamps, Base):
    """What a contribution said before it was edited."""

    __tablename__ = "contribution_version"

    contribution_id: Mapped[int] = mapped_column(
        ForeignKey("contribution.id", ondelete="CASCADE"), primary_key=True
    )
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    title: Mapped[str] = mapped_column(String(120))
    body: Mapped[str] = mapped_column(Text)
    edited_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))

    edited_by: Mapped[User] = relationship()


class CodeCounter(Base):
    """The last reference number given in a municipality in a year."""

    __tablename__ = "code_counter"

    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(default=0)


class Draft(TownOwned, Base):
    """What somebody is writing: kept as typed, shown to nobody else."""

    __tablename__ = "draft"
    __table_args__ = (Index("ix_draft_author", "author_id", "municipality_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # Made by the form; also its idempotency key.
    key: Mapped[str] = mapped_column(String(32), unique=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(9))
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)
    saved_at: Mapped[datetime]


class SearchWord(Base):
    """How often a stem occurs in a town's contributions: what misspelt words are corrected to."""

    __tablename__ = "search_word"

    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), primary_key=True)
    stem: Mapped[str] = mapped_column(String(60), primary_key=True)
    count: Mapped[int] = mapped_column(default=0)


class FacetCount(Base):
    """How many contributions of a kind a town shows under a filter, such as a principle."""

    __tablename__ = "facet_count"

    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(9), primary_key=True)
    facet: Mapped[str] = mapped_column(String(9), primary_key=True)  # all, stage, principle, goal
    value: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    count: Mapped[int] = mapped_column(default=0)
