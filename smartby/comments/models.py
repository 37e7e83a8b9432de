"""Comments in threads of at most three levels, and who found them useful."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..accounts.models import User
from ..contributions.models import Contribution
from ..core.models import Base, Timestamps, TownOwned

STANCES = ("for", "against", "question")


class Comment(TownOwned, Timestamps, Base):
    """What somebody says under a contribution. Deleted ones stay as tombstones without text."""

    __tablename__ = "comment"
    __table_args__ = (
        CheckConstraint("depth BETWEEN 0 AND 2", name="depth"),
        CheckConstraint("stance IN ('for', 'against', 'question')", name="stance"),
        Index("ix_comment_new", "contribution_id", "depth", "id"),
        Index("ix_comment_best", "contribution_id", "depth", "useful_count", "id"),
        Index("ix_comment_thread", "root_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id", ondelete="CASCADE"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"))
    # None on a first-level comment.
    root_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"))
    depth: Mapped[int] = mapped_column(default=0)
    author_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    is_staff: Mapped[bool] = mapped_column(default=False)  # written as the municipality's staff
    stance: Mapped[str | None] = mapped_column(String(8))
    body: Mapped[str] = mapped_column(Text)
    body_html: Mapped[str] = mapped_column(Text)
    lang: Mapped[str] = mapped_column(String(2), default="nb")
    useful_count: Mapped[int] = mapped_column(default=0)
    # Of the whole thread, tombstones too; kept on the first-level comment.
    reply_count: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
    edited_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
    deleted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

    author: Mapped[User] = relationship(foreign_keys=[author_id])
    contribution: Mapped[Contribution] = relationship()


class Useful(Timestamps, Base):
    """A person finds a comment useful."""

    __tablename__ = "useful"

    comment_id: Mapped[int] = mapped_column(
        ForeignKey("comment.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True, index=True
    )
