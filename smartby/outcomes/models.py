"""What became of something that was made in a workshop, and who wishes to be named on it."""

from __future__ import annotations

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..accounts.models import User
from ..contributions.models import Contribution
from ..core.models import Base, Timestamps, TownOwned
from ..facilitation.models import Run
from ..workshops.models import Activity


class Outcome(TownOwned, Timestamps, Base):
    """An item of an activity that became an idea or a challenge; each does so once.

    Title, votes and quotes are kept as they were then: the cards may change, or be forgotten.
    """

    __tablename__ = "outcome"
    __table_args__ = (UniqueConstraint("run_id", "item", name="uq_outcome_item"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"))
    activity_id: Mapped[int] = mapped_column(
        ForeignKey("activity.id", ondelete="CASCADE"), index=True
    )
    item: Mapped[str] = mapped_column(String(50))  # queries.Crop.key: "group:7"
    title: Mapped[str] = mapped_column(Text, default="", server_default="")
    contribution_id: Mapped[int] = mapped_column(
        ForeignKey("contribution.id", ondelete="CASCADE"), index=True
    )
    votes: Mapped[int | None]
    quotes: Mapped[list[str]] = mapped_column(JSON, default=list)
    ways: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")  # of quotes
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)

    run: Mapped[Run] = relationship()
    activity: Mapped[Activity] = relationship()
    contribution: Mapped[Contribution] = relationship()

    @property
    def called(self) -> str:
        """What it was called in the room, in quotation marks: a group without a name has them."""
        return self.title if self.title.startswith("«") else f"«{self.title}»"


class Contributor(Timestamps, Base):
    """Somebody who wrote part of what became a contribution, and asked to be named on it."""

    __tablename__ = "contributor"
    __table_args__ = (
        Index(
            "ix_contributor_owed", "user_id",
            sqlite_where=text("letter_owed"), postgresql_where=text("letter_owed"),
        ),
    )  # fmt: skip

    contribution_id: Mapped[int] = mapped_column(
        ForeignKey("contribution.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    letter_owed: Mapped[bool] = mapped_column(default=False, server_default=false())

    user: Mapped[User] = relationship()
