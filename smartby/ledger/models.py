"""The ledger: a hash chain per municipality, with texts and people beside it, so erasable."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..core.models import Base


class LedgerHead(Base):
    """The end of a municipality's chain; its row is the chain's lock."""

    __tablename__ = "ledger_head"

    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(default=0)
    hash: Mapped[str] = mapped_column(String(64), default="0" * 64)


class LedgerEntry(Base):
    """A decision. `entry` is the canonical JSON that is hashed; the rest repeats it for reading."""

    __tablename__ = "ledger_entry"
    __table_args__ = (
        UniqueConstraint("municipality_id", "seq"),
        Index("ix_ledger_entry_subject", "subject", "seq"),
        Index("ix_ledger_entry_type", "municipality_id", "type", "seq"),
        Index("ix_ledger_entry_ts", "municipality_id", "ts"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"))
    seq: Mapped[int]
    ts: Mapped[datetime]
    type: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(60))  # "contribution:42"
    from_value: Mapped[str] = mapped_column(String(120), default="")
    to_value: Mapped[str] = mapped_column(String(120), default="")
    entry: Mapped[str] = mapped_column(Text)
    hash: Mapped[str] = mapped_column(String(64))
    actor_label: Mapped[str] = mapped_column(String(200), default="")  # an official's role and unit
    # Beside the chain, erasable: the texts behind `body` and `title`, and who did it.
    salt: Mapped[str | None] = mapped_column(String(32))
    text: Mapped[str | None] = mapped_column(Text)
    title: Mapped[str | None] = mapped_column(String(200))  # what the subject was called then
    actor_id: Mapped[int | None] = mapped_column(
        ForeignKey("user_account.id", ondelete="SET NULL"), index=True
    )


class LedgerPerson(Base):
    """The random key behind a person's pseudonym in one chain; without it that is nobody's."""

    __tablename__ = "ledger_person"

    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True
    )
    key: Mapped[str] = mapped_column(String(64))
