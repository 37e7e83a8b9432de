"""What was read once for a loaded row; forgotten when the row expires, as it does at each lock."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import event, inspect

from .models import Base

T = TypeVar("T")
KNOWN = "known"


def known(row: Base, name: str, read: Callable[[], T]) -> T:
    """Return what was read under a name for this row, or read it now."""
    kept: dict[str, Any] = inspect(row).info.setdefault(KNOWN, {})
    if name not in kept:
        kept[name] = read()
    found: T = kept[name]
    return found


def forget(row: Base, name: str) -> None:
    """Have something read anew the next time."""
    inspect(row).info.get(KNOWN, {}).pop(name, None)


@event.listens_for(Base, "expire", propagate=True)
def _forget_all(row: Base | None, _attributes: object) -> None:
    if row is not None:  # it may have been collected already
        inspect(row).info.pop(KNOWN, None)
