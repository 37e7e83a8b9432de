"""The town's own graph: stages and moves as rows; and the official answers."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from ..accounts.models import User
from ..core.fragments import language
from ..core.models import Base, Timestamps, TownOwned
from ..ledger.queries import LATER, name_then
from ..municipalities.models import Unit

KINDS = ("open", "work", "won", "lost", "parked")


class Stage(TownOwned, Base):
    """A place in the pipeline and what it allows while a contribution stands there."""

    __tablename__ = "stage"
    __table_args__ = (
        UniqueConstraint("municipality_id", "key"),
        CheckConstraint("kind IN ('open', 'work', 'won', 'lost', 'parked')", name="kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(30))
    position: Mapped[int]
    name_nb: Mapped[str] = mapped_column(String(40))
    name_nn: Mapped[str] = mapped_column(String(40))
    name_en: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(6))
    colour: Mapped[str] = mapped_column(String(7), default="#1F5C4A")
    target_days: Mapped[int | None]  # how long a contribution should stand here at most
    advised_most: Mapped[int | None]  # how many the town can well have here at once
    allows_edit: Mapped[bool] = mapped_column(default=True)
    allows_support: Mapped[bool] = mapped_column(default=True)
    allows_comment: Mapped[bool] = mapped_column(default=True)
    archived_at: Mapped[datetime | None]

    @property
    def name(self) -> str:
        """Its name in the page's language."""
        return str(getattr(self, f"name_{language()}", "") or self.name_nb)


class Move(TownOwned, Base):
    """A way from one stage to another: who may take it, and whether a public reason is required."""

    __tablename__ = "move"
    __table_args__ = (
        UniqueConstraint("from_id", "to_id"),
        CheckConstraint("from_id <> to_id", name="ends"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    from_id: Mapped[int] = mapped_column(ForeignKey("stage.id", ondelete="CASCADE"))
    to_id: Mapped[int] = mapped_column(ForeignKey("stage.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(13), default="moderator")
    reason_required: Mapped[bool] = mapped_column(default=False)

    source: Mapped[Stage] = relationship(foreign_keys=[from_id])
    target: Mapped[Stage] = relationship(foreign_keys=[to_id])


class Answer(TownOwned, Timestamps, Base):
    """An official answer signed by a unit; never overwritten, only followed by a newer one."""

    __tablename__ = "answer"
    __table_args__ = (Index("ix_answer_contribution", "contribution_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id", ondelete="CASCADE"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    signed_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    signer_title: Mapped[str] = mapped_column(String(80), default="")
    body: Mapped[str] = mapped_column(Text)
    body_html: Mapped[str] = mapped_column(Text)
    lang: Mapped[str] = mapped_column(String(2), default="nb")

    unit: Mapped[Unit] = relationship()
    signed_by: Mapped[User] = relationship()
    if TYPE_CHECKING:
        signed_as: Mapped[str | None]

    @property
    def signer(self) -> str:
        """The name that signed it, also when its bearer has another one now."""
        return self.signed_as or self.signed_by.name


SIGNED = Answer.__table__
# NULL unless the signer took another name later; erased with it when the account goes.
Answer.signed_as = column_property(
    name_then(SIGNED, SIGNED.c.signed_by_id, LATER.c.ts >= SIGNED.c.created_at)
)
