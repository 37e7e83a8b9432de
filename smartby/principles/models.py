"""The eight principles and the 17 goals as rows, so that contributions refer to what exists."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from ..core.models import Base


class Principle(Base):
    """One of the roadmap's eight principles; its names stand in the data file."""

    __tablename__ = "principle"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(String(20), unique=True)


class Goal(Base):
    """One of the United Nations' 17 goals."""

    __tablename__ = "goal"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
